/** What a page wants to load. */
export interface Load {
  readonly directive: 'style-src' | 'img-src' | 'connect-src'
  readonly url: URL
  readonly page: URL
  /** Of the element; null where it has none. */
  readonly nonce: string | null
}

/**
 * The directive that forbids a load, as the policy has it; null where all policies allow it (Content Security Policy
 * Level 3, sections 6.7.2 and 6.8).
 */
export function forbiddenBy(policies: readonly string[], load: Load): string | null {
  for (const policy of policies) {
    const directives = directivesOf(policy)
    const names = [...(FINER[load.directive] ?? []), load.directive, 'default-src']
    const name = names.find((name) => directives.has(name))
    const sources = name === undefined ? null : (directives.get(name) ?? null)
    if (sources !== null && !sources.some((source) => matches(source, load)))
      return `${name} ${sources.join(' ')}`.trim()
  }
  return null
}

/** Directives that take a load out of the general one. */
const FINER: Partial<Record<Load['directive'], readonly string[]>> = { 'style-src': ['style-src-elem'] }

/** The first of a name counts. */
function directivesOf(policy: string): ReadonlyMap<string, readonly string[]> {
  const entries = policy.split(';').map((text) => {
    const [name = '', ...sources] = text.trim().split(/\s+/)
    return [name.toLowerCase(), sources] as const
  })
  return new Map(entries.toReversed())
}

function matches(source: string, { url, page, nonce }: Load): boolean {
  const text = source.toLowerCase()
  if (text === '*') return /^https?:$/.test(url.protocol) || url.protocol === page.protocol
  if (text === "'self'") return url.host === page.host && schemeFits(page.protocol, url.protocol)
  if (text.startsWith("'nonce-")) return nonce !== null && source === `'nonce-${nonce}'`
  if (text.startsWith("'")) return false
  if (/^[a-z][a-z\d+.-]*:$/.test(text)) return schemeFits(text, url.protocol)
  return hostMatches(source, url, page)
}

const HOST_SOURCE = /^(?:([a-z][a-z\d+.-]*:)\/\/)?([^/:]+)(?::(\d+|\*))?(\/[^?#]*)?$/i

function hostMatches(source: string, url: URL, page: URL): boolean {
  const [, scheme = page.protocol, host, port, path = ''] = HOST_SOURCE.exec(source) ?? []
  if (host === undefined || !schemeFits(scheme.toLowerCase(), url.protocol)) return false
  return hostFits(host.toLowerCase(), url.hostname) && portFits(port, url) && pathFits(path, url.pathname)
}

/** A secure scheme fits where the insecure one is allowed. */
function schemeFits(allowed: string, scheme: string): boolean {
  return allowed === scheme || (allowed === 'http:' && scheme === 'https:')
}

function hostFits(allowed: string, host: string): boolean {
  return allowed.startsWith('*') ? host.endsWith(allowed.slice(1)) : allowed === host
}

function portFits(allowed: string | undefined, { port, protocol }: URL): boolean {
  if (allowed === undefined) return port === ''
  return allowed === '*' || allowed === (port === '' ? DEFAULT_PORTS.get(protocol) : port)
}

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http:', '80'],
  ['https:', '443'],
])

/** A folder allows all that is in it. */
function pathFits(allowed: string, path: string): boolean {
  if (allowed === '' || allowed === '/') return true
  return allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed
}
