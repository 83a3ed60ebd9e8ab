import { addressesIn } from '../address.ts'
import { cutBytes, decodeQueryText, fromWire } from '../escapes.ts'
import { LIMITS } from '../limits.ts'
import type { PathRules } from '../page.ts'
import { cleanPath, queryPairs } from '../page.ts'
import type { Campaign } from '../referrer.ts'
import { parseHost } from '../site.ts'

/** What a page's URL says of the page. */
export interface PageClaim {
  /** As `parseHost` gives it; null where the page has none. */
  readonly host: string | null
  /** Cleaned; null where none was sent. */
  readonly path: string | null
  /** True where the URL was an origin only: browsers cut it to that for other sites. */
  readonly bare: boolean
  /** null where the URL has no query. */
  readonly campaign: Campaign | null
  /** Addresses that all this may hold, see `addressesIn`. */
  readonly found: readonly string[]
}

/** What no page was named by. */
export const NO_PAGE: PageClaim = { host: null, path: null, bare: false, campaign: null, found: [] }

/** Reads a Referer header: the page that carries the tag. Anything but a web address says nothing. */
export function parseReferer(referer: string, rules: PathRules): PageClaim {
  const url = URL.parse(fromWire(referer))
  const host = url === null || !/^https?:$/.test(url.protocol) ? null : parseHost(url.host)
  if (url === null || host === null) return NO_PAGE
  const bare = url.pathname === '/' && url.search === ''
  return { ...pageClaim(url.pathname + url.search, rules), host, bare, found: addressesIn(url.href) }
}

/**
 * Reads a page's path and query.
 *
 * @param target path and perhaps query, escaped
 */
export function pageClaim(target: string, rules: PathRules): PageClaim {
  const mark = target.indexOf('?')
  const campaign = mark < 0 ? null : parseCampaign(target.slice(mark + 1))
  return { host: null, path: cleanPath(target, rules), bare: false, campaign, found: addressesIn(target) }
}

const SOURCE_KEYS = ['utm_source', 'ref', 'source', 'via']

function parseCampaign(query: string): Campaign {
  const values = new Map(queryPairs(query.split('#', 1)[0] ?? '').toReversed())
  return {
    source: SOURCE_KEYS.map((key) => campaignText(values.get(key))).find((text) => text !== null) ?? null,
    medium: campaignText(values.get('utm_medium')),
    campaign: campaignText(values.get('utm_campaign')),
  }
}

/** One line of visible text; null where nothing is left. */
function campaignText(value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  const text = decodeQueryText(value)
    .toWellFormed()
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  return text === '' ? null : cutBytes(text, LIMITS.campaignBytesMax)
}
