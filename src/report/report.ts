import type { ReportColumn } from '../row.ts'
import type { Verdict } from '../verdict.ts'

/**
 * Keeps hits whose column has one of the values (or none of them, with `exclude`). null is "not known". For `path` and
 * `target` a `*` stands for any characters, and `\*` for itself; see glob.ts. Hits of a kind that does not carry the
 * column (design.md, section 5) are left out either way: what is then not known is null.
 */
export interface Filter {
  readonly column: ReportColumn
  readonly values: readonly (string | null)[]
  readonly exclude: boolean
}

export type Comparison = 'previous' | 'year' | 'none'

/** How long a bucket of a series is; `auto`: hours of a single day, else days. */
export type Granularity = 'auto' | 'hour' | 'day' | 'week' | 'month'

/** What can be listed: the values of a column, or the pages that readers came to first (`landing`, values of `path`). */
export type ListName = ReportColumn | 'landing'

export interface Question {
  readonly site: string
  /** The words of a person: `28d`, `2026-11`, `2026-11-01..2026-11-15`, …; see period.ts. */
  readonly period: string
  readonly compare: Comparison
  readonly filters: readonly Filter[]
  /** What to list; empty: nothing. */
  readonly by: readonly ListName[]
  /** Rows a list. */
  readonly limit: number
  /** Rows of each list that come before the first one shown; absent: 0. */
  readonly offset?: number
  /** Lists only values that contain it, in upper or lower case; absent or empty: all. */
  readonly search?: string
  /** Absent: `auto`. */
  readonly granularity?: Granularity
}

/** Sums of a set of hits. A number that is not known is null, never 0. */
export interface Totals {
  /** null where the filters are on what page views do not carry (events, window classes). */
  readonly pageViews: number | null
  /** Views and `number` hits with view number 1; null where no hit of the set carries a view number. */
  readonly visitors: number | null
  /**
   * For what share of the page views the view number is known, 0 to 1; null where `visitors` is. Visitors and rates are
   * of that share alone, and never worked out for the rest.
   */
  readonly visitorsShare: number | null
  readonly viewsPerVisitor: number | null
  /** 0 to 1. */
  readonly bounceRate: number | null
  /** null where the filters are on what events do not carry (referrers, campaigns). */
  readonly events: number | null
}

/** Reading to the end, as pages with a lazy picture at their end report it. */
export interface Reading {
  /** `end` events. */
  readonly ends: number
  /**
   * Page views that could have reported one: of the pages that reported any in the period, without the views whose
   * browser is known to have run no scripts. At least as many pages as that carry the picture could; so, over few
   * views, the share is rather too high.
   */
  readonly views: number
  /** Of `views`: those by browsers that do not tell whether they ran scripts; the ones that ran none could not report. */
  readonly unsure: number
}

export interface SeriesPoint {
  /**
   * Start of the bucket in the site's zone: a day (`2026-11-01`; of a week or month its first, in the period or not) or
   * an hour of one (`2026-11-01T13:00`).
   */
  readonly time: string
  /** null as in `Totals`. */
  readonly pageViews: number | null
  readonly visitors: number | null
  /** null as in `Totals`. */
  readonly events: number | null
}

export interface TopRow {
  /** null: not known (path not sent, country unknown, …). */
  readonly value: string | null
  /** null as in `Totals`. */
  readonly pageViews: number | null
  /** null where no page view of the row carries a view number. */
  readonly visitors: number | null
  /** Visitors whose first view it was; only for path, landing, referrer, channel and campaign lists. */
  readonly entries?: number | null
  /** What lists count that are not of page views: window classes of `window`, else events. */
  readonly events?: number
  /** Of a referrer: how it leads here. */
  readonly channel?: string | null
}

export interface Top {
  readonly rows: readonly TopRow[]
  /** Distinct values in all, the shown ones included. */
  readonly distinct: number
}

export interface Ledger {
  readonly received: number
  readonly counted: number
  /** Only verdicts that occurred; null: not known, since a collector that tallies nothing sent hits (AWS). */
  readonly refused: Readonly<Partial<Record<Exclude<Verdict, 'counted'>, number | null>>>
}

export interface Report {
  readonly site: string
  /** Days, both included. */
  readonly period: { readonly from: string; readonly to: string; readonly timezone: string }
  readonly totals: Totals
  /** Totals of the compared period, up to the same minute; null with `compare: 'none'`. */
  readonly previous: (Totals & { readonly from: string; readonly to: string }) | null
  /** How long the buckets of `series` are. */
  readonly granularity: Exclude<Granularity, 'auto'>
  readonly series: readonly SeriesPoint[]
  /** The compared period's series, whole buckets; empty with `compare: 'none'`. */
  readonly previousSeries: readonly SeriesPoint[]
  /** Lists that the filters leave no answer for are absent. */
  readonly top: Readonly<Partial<Record<ListName, readonly TopRow[]>>>
  /** How many values each list has in all; with `search`, how many of them match. */
  readonly distinct: Readonly<Partial<Record<ListName, number>>>
  /** null where no page reported an end, and where the filters are on what events do not carry. */
  readonly reading: Reading | null
  /** Page views by weekday (0 = Monday) and hour (0 to 23) in the site's zone; always 7 × 24. */
  readonly hours: readonly (readonly number[])[]
  readonly ledger: Ledger
  /** Time of the newest hit that was read, ISO 8601 UTC; null before the first. */
  readonly fresh: string | null
  /** Where the answer came from. */
  readonly read: {
    readonly segments: number
    readonly tailHits: number
    readonly rollups: boolean
    readonly ms: number
  }
}

/** The last hour of a site, minute by minute. */
export interface NowReport {
  readonly site: string
  readonly timezone: string
  /** 60 minutes, oldest first, the running one last. `time` as `2026-11-23T13:05`, in the site's zone. */
  readonly minutes: readonly { readonly time: string; readonly pageViews: number }[]
  /** Pages of these minutes, those with most views first; at most `LIMITS.topRowsShown`. */
  readonly pages: readonly { readonly value: string | null; readonly pageViews: number }[]
  readonly fresh: Report['fresh']
}

/** One site in a list of sites. */
export interface SiteSummary {
  readonly site: string
  /** Of the last 28 days of its zone, today included. */
  readonly pageViews: number
  /** Page views of these days and of the 28 before them, today last; none of a site that no hit named. */
  readonly days: readonly number[]
  /** The day of its first counted hit; null where there is none. */
  readonly firstDay: string | null
  /** All there are, the refused ones included. */
  readonly hits: number
}

/** What became of the hits of one day. */
export interface LedgerDay {
  readonly day: string
  readonly counted: number
  readonly refused: number
  /** Only verdicts that occurred, `counted` among them. */
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>
}

/** Bots of one name. */
export interface BotHits {
  readonly name: string
  readonly hits: number
  /** Whether they read for a language model. */
  readonly ai: boolean
}

/** What became of all hits of a site, or of all sites together. */
export interface LedgerReport {
  /** null: all sites, each by its own calendar, and the hits that named none, by UTC. */
  readonly site: string | null
  readonly period: Report['period']
  readonly ledger: Ledger
  /** Days that have begun, those without hits included. */
  readonly days: readonly LedgerDay[]
  /** At most `LIMITS.topRowsMax`, those with most hits first. */
  readonly bots: readonly BotHits[]
  readonly fresh: Report['fresh']
}
