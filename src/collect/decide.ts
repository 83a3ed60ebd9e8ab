import { addressesIn } from '../address.ts'
import { BLANK_HIT } from '../blank-hit.ts'
import type { Kind, RawHit } from '../hit.ts'
import { openedVerdict, optOutVerdict, prefetchVerdict } from '../verdict.ts'
import type { Claim } from './claim.ts'
import type { LinkClaim } from './link-claim.ts'
import { renderReferrer, renderTarget } from './link-claim.ts'
import { NO_PAGE } from './page-claim.ts'
import type { CollectRequest, Refusal } from './request.ts'
import type { CollectRules } from './rules.ts'

/** What is counted and not kept: `malformed`, `unknown-site`, `flood`. */
export function refuse(request: CollectRequest, claim: Claim, rules: CollectRules): Refusal | null {
  const { site, host, event } = claim
  // Where every host counts, the request names the site: it must not name the client.
  const hidden = host !== null && (site === null || rules.sites.open) && claim.isClients(addressesIn(host))
  const known = hidden ? null : site
  const misnamed = event !== null && claim.isClients(addressesIn(event))
  if (claim.malformed || misnamed || openedVerdict(request.headers) !== null)
    return { verdict: 'malformed', site: known, host: null }
  if (known === null) return { verdict: 'unknown-site', site: null, host: hidden ? null : host }
  return rules.isFlood(claim.address, request.timeMs) ? { verdict: 'flood', site: known, host: null } : null
}

/** Which parts of a request a hit of each kind keeps. */
interface Parts {
  /** Where it happened. */
  readonly path: boolean
  /** Who sent the reader. */
  readonly referrer: boolean
  readonly campaign: boolean
  readonly country: boolean
}

const PARTS: Readonly<Record<Kind, Parts>> = {
  view: { path: true, referrer: true, campaign: true, country: true },
  number: { path: false, referrer: false, campaign: false, country: true },
  event: { path: true, referrer: false, campaign: false, country: true },
  window: { path: true, referrer: false, campaign: false, country: false },
  referral: { path: true, referrer: true, campaign: false, country: false },
  tally: { path: false, referrer: false, campaign: false, country: false },
}

/** The hit, with the verdicts that only the door can reach. */
export function keep(request: CollectRequest, claim: Claim, rules: CollectRules): RawHit {
  const { kind } = claim.resource
  const hit: RawHit = { ...BLANK_HIT, kind, timeMs: request.timeMs, site: claim.site }
  const optedOut = isOptedOut(request, rules)
  if (optedOut && rules.optOut === 'refuse') return { ...hit, verdict: 'opt-out' }
  const ignored =
    claim.onIgnoredHost || (claim.address !== null && rules.ignoredAddresses.includes(claim.address))
  if (ignored) return { ...hit, verdict: 'ignored' }
  const page = pageOf(request, claim)
  if (optedOut)
    return {
      ...hit,
      path: page.path,
      event: claim.event,
      cut: page.cut.filter((part) => part === 'path'),
      ...evidence(request, claim, rules),
    }
  return {
    ...hit,
    ...page,
    event: claim.event,
    window: claim.resource.window,
    headers: rules.keepHeaders(request.headers, claim.isClients),
    country: PARTS[kind].country ? rules.countryOf(request.headers, claim.address) : null,
  }
}

/** Whether the reader asks not to be tracked, and the owner heeds it. */
export function isOptedOut({ headers }: CollectRequest, { optOut }: CollectRules): boolean {
  return optOut !== 'count' && optOutVerdict(headers) !== null
}

type Page = Pick<RawHit, 'path' | 'referrer' | 'target' | 'source' | 'medium' | 'campaign' | 'cut'>

/** The page, the way to it, and where a link leads; a part that holds the client's address is cut. */
function pageOf({ headers }: CollectRequest, claim: Claim): Page {
  const { page, referer, isClients } = claim
  const parts = PARTS[claim.resource.kind]
  const located = !parts.path ? NO_PAGE : page.path === null ? referer : page
  const invited = !parts.campaign ? NO_PAGE : page.campaign === null ? referer : page
  const referrer = referrerOf(claim)
  const target = targetOf(claim)
  const originOnly = located.bare && headers['sec-fetch-site'] === 'cross-site'
  const cut = [
    ...(located.path !== null && isClients(located.found) ? ['path'] : []),
    ...(referrer !== null && isClients(referrer.found) ? ['referrer'] : []),
    ...(target !== null && isClients(target.found) ? ['target'] : []),
    ...(invited.campaign !== null && isClients(invited.found) ? ['campaign'] : []),
  ]
  return {
    path: originOnly || cut.includes('path') ? null : located.path,
    referrer: referrer === null || cut.includes('referrer') ? null : renderReferrer(referrer),
    target: target === null || cut.includes('target') ? null : renderTarget(target),
    ...(invited.campaign === null || cut.includes('campaign') ? NO_CAMPAIGN : invited.campaign),
    cut,
  }
}

const NO_CAMPAIGN = { source: null, medium: null, campaign: null }

/**
 * The site's own pages are no referrer: kept, they would say in which order somebody read. Nor is anybody where a report's
 * page names a campaign: the view itself told that way, and would be moved away from another.
 */
function referrerOf({ resource: { kind }, link, site, referer }: Claim): LinkClaim | null {
  const told = kind === 'referral' && Object.values(referer.campaign ?? {}).some((text) => text !== null)
  return PARTS[kind].referrer && !told && link !== null && link.host !== site ? link : null
}

function targetOf({ resource, link }: Claim): LinkClaim | null {
  return resource.kind === 'event' && link !== null && /^https?:$/.test(link.protocol) ? link : null
}

/** What `derive` will say of the hit's sender, where no header is kept for it or an answer depends on it. */
export function evidence(
  { headers }: CollectRequest,
  claim: Claim,
  rules: CollectRules,
): Pick<RawHit, 'verdict' | 'bot'> {
  const purpose = prefetchVerdict(headers)
  if (purpose === 'prefetch' || (purpose === 'prerender' && !rules.countsPrerender))
    return { verdict: purpose, bot: null }
  const { 'user-agent': userAgent = '' } = headers
  const bot = rules.botName(String(userAgent))
  if (bot !== null)
    return { verdict: 'bot', bot: claim.isClients(addressesIn(String(userAgent))) ? null : bot }
  const referrer = referrerOf(claim)
  const spam = referrer !== null && rules.isReferrerSpam(renderReferrer(referrer))
  return { verdict: spam ? 'bot' : null, bot: null }
}
