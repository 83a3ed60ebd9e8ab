import { addressesIn } from '../address.ts'
import { cutBytes, decodeQueryText, fromWire } from '../escapes.ts'
import { LIMITS } from '../limits.ts'
import type { PathRules } from '../page.ts'
import { cleanPath } from '../page.ts'
import type { Sites } from '../site.ts'
import { parseHost } from '../site.ts'
import type { PageClaim } from './page-claim.ts'
import { NO_PAGE, pageClaim } from './page-claim.ts'

/** What the tag's own address says: `?p=` the page, `&r=` where the reader came from. */
export interface TagClaim {
  /** True where `p` holds what no template writes. */
  readonly malformed: boolean
  readonly page: PageClaim
  /** Absolute, without query; null where not sent. */
  readonly referrer: string | null
  /** Addresses that the referrer may hold, see `addressesIn`. */
  readonly referrerFound: readonly string[]
}

const NOTHING_SAID: TagClaim = { malformed: false, page: NO_PAGE, referrer: null, referrerFound: [] }

/**
 * Reads the tag's query. `r` is all that follows the last `r=`, and `p`, once it has a "?" of its own, all
 * up to there: server-side includes leave "&" as it is. Both may also be escaped as one value.
 *
 * @param query without "?"
 */
export function parseTagQuery(query: string, rules: PathRules & { readonly sites: Sites }): TagClaim {
  if (query === '') return NOTHING_SAID
  const text = fromWire(query)
  const { referrer, before } = splitReferrer(text, rules)
  const target = pageTarget(before)
  return {
    malformed: target !== null && CONTROL.test(target),
    page: target === null ? NO_PAGE : pageClaim(target, rules),
    referrer,
    referrerFound: referrer === null ? [] : addressesIn(referrer),
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\0-\x1f\x7f]|%(?:[01][\da-f]|7f)/i

/** Several `r=`: the last that names a place. None that does: nothing is known, and the last ends `p`. */
function splitReferrer(query: string, rules: PathRules & { readonly sites: Sites }) {
  const starts = [...query.matchAll(/(?:^|&)r=/g)].toReversed().slice(0, REFERRERS_TRIED_MAX)
  for (const { index, 0: key } of starts) {
    const referrer = parseReferrer(query.slice(index + key.length), rules)
    if (referrer !== null) return { referrer, before: query.slice(0, index) }
  }
  return { referrer: null, before: query.slice(0, starts[0]?.index) }
}

const REFERRERS_TRIED_MAX = 8

function parseReferrer(value: string, rules: PathRules & { readonly sites: Sites }): string | null {
  const text = /^[a-z-]*%(?:3a|2f)/i.test(value) ? decodeQueryText(value) : value
  const url = /^(?:https?|android-app):\/\//i.test(text)
    ? URL.parse(text)
    : /^[^/?#&:]*[a-z][^/?#&:]*\.[a-z]/i.test(text)
      ? URL.parse(`https://${text}`)
      : null
  const host = url === null ? null : parseHost(url.host)
  if (url === null || host === null) return null
  // Aliases of a counted site take its name, so that coming from oneself can be told.
  const name = rules.sites.open ? host : (rules.sites.siteOf(host) ?? host)
  return cutBytes(`${url.protocol}//${name}${cleanPath(url.pathname, NO_EXTRAS)}`, LIMITS.referrerBytesMax)
}

const NO_EXTRAS: PathRules = { indexFiles: [], queryKeys: [] }

/** The page's path and query, escaped as in a URL; null where `p` is absent or names no page. */
function pageTarget(query: string): string | null {
  const start = /(?:^|&)p=/.exec(query)
  if (start === null) return null
  const rest = query.slice(start.index + start[0].length)
  const [first = ''] = rest.split('&', 1)
  const value = first.includes('?') ? rest : first
  const text = /^(?:https?%3a|%2f)/i.test(value) ? decodeQueryText(first) : value
  if (text === '') return null
  if (!/^[a-z][a-z\d+.-]*:/i.test(text)) return text
  const url = /^https?:/i.test(text) ? URL.parse(text) : null
  return url === null ? null : url.pathname + url.search
}
