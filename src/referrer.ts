import { APP, parents, plainHost, referrerHost } from './referrer-host.ts'
import { MEDIUM_CHANNELS, REFERRER_TABLES, SOURCE_CHANNELS } from './referrer-names.ts'

/** How a reader came: by whose link. */
export const CHANNELS = ['search', 'social', 'mail', 'assistant', 'paid', 'campaign', 'site'] as const

/**
 * - `search`, `social`, `mail`, `assistant` (ChatGPT and its like): by the referrer's host, or as the campaign says
 * - `paid`: the campaign's medium says that somebody paid (`cpc`, `display`, …)
 * - `campaign`: the page's address names a campaign, and nothing more is known
 * - `site`: any other site
 */
export type Channel = (typeof CHANNELS)[number]

export interface Referral {
  /** Host, without `www.` or `m.`, lower case; hosts of one service under one name. */
  readonly name: string | null
  /** null: direct, or not sent. */
  readonly channel: Channel | null
}

/** What the page's address said of the way here. */
export interface Campaign {
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
}

/**
 * Names the site a reader came from.
 *
 * @param referrer absolute URL: http, https or android-app
 * @param site the counted site: its own pages are no referrer
 */
export function parseReferrer(referrer: string, site: string | null): Referral {
  const host = referrerHost(referrer)
  if (host === null || host === (site === null ? null : plainHost(site))) return NOT_SENT
  return findHost(host) ?? { name: host.replace(APP, ''), channel: 'site' }
}

/**
 * How the reader came, everything considered: a medium that we know beats the referrer (an advertisement on a
 * search page is `paid`), the referrer beats the source.
 */
export function channelOf(referral: Referral, { source, medium, campaign }: Campaign): Channel | null {
  const byMedium = MEDIUM_CHANNELS.get(medium?.toLowerCase() ?? '')
  const found = byMedium ?? referral.channel ?? (source === null ? null : sourceChannel(source.toLowerCase()))
  return found ?? (source === null && medium === null && campaign === null ? null : 'campaign')
}

const NOT_SENT: Referral = { name: null, channel: null }

/** Every host and wildcard of the tables → its referral. */
const KNOWN: ReadonlyMap<string, Referral> = new Map(
  REFERRER_TABLES.flatMap(([channel, hosts]) =>
    Object.entries(hosts).flatMap(([name, others]) =>
      [name, ...others].map((host) => [host, { name, channel }] as const),
    ),
  ),
)

/** First label of every name of two (`google`, `reddit`; of `news.ycombinator.com` none) → channel: what many write as source. */
const KNOWN_LABELS: ReadonlyMap<string, Channel> = new Map(
  REFERRER_TABLES.flatMap(([channel, hosts]) =>
    Object.keys(hosts).flatMap((name) => {
      const [label = '', ...rest] = name.split('.')
      return rest.length === 1 ? [[label, channel] as const] : []
    }),
  ),
)

function sourceChannel(source: string): Channel | null {
  return (
    findHost(plainHost(source))?.channel ?? SOURCE_CHANNELS.get(source) ?? KNOWN_LABELS.get(source) ?? null
  )
}

function findHost(host: string): Referral | null {
  const patterns = [
    host,
    ...parents(host)
      .slice(1)
      .map((parent) => `*.${parent}`),
  ]
  for (const pattern of patterns) {
    const found = KNOWN.get(pattern) ?? KNOWN.get(pattern.replace(COUNTRY, '.*'))
    if (found !== undefined) return found
  }
  return null
}

/** A country's ending, alone or behind `co` or `com`; and `com` itself. */
const COUNTRY = /\.(?:com?\.)?[a-z]{2}$|\.com$/
