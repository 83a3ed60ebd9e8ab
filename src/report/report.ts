import type { ReportColumn } from '../row.ts'
import type { Verdict } from '../verdict.ts'

/** Keeps hits whose column has one of the values (or none of them, with `exclude`). null is "not known". */
export interface Filter {
  readonly column: ReportColumn
  readonly values: readonly (string | null)[]
  readonly exclude: boolean
}

export type Comparison = 'previous' | 'year' | 'none'

export interface Question {
  readonly site: string
  /** The words of a person: `28d`, `2026-11`, `2026-11-01..2026-11-15`, …; see period.ts. */
  readonly period: string
  readonly compare: Comparison
  readonly filters: readonly Filter[]
  /** Columns to list; empty: none. */
  readonly by: readonly ReportColumn[]
  /** Rows a list. */
  readonly limit: number
}

/** Sums of a set of hits. A number that is not known is null, never 0. */
export interface Totals {
  readonly pageViews: number
  /** Views and `number` hits with view number 1; null where no hit of the set carries a view number. */
  readonly visitors: number | null
  readonly viewsPerVisitor: number | null
  /** 0 to 1. */
  readonly bounceRate: number | null
  readonly events: number
}

export interface SeriesPoint {
  /** Start of the bucket: a day (`2026-11-01`) or an hour of one (`2026-11-01T13:00`), in the site's zone. */
  readonly time: string
  readonly pageViews: number
  readonly visitors: number | null
}

export interface TopRow {
  /** null: not known (path not sent, country unknown, …). */
  readonly value: string | null
  readonly pageViews: number
  readonly visitors: number | null
  /** Visitors whose first view it was; only for path, referrer, channel and campaign columns. */
  readonly entries?: number | null
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
  readonly series: readonly SeriesPoint[]
  /** The compared period's series, whole buckets; empty with `compare: 'none'`. */
  readonly previousSeries: readonly SeriesPoint[]
  readonly top: Readonly<Partial<Record<ReportColumn, readonly TopRow[]>>>
  /** How many values each list has in all. */
  readonly distinct: Readonly<Partial<Record<ReportColumn, number>>>
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

/** One site in a list of sites. */
export interface SiteSummary {
  readonly site: string
  /** Of the last 28 days of its zone, today included. */
  readonly pageViews: number
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
