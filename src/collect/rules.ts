import type { Networks } from '../address.ts'
import { networks } from '../address.ts'
import { parseCountry } from '../country.ts'
import type { Settings } from '../settings.ts'
import type { Sites } from '../site.ts'
import { createSites } from '../site.ts'
import type { HeaderValues } from '../verdict.ts'
import { createCalendar } from './calendar.ts'
import type { IsFlood } from './flood.ts'
import type { KeepHeaders } from './kept-headers.ts'
import type { PageClaim } from './page-claim.ts'
import { parseReferer } from './page-claim.ts'
import { remembered } from './remembered.ts'
import type { Call } from './resource.ts'
import { createRoutes } from './resource.ts'
import type { TagClaim } from './tag-query.ts'
import { parseTagQuery } from './tag-query.ts'

/** What collecting needs to know of the world. */
export interface CollectWorld {
  countryOf(address: string): string | null
  botName(userAgent: string): string | null
  isReferrerSpam(referrer: string): boolean
  readonly keepHeaders: KeepHeaders
  readonly isFlood: IsFlood
}

/** Settings made ready for `collect`, with what it remembers between requests: all of it bounded. */
export interface CollectRules {
  readonly sites: Sites
  readonly optOut: Settings['optOut']
  readonly countsPrerender: boolean
  readonly ignoredHosts: ReadonlySet<string>
  readonly ignoredAddresses: Networks
  routeOf(target: string): Call | null
  refererOf(referer: string): PageClaim
  /** `t` for events, whose place is where a link leads. */
  tagOf(query: string, key: 'r' | 't'): TagClaim
  /** The site's day: `2026-11-23`. */
  dayOf(site: string, timeMs: number): string
  countryOf(headers: HeaderValues, address: string | null): string | null
  botName(userAgent: string): string | null
  isReferrerSpam(referrer: string): boolean
  readonly keepHeaders: KeepHeaders
  readonly isFlood: IsFlood
}

/** The settings that collecting asks for. */
export type CollectSettings = Pick<
  Settings,
  | 'sites'
  | 'timezone'
  | 'optOut'
  | 'prerender'
  | 'stems'
  | 'indexFiles'
  | 'queryKeys'
  | 'countryHeader'
  | 'ignoreAddresses'
  | 'ignoreHosts'
>

/** Builds the rules once, from settings. `listening.loopback`: nobody but this machine can ask. */
export function createRules(
  settings: CollectSettings,
  world: CollectWorld,
  listening: { loopback: boolean },
): CollectRules {
  const sites = createSites(settings.sites, listening.loopback)
  const { indexFiles, queryKeys } = settings
  const paths = { indexFiles, queryKeys, sites }
  const tags = {
    r: remembered((query) => parseTagQuery(query, 'r', paths)),
    t: remembered((query) => parseTagQuery(query, 't', paths)),
  }
  return {
    sites,
    optOut: settings.optOut,
    countsPrerender: settings.prerender === 'count',
    ignoredHosts: new Set(settings.ignoreHosts),
    ignoredAddresses: networks(settings.ignoreAddresses),
    routeOf: createRoutes(settings.stems, sites),
    refererOf: remembered((referer) => parseReferer(referer, paths)),
    tagOf: (query, key) => tags[key](query),
    dayOf: siteDays(settings),
    countryOf: countryLookup(settings.countryHeader, world),
    botName: remembered((userAgent) => world.botName(userAgent)),
    isReferrerSpam: (referrer) => world.isReferrerSpam(referrer),
    keepHeaders: world.keepHeaders,
    isFlood: world.isFlood,
  }
}

function siteDays({ sites, timezone }: CollectSettings): CollectRules['dayOf'] {
  const zones = new Map(typeof sites === 'string' ? [] : sites.map((site) => [site.name, site.timezone]))
  const dayOf = createCalendar()
  return (site, timeMs) => dayOf(zones.get(site) ?? timezone, timeMs)
}

/** Either the header that settings name, or the address: a proxy knows better, or nothing. */
function countryLookup(header: string | null, world: CollectWorld): CollectRules['countryOf'] {
  if (header === null) return (_, address) => (address === null ? null : world.countryOf(address))
  const name = header.toLowerCase()
  return (headers) => {
    const value = headers[name]
    return typeof value === 'string' ? parseCountry(value) : null
  }
}
