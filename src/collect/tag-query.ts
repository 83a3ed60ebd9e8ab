import { fromWire } from '../escapes.ts'
import type { PathRules } from '../page.ts'
import { pageTarget } from '../page.ts'
import type { Sites } from '../site.ts'
import type { LinkClaim } from './link-claim.ts'
import { parseLink } from './link-claim.ts'
import type { PageClaim } from './page-claim.ts'
import { NO_PAGE, pageClaim } from './page-claim.ts'

/** What the tag's own address says: `?p=` the page, and a place: `&r=` where the reader came from, `&t=` where a link leads. */
export interface TagClaim {
  /** True where `p` holds what no template writes. */
  readonly malformed: boolean
  readonly page: PageClaim
  readonly link: LinkClaim | null
}

/** What rules say of pages and sites. */
export type TagRules = PathRules & { readonly sites: Sites }

const NOTHING_SAID: TagClaim = { malformed: false, page: NO_PAGE, link: null }

/**
 * Reads the tag's query. The place is all that follows the last `r=` (of events `t=`), and `p`, once it has a "?" of its
 * own, all up to there: server-side includes leave "&" as it is. Both may also be escaped as one value.
 *
 * @param query without "?"
 */
export function parseTagQuery(query: string, key: 'r' | 't', rules: TagRules): TagClaim {
  if (query === '') return NOTHING_SAID
  const { link, before } = splitLink(fromWire(query), PLACES[key], rules)
  const target = pageTarget(before)
  return {
    malformed: target !== null && CONTROL.test(target),
    page: target === null ? NO_PAGE : pageClaim(target, rules),
    link,
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\0-\x1f\x7f]|%(?:[01][\da-f]|7f)/i

const PLACES = { r: /(?:^|&)r=/g, t: /(?:^|&)t=/g }
const PLACES_TRIED_MAX = 8

/** Several such keys: the last that names a place. None that does: nothing is known, and the last ends `p`. */
function splitLink(query: string, place: RegExp, { sites }: TagRules) {
  const starts = [...query.matchAll(place)].toReversed().slice(0, PLACES_TRIED_MAX)
  for (const { index, 0: key } of starts) {
    const link = parseLink(query.slice(index + key.length), sites)
    if (link !== null) return { link, before: query.slice(0, index) }
  }
  return { link: null, before: query.slice(0, starts[0]?.index) }
}
