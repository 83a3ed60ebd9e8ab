import type { KeptVerdict, TalliedVerdict } from './verdict.ts'

export const KINDS = ['view', 'event', 'window', 'referral', 'number', 'tally'] as const
export type Kind = (typeof KINDS)[number]

/** Format version of a stored raw hit. */
export const RAW_HIT_VERSION = 1

/** What the hot log keeps of one request, with all that may identify a person already removed. */
export interface RawHit {
  readonly kind: Kind
  /** When the collector received it: milliseconds since the Unix epoch, UTC. */
  readonly timeMs: number
  /** Configured name of the site; null only for a tally of hits that named no known site. */
  readonly site: string | null
  /** The page's path, cleaned; null where no path was sent. */
  readonly path: string | null
  /** Where the visitor came from, as a template or include said it: an absolute URL without query; null where not sent. */
  readonly referrer: string | null
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
  /** Kept request headers: lower-case name → value. */
  readonly headers: Readonly<Record<string, string>>
  /** ISO 3166-1 alpha-2, upper case; null where not known. */
  readonly country: string | null
  readonly viewNumber: 1 | 2 | 3 | null
  readonly event: string | null
  readonly target: string | null
  readonly window: 's' | 'm' | 'l' | null
  /** Reached at the door; null leaves the verdict to `derive`. */
  readonly verdict: KeptVerdict | TalliedVerdict | null
  /** Name of the bot, where the hit was reduced and its User-Agent not kept. */
  readonly bot: string | null
  /** How many hits this one stands for: 1, except for a tally. */
  readonly count: number
  /** What was dropped to fit the stored size, in the order it was dropped. */
  readonly cut: readonly string[]
}
