import { addressesIn } from '../address.ts'
import type { RawHit } from '../hit.ts'
import { openedVerdict, optOutVerdict, prefetchVerdict } from '../verdict.ts'
import { BLANK_HIT } from '../blank-hit.ts'
import type { Claim } from './claim.ts'
import type { CollectRequest, Refusal } from './request.ts'
import type { CollectRules } from './rules.ts'

/** What is counted and not kept: `malformed`, `unknown-site`, `flood`. */
export function refuse(request: CollectRequest, claim: Claim, rules: CollectRules): Refusal | null {
  const { site, host } = claim
  // Where every host counts, the request names the site: it must not name the client.
  const hidden = host !== null && (site === null || rules.sites.open) && claim.isClients(addressesIn(host))
  const known = hidden ? null : site
  if (claim.tag.malformed || openedVerdict(request.headers) !== null)
    return { verdict: 'malformed', site: known, host: null }
  if (known === null) return { verdict: 'unknown-site', site: null, host: hidden ? null : host }
  return rules.isFlood(claim.address, request.timeMs) ? { verdict: 'flood', site: known, host: null } : null
}

/** The hit, with the verdicts that only the door can reach. */
export function keep(request: CollectRequest, claim: Claim, rules: CollectRules): RawHit {
  const hit: RawHit = { ...BLANK_HIT, kind: claim.kind, timeMs: request.timeMs, site: claim.site }
  const optedOut = rules.optOut !== 'count' && optOutVerdict(request.headers) !== null
  if (optedOut && rules.optOut === 'refuse') return { ...hit, verdict: 'opt-out' }
  const ignored =
    claim.onIgnoredHost || (claim.address !== null && rules.ignoredAddresses.includes(claim.address))
  if (ignored) return { ...hit, verdict: 'ignored' }
  const page = pageOf(request, claim)
  if (optedOut)
    return {
      ...hit,
      path: page.path,
      cut: page.cut.filter((part) => part === 'path'),
      ...evidence(request, claim, rules),
    }
  return {
    ...hit,
    ...page,
    headers: rules.keepHeaders(request.headers, claim.isClients),
    country: rules.countryOf(request.headers, claim.address),
  }
}

type Page = Pick<RawHit, 'path' | 'referrer' | 'source' | 'medium' | 'campaign' | 'cut'>

/** The page and the way to it; a part that holds the client's address is cut. */
function pageOf({ headers }: CollectRequest, { tag, referer, isClients }: Claim): Page {
  const located = tag.page.path === null ? referer : tag.page
  const invited = tag.page.campaign === null ? referer : tag.page
  const originOnly = located.bare && headers['sec-fetch-site'] === 'cross-site'
  const cut = [
    ...(located.path !== null && isClients(located.found) ? ['path'] : []),
    ...(tag.referrer !== null && isClients(tag.referrerFound) ? ['referrer'] : []),
    ...(invited.campaign !== null && isClients(invited.found) ? ['campaign'] : []),
  ]
  return {
    path: originOnly || cut.includes('path') ? null : located.path,
    referrer: cut.includes('referrer') ? null : tag.referrer,
    ...(invited.campaign === null || cut.includes('campaign') ? NO_CAMPAIGN : invited.campaign),
    cut,
  }
}

const NO_CAMPAIGN = { source: null, medium: null, campaign: null }

/** Verdicts on a hit that keeps no header for `derive` to judge by. */
function evidence(
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
  const spam = claim.tag.referrer !== null && rules.isReferrerSpam(claim.tag.referrer)
  return { verdict: spam ? 'bot' : null, bot: null }
}
