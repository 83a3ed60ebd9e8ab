import type { Days } from '../period.ts'
import { dayNumber } from '../period.ts'
import type { Measure } from '../segment/measures.ts'
import { MEASURES } from '../segment/measures.ts'
import type { Clock, Span } from './clock.ts'
import { hourSql } from './clock.ts'
import type { Cells } from './duck.ts'
import { numberIn, textIn } from './duck.ts'
import type { Desk, Shelf, Sources } from './library.ts'
import { planScan, planSources, segmentsWithin, withinSpan } from './library.ts'
import type { Filter, ListName } from './report.ts'
import type { Sql } from './sql.ts'
import { passes, text, timestamp } from './sql.ts'
import { kindsLeft, listSubject, subjectOf } from './subject.ts'
import { endPagesSql, sumsSql } from './sums.ts'

const DAY_HOURS = 24

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
  /** A day whose buckets are hours in any case, as days since 1970-01-01. */
  readonly hourlyDay: number | null
  readonly lists: readonly ListName[]
  readonly limit: number
  readonly offset: number
  readonly search: string
  /** Whether only the sums of buckets are wanted. */
  readonly brief: boolean
}

/** Hours that sums are gathered by. */
export type BucketHours = 1 | 24

/** One row of a list. */
export interface ListRow {
  readonly value: string | null
  readonly channel: string | null
  readonly sums: Sums
}

/** All sums of a slice. */
export interface SliceSums {
  readonly sources: Sources
  /** By the first hour of each on the wall clock, as of `hourAt`; those without hits are absent. */
  readonly buckets: ReadonlyMap<number, Sums>
  /** What the slice counts (`subjectOf`) by hour of the week, from Monday; hours without hits are absent. */
  readonly week: ReadonlyMap<number, number>
  /** Hits by verdict. */
  readonly verdicts: ReadonlyMap<string, number>
  readonly lists: ReadonlyMap<string, readonly ListRow[]>
  /** How many rows each list has in all. */
  readonly distinct: ReadonlyMap<string, number>
  /** Of pages whose end was reported. */
  readonly reading: Sums
}

/** Adds up a slice, from roll-ups where they know it, else hit by hit; both come to the same. */
export async function readSums(desk: Desk, shelf: Shelf, slice: Slice): Promise<SliceSums> {
  const { clock, span, days, filters, lists, offset, limit, search } = slice
  const segments = segmentsWithin(shelf.segments, span)
  const rolled = withinSpan(await planSources(desk, segments), desk, span)
  const isRolled = days !== null && filters.length === 0
  const sources = isRolled ? rolled : withinSpan(planScan(desk.library, segments), desk, span)
  const rollupRows = `site = ${text(slice.site)} AND ${daysSql(days)}`
  // Under filters a page counts as one with a picture at its end if any reader of the period reported it.
  const ends = isRolled ? 'ends > 0' : `value IN (${endPagesSql(rolled, passingSql(slice, []), rollupRows)})`
  const sql = sumsSql({
    sources,
    rows: passingSql(slice, filters),
    rollupRows,
    mirrored: kindsLeft(filters).has('referral'),
    hour: hourSql(clock, span),
    bucket: bucketSql(slice),
    brief: slice.brief,
    weekly: subjectOf(filters) ?? 'view',
    lists: lists.flatMap((list) => {
      const subject = listSubject(list, filters)
      return subject === null ? [] : [{ list, subject }]
    }),
    offset,
    limit,
    search,
    isEnding: slice.brief || !canRead(filters) ? null : ends,
  })
  return { sources, ...sorted(await desk.duck.rows(sql)) }
}

function bucketSql({ bucketHours, hourlyDay }: Slice): Sql {
  if (bucketHours === 1) return 'hour'
  const first = `hour // ${DAY_HOURS} * ${DAY_HOURS}`
  return hourlyDay === null
    ? first
    : `CASE hour // ${DAY_HOURS} WHEN ${hourlyDay} THEN hour ELSE ${first} END`
}

/** Whether both page views and events pass the filters, so that what was read can be set beside what could be. */
function canRead(filters: readonly Filter[]): boolean {
  const kinds = kindsLeft(filters)
  return kinds.has('view') && kinds.has('event')
}

/** Which hits of a site and a span pass: those of the kinds that could. */
export function passingSql({ site, span }: Pick<Slice, 'site' | 'span'>, filters: readonly Filter[]): Sql {
  const between = `time >= ${timestamp(span.fromMs)} AND time < ${timestamp(span.toMs)}`
  const kinds = ['', ...kindsLeft(filters)].map(text).join(', ')
  const passing = filters.length === 0 ? [] : [`kind IN (${kinds})`, ...filters.map(passes)]
  return [`site = ${text(site)}`, between, ...passing].join(' AND ')
}

/** Adds sums up; none come to zeros. */
export function addSums(all: Iterable<Sums>): Sums {
  const total = { ...NO_SUMS }
  for (const sums of all) for (const measure of MEASURES) total[measure] += sums[measure]
  return total
}

const NO_SUMS = sumsBy(() => 0)

/** Whether a row of a roll-up is of these days. */
export function daysSql(days: Days | null): Sql {
  return days === null ? 'false' : `day BETWEEN ${dayNumber(days.from)} AND ${dayNumber(days.to)}`
}

function sorted(rows: readonly Cells[]): Omit<SliceSums, 'sources'> {
  const byColumn = Map.groupBy(rows, (row) => textIn(row, 'column') ?? '')
  const of = (column: string): readonly Cells[] => byColumn.get(column) ?? []
  const listed = Map.groupBy(of('list'), (row) => textIn(row, 'list') ?? '')
  return {
    buckets: new Map(of('').map((row) => [numberIn(row, 'bucket'), sumsIn(row)])),
    week: new Map(of('week').map((row) => [numberIn(row, 'bucket'), numberIn(row, 'hits')])),
    verdicts: new Map(of('verdict').map((row) => [textIn(row, 'value') ?? '', numberIn(row, 'hits')])),
    lists: new Map([...listed].map(([list, rows]) => [list, rows.map(listRow)])),
    distinct: new Map(of('distinct').map((row) => [textIn(row, 'list') ?? '', numberIn(row, 'hits')])),
    reading: addSums(of('reading').map(sumsIn)),
  }
}

function listRow(row: Cells): ListRow {
  return { value: textIn(row, 'value'), channel: textIn(row, 'channel'), sums: sumsIn(row) }
}

function sumsIn(row: Cells): Sums {
  return sumsBy((measure) => numberIn(row, measure))
}

function sumsBy(of: (measure: Measure) => number): Record<Measure, number> {
  // One number for each measure, which the type of Object.fromEntries cannot say.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(MEASURES.map((measure) => [measure, of(measure)])) as Record<Measure, number>
}
