import type { Days } from '../period.ts'
import { dayNumber } from '../period.ts'
import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import type { Measure } from '../segment/measures.ts'
import { MEASURES } from '../segment/measures.ts'
import type { Clock, Span } from './clock.ts'
import { hourSql } from './clock.ts'
import type { Cells } from './duck.ts'
import { numberIn, textIn } from './duck.ts'
import type { Desk, Shelf, Sources } from './library.ts'
import { planScan, planSources, segmentsWithin } from './library.ts'
import type { Filter } from './report.ts'
import { passes, text, timestamp } from './sql.ts'
import { sumsSql } from './sums.ts'

/** What a set of hits comes to. */
export type Sums = Readonly<Record<Measure, number>>

/** Hits of one site that sums are asked of. */
export interface Slice {
  readonly site: string
  readonly clock: Clock
  readonly span: Span
  /** The span as whole days; null where it is none, so that roll-ups do not know it. */
  readonly days: Days | null
  readonly filters: readonly Filter[]
  readonly bucketHours: BucketHours
  readonly by: readonly ReportColumn[]
  readonly limit: number
}

/** Hours that a point of a series stands for. */
export type BucketHours = 1 | 24

/** One row of a list. */
export interface ListRow {
  readonly value: string | null
  readonly channel: string | null
  readonly sums: Sums
  /** How many rows the list has in all. */
  readonly distinct: number
}

/** All sums of a slice. */
export interface SliceSums {
  readonly sources: Sources
  /** By hour of the wall clock, as of `hourAt`, or by day since 1970-01-01; those without hits are absent. */
  readonly buckets: ReadonlyMap<number, Sums>
  /** Page views by hour of the week, from Monday; hours without hits are absent. */
  readonly week: ReadonlyMap<number, number>
  /** Hits by verdict. */
  readonly verdicts: ReadonlyMap<string, number>
  readonly lists: ReadonlyMap<ReportColumn, readonly ListRow[]>
}

/** Adds up a slice, from roll-ups where they know it, else hit by hit; both come to the same. */
export async function readSums(desk: Desk, shelf: Shelf, slice: Slice): Promise<SliceSums> {
  const { site, clock, span, days, filters, bucketHours, by, limit } = slice
  const segments = segmentsWithin(shelf.segments, span)
  const isRolled = days !== null && filters.length === 0
  const sources = await (isRolled ? planSources(desk, segments) : planScan(desk.library, segments))
  const between = `time >= ${timestamp(span.fromMs)} AND time < ${timestamp(span.toMs)}`
  const sql = sumsSql({
    sources,
    rows: [`site = ${text(site)}`, between, ...filters.map(passes)].join(' AND '),
    rollupRows: `site = ${text(site)} AND ${daysSql(days)}`,
    hour: hourSql(clock, span),
    bucketHours,
    by,
    limit,
  })
  return { sources, ...sorted(await desk.duck.rows(sql)) }
}

/** Adds sums up; none come to zeros. */
export function addSums(all: Iterable<Sums>): Sums {
  const total = { ...NO_SUMS }
  for (const sums of all) for (const measure of MEASURES) total[measure] += sums[measure]
  return total
}

const NO_SUMS: Sums = {
  page_views: 0,
  visitors: 0,
  second_views: 0,
  numbered_views: 0,
  entries: 0,
  events: 0,
  hits: 0,
}

/** Whether a row of a roll-up is of these days. */
export function daysSql(days: Days | null): string {
  return days === null ? 'false' : `day BETWEEN ${dayNumber(days.from)} AND ${dayNumber(days.to)}`
}

function sorted(rows: readonly Cells[]): Omit<SliceSums, 'sources'> {
  const byColumn = Map.groupBy(rows, (row) => textIn(row, 'column') ?? '')
  const of = (column: string): readonly Cells[] => byColumn.get(column) ?? []
  return {
    buckets: new Map(of('').map((row) => [numberIn(row, 'bucket'), sumsIn(row)])),
    week: new Map(of('week').map((row) => [numberIn(row, 'bucket'), numberIn(row, 'page_views')])),
    verdicts: new Map(of('verdict').map((row) => [textIn(row, 'value') ?? '', numberIn(row, 'hits')])),
    lists: new Map(REPORT_COLUMNS.map((column) => [column, of(column).map(listRow)])),
  }
}

function listRow(row: Cells): ListRow {
  return {
    value: textIn(row, 'value'),
    channel: textIn(row, 'channel'),
    sums: sumsIn(row),
    distinct: numberIn(row, 'distinct_values'),
  }
}

function sumsIn(row: Cells): Sums {
  return {
    page_views: numberIn(row, 'page_views'),
    visitors: numberIn(row, 'visitors'),
    second_views: numberIn(row, 'second_views'),
    numbered_views: numberIn(row, 'numbered_views'),
    entries: numberIn(row, 'entries'),
    events: numberIn(row, 'events'),
    hits: numberIn(row, 'hits'),
  }
}
