import { dayOf } from '../period.ts'
import type { ReportColumn } from '../row.ts'
import { VERDICTS } from '../verdict.ts'
import { dayOfHour, hourText } from './clock.ts'
import type { ListRow, SliceSums, Sums } from './read-sums.ts'
import { addSums } from './read-sums.ts'
import type { Filter, Ledger, SeriesPoint, TopRow, Totals } from './report.ts'
import { isOfEvents } from './sums.ts'

const DAY_HOURS = 24
const WEEK_DAYS = 7
/** 1970-01-01 was a Thursday; Monday is 0. */
const FIRST_WEEKDAY = 3

/** Columns that change between one reader's views, so that not all views of a visitor pass a filter on them. */
const CHANGING: ReadonlySet<ReportColumn> = new Set([
  'path',
  'referrer',
  'channel',
  'source',
  'medium',
  'campaign',
])

/** Whether rates over a reader's views mean anything while these filters are on. */
export function ratesHold(filters: readonly Filter[]): boolean {
  return !filters.some(({ column }) => CHANGING.has(column))
}

/** @param withRates false where views per visitor and the bounce rate are not known, whatever the sums */
export function totalsOf(sums: Sums, withRates: boolean): Totals {
  const visitors = visitorsOf(sums)
  const rated = withRates && visitors !== null && visitors > 0
  return {
    pageViews: sums.page_views,
    visitors,
    viewsPerVisitor: rated ? sums.numbered_views / visitors : null,
    bounceRate: rated ? Math.max(0, 1 - sums.second_views / visitors) : null,
    events: sums.events,
  }
}

/** A point for each of these hours, as of `hourAt`. */
export function hourSeries({ hours }: SliceSums, points: readonly number[]): readonly SeriesPoint[] {
  return seriesOf(
    hours,
    points.map((hour) => ({ key: hour, time: hourText(hour) })),
  )
}

/** A point for each of these days, as days since 1970-01-01. */
export function daySeries({ hours }: SliceSums, points: readonly number[]): readonly SeriesPoint[] {
  const byDay = Map.groupBy(hours, ([hour]) => dayOfHour(hour))
  const days = new Map(byDay.entries().map(([day, hours]) => [day, addSums(hours.map(([, sums]) => sums))]))
  return seriesOf(
    days,
    points.map((day) => ({ key: day, time: dayOf(day) })),
  )
}

/** Page views by weekday (0 = Monday) and hour. */
export function weekOf({ hours }: SliceSums): readonly (readonly number[])[] {
  const week = Array.from({ length: WEEK_DAYS }, () => Array.from({ length: DAY_HOURS }, () => 0))
  for (const [hour, { page_views }] of hours) {
    const day = dayOfHour(hour)
    const weekday = week[(day + FIRST_WEEKDAY) % WEEK_DAYS]
    const hourOfDay = hour - day * DAY_HOURS
    if (weekday !== undefined) weekday[hourOfDay] = (weekday[hourOfDay] ?? 0) + page_views
  }
  return week
}

/** The shown rows of a list. */
export function topOf({ hours, lists }: SliceSums, column: ReportColumn): readonly TopRow[] {
  const { visitors, entries } = addSums(hours.values())
  return (lists.get(column) ?? []).map((row) => topRow(column, row, visitors - entries))
}

/** Received = counted + refused. */
export function ledgerOf(verdicts: ReadonlyMap<string, number>): Ledger {
  const refused = VERDICTS.flatMap((verdict): (readonly [string, number])[] => {
    const hits = verdicts.get(verdict) ?? 0
    return verdict === 'counted' || hits === 0 ? [] : [[verdict, hits]]
  })
  const counted = verdicts.get('counted') ?? 0
  const received = refused.reduce((sum, [, hits]) => sum + hits, counted)
  return { received, counted, refused: Object.fromEntries(refused) }
}

/** @param unseen visitors known by `number` hits: these say nothing of a page, so that they are nobody's entries */
function topRow(column: ReportColumn, { value, channel, sums }: ListRow, unseen: number): TopRow {
  const visitors = visitorsOf(sums)
  const entries = visitors === null || value !== null || channel !== null ? visitors : visitors - unseen
  return {
    value,
    pageViews: sums.page_views,
    visitors,
    ...(CHANGING.has(column) ? { entries } : {}),
    ...(isOfEvents(column) ? { events: sums.events } : {}),
    ...(column === 'referrer' ? { channel } : {}),
  }
}

/** Null where no hit carries a view number. */
function visitorsOf({ visitors, second_views, numbered_views }: Sums): number | null {
  return visitors + second_views + numbered_views > 0 ? visitors : null
}

function seriesOf(
  sums: ReadonlyMap<number, Sums>,
  points: readonly { readonly key: number; readonly time: string }[],
): readonly SeriesPoint[] {
  const known = visitorsOf(addSums(sums.values())) !== null
  return points.map(({ key, time }) => {
    const own = sums.get(key)
    const visitors = own === undefined || own.page_views === 0 ? (own?.visitors ?? 0) : visitorsOf(own)
    return { time, pageViews: own?.page_views ?? 0, visitors: known ? visitors : null }
  })
}
