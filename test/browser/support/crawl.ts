import type { PageElement } from '../../../src/main/check/elements.ts'
import { elementsOf } from '../../../src/main/check/elements.ts'
import { REPORT_COLUMNS } from '../../../src/row.ts'

/** What one address answered. */
export interface Visited {
  /** Where the redirects of `address` ended. */
  readonly url: URL
  /** Path and query that were asked for, and the page whose link that was. */
  readonly address: string
  readonly linkedFrom: string
  readonly status: number
  readonly type: string
  readonly body: string
  /** Of pages; empty for all else. */
  readonly elements: readonly PageElement[]
}

/** Requests that wait for their answers at the same time. */
const AT_ONCE = 4
const TIMEOUT_MS = 20_000
/** Parameters whose values are readers' or days: pages that differ in nothing else are made by the same lines of code. */
const FREE = new Set([...REPORT_COLUMNS.flatMap((name) => [name, `${name}!`]), 'period', 'search', 'offset'])

type Link = Pick<Visited, 'address' | 'linkedFrom'>

/**
 * Follows the links of pages from `starts` on, nearest first, within the host, to each address that has something
 * which no address before it had: another kind of page, another parameter, another of the values that a parameter knows.
 *
 * @param pagesMax asks for no more than these
 */
export async function crawl(
  origin: string,
  starts: readonly string[],
  pagesMax: number,
): Promise<readonly Visited[]> {
  const visited: Visited[] = []
  const seen = new Set<string>()
  const waiting: Link[] = starts.map((address) => ({ address, linkedFrom: 'the start' }))
  while (waiting.length > 0 && visited.length < pagesMax) {
    const batch = takeNew(waiting, seen, Math.min(AT_ONCE, pagesMax - visited.length))
    const answers = await Promise.all(batch.map((link) => visit(origin, link)))
    visited.push(...answers)
    waiting.push(...answers.flatMap(linksOf))
  }
  return visited
}

/** Where an element leads, or what it shows; null where it does neither. */
export function targetOf({ attributes }: PageElement): string | null {
  return attributes.get('href') ?? attributes.get('src') ?? attributes.get('action') ?? null
}

function takeNew(waiting: Link[], seen: Set<string>, count: number): readonly Link[] {
  const taken: Link[] = []
  while (taken.length < count) {
    const link = waiting.shift()
    if (link === undefined) break
    const known = seen.size
    for (const feature of featuresOf(link.address)) seen.add(feature)
    if (seen.size > known) taken.push(link)
  }
  return taken
}

/**
 * What the code could tell about an address: the kind of page, and each parameter with the value that it knows. Pictures
 * and JSON take theirs from the page that they stand on.
 */
function featuresOf(address: string): readonly string[] {
  const { pathname, searchParams } = new URL(address, 'http://address.invalid')
  const kind = pathname.replace(/\/\w+\.example\b/, '/:site')
  if (/^\/api\/|\.svg$/.test(kind)) return [kind]
  return [
    kind,
    ...Array.from(searchParams, ([name, value]) => `${kind}?${FREE.has(name) ? name : `${name}=${value}`}`),
  ]
}

async function visit(origin: string, link: Link): Promise<Visited> {
  const answer = await fetch(origin + link.address, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  const type = answer.headers.get('content-type') ?? ''
  const body = await answer.text()
  const elements = type.startsWith('text/html') ? elementsOf(body) : []
  return { ...link, url: new URL(answer.url), status: answer.status, type, body, elements }
}

function linksOf({ url, address, elements }: Visited): readonly Link[] {
  return elements.flatMap((element) => {
    const to = URL.parse(element.name === 'form' ? '' : (targetOf(element) ?? ''), url.href)
    const own = to !== null && to.origin === url.origin
    return own ? [{ address: to.pathname + to.search, linkedFrom: address }] : []
  })
}
