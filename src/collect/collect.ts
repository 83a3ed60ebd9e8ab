import { answer, answerMethod, TOO_LARGE } from './answer.ts'
import type { Claim } from './claim.ts'
import { isTooLong, readClaim } from './claim.ts'
import { evidence, isOptedOut, keep, refuse } from './decide.ts'
import type { Collected, CollectRequest, CollectResponse } from './request.ts'
import type { CollectRules } from './rules.ts'
import { nextNumber, parseValidator, renderValidator } from './view-number.ts'

/**
 * Decides what becomes of a request: the answer, and what is kept or counted of it. Pure but for what `rules`
 * remember (floods, values seen before, the day).
 *
 * @returns null where the request is for no resource of the collector: the shell passes it on
 */
export function collect(request: CollectRequest, rules: CollectRules): Collected | null {
  const call = rules.routeOf(request.target)
  if (call === null) return null
  const { resource } = call
  const other = answerMethod(resource, request.method)
  if (other !== null) return uncounted(other)
  const claim = readClaim(request, call, rules)
  const count = resource.numbered ? readCount(request, claim, rules) : null
  const still = isTooLong(request)
    ? TOO_LARGE
    : answer(resource, { validator: count?.validator ?? null, random: request.random })
  if (request.method === 'HEAD') return uncounted({ ...still, body: '' })
  const refused = refuse(request, claim, rules)
  const { badge } = resource
  if (refused !== null) return { response: still, unkept: still, hit: null, refused, badge }
  const hit = keep(request, claim, rules)
  const moves = count !== null && hit.verdict === null && evidence(request, claim, rules).verdict === null
  if (!moves) return { response: still, unkept: still, hit, refused, badge }
  const validator = renderValidator(count.day, count.next)
  const response = answer(resource, { validator, random: request.random })
  return { response, unkept: still, hit: { ...hit, viewNumber: count.next }, refused, badge }
}

function uncounted(response: CollectResponse): Collected {
  return { response, unkept: response, hit: null, refused: null, badge: false }
}

/**
 * The count that the browser's cache carries, as it stands. Where the view is not counted, its answer gives back this
 * validator and no other: one of the three of the site's day, or none.
 */
interface Count {
  readonly day: string
  readonly validator: string | null
  readonly next: 1 | 2 | 3
}

/** null where there is nothing to count: no site, or a reader who opted out. */
function readCount(request: CollectRequest, { site }: Claim, rules: CollectRules): Count | null {
  if (site === null || isOptedOut(request, rules)) return null
  const day = rules.dayOf(site, request.timeMs)
  const before = parseValidator(request.headers['if-none-match'], day)
  const validator = before === null ? null : renderValidator(day, before)
  return { day, validator, next: nextNumber(before) }
}
