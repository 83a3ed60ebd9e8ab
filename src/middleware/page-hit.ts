import { isIP } from 'node:net'

/** Request headers by lower-case name, as `node:http` gives them. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** A request that a server has answered. */
export interface Answered {
  readonly method: string
  /** Path and query, as the browser asked for them. */
  readonly url: string
  readonly headers: RequestHeaders
  /** The reader's address, or null. Headcount looks its country up and forgets it. */
  readonly address: string | null
  readonly status: number
  /** Content-Type of the answer; null where it has none. */
  readonly type: string | null
}

/** What Headcount reads of a page's request: by what kind of browser it was asked for, and what for. No cookie, nothing else. */
const PASSED = [
  'user-agent',
  'accept-language',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-purpose',
  'purpose',
  'x-purpose',
  'x-moz',
  'dnt',
  'sec-gpc',
]
const HEADER_LENGTH_MAX = 2_048
const URL_LENGTH_MAX = 8_192

/**
 * Whether a reader was shown a page: an HTML document, asked for by GET to be looked at. 304 is one, too: the browser
 * shows the copy that it has. What was only fetched in advance says so in its headers, and Headcount refuses it by
 * its own rules.
 */
export function isPage({ method, url, headers, status, type }: Answered): boolean {
  if (method !== 'GET' || !url.startsWith('/')) return false
  const wanted = headers['sec-fetch-dest']
  if (wanted !== undefined && wanted !== 'document') return false
  if (status === 304) return wanted === 'document'
  const accepts = wanted === 'document' || String(headers['accept'] ?? '').includes('text/html')
  return status === 200 && accepts && /^(?:text\/html|application\/xhtml\+xml)\b/i.test(type ?? '')
}

/** The hit of a page, as JSON that `POST /api/v1/hits` takes. @param at ms UTC */
export function pageHit(site: string, { url, headers, address }: Answered, at: number): string {
  const referrer = cut(headers['referer'], URL_LENGTH_MAX)
  const known = plainAddress(address ?? '')
  const passed = PASSED.map((name) => [name, cut(headers[name], HEADER_LENGTH_MAX)] as const)
  return JSON.stringify({
    site,
    path: cut(url, URL_LENGTH_MAX),
    time: new Date(at).toISOString(),
    ...(referrer === '' ? {} : { referrer }),
    ...(known === null ? {} : { address: known }),
    headers: Object.fromEntries(passed.filter(([, value]) => value !== '')),
  })
}

function cut(value: string | readonly string[] | undefined, length: number): string {
  return value === undefined ? '' : String(value).slice(0, length).toWellFormed()
}

/** Without the zone of a link-local one; null for what is no address, such as the path of a socket. */
function plainAddress(text: string): string | null {
  const [address = ''] = text.split('%', 1)
  return isIP(address) === 0 ? null : address
}
