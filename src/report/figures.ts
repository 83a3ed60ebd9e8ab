import type { ReportColumn } from '../row.ts'
import { TALLIED_VERDICTS, VERDICTS } from '../verdict.ts'
import type { ListRow, SliceSums, Sums } from './read-sums.ts'
import { addSums } from './read-sums.ts'
import type { Filter, Ledger, SeriesPoint, TopRow, Totals } from './report.ts'
import { isOfEvents } from './sums.ts'

const DAY_HOURS = 24
const WEEK_DAYS = 7

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
    visitorsShare: visitors === null ? null : Math.min(1, sums.numbered_views / sums.page_views),
    viewsPerVisitor: rated ? sums.numbered_views / visitors : null,
    bounceRate: rated ? Math.max(0, 1 - sums.second_views / visitors) : null,
    events: sums.events,
  }
}

/** A point for each of these buckets; those without hits are zeros. */
export function seriesOf(
  buckets: SliceSums['buckets'],
  points: readonly number[],
  timeOf: (bucket: number) => string,
): readonly SeriesPoint[] {
  const known = visitorsOf(addSums(buckets.values())) !== null
  return points.map((bucket) => {
    const own = buckets.get(bucket)
    const visitors = own === undefined || own.page_views === 0 ? (own?.visitors ?? 0) : visitorsOf(own)
    return {
      time: timeOf(bucket),
      pageViews: own?.page_views ?? 0,
      visitors: known ? visitors : null,
      events: own?.events ?? 0,
    }
  })
}

/** Page views by weekday (0 = Monday) and hour. */
export function weekOf({ week }: SliceSums): readonly (readonly number[])[] {
  return Array.from({ length: WEEK_DAYS }, (_, day) =>
    Array.from({ length: DAY_HOURS }, (_, hour) => week.get(day * DAY_HOURS + hour) ?? 0),
  )
}

/** The shown rows of a list. */
export function topOf({ buckets, lists }: SliceSums, column: ReportColumn): readonly TopRow[] {
  const { visitors, entries } = addSums(buckets.values())
  return (lists.get(column) ?? []).map((row) => topRow(column, row, visitors - entries))
}

/** Received = counted + refused. @param tallied false: of refusals at the door, those that were tallied are not all */
export function ledgerOf(verdicts: ReadonlyMap<string, number>, tallied: boolean): Ledger {
  const unknown = new Set<string>(tallied ? [] : TALLIED_VERDICTS)
  const refused = VERDICTS.flatMap((verdict): (readonly [string, number | null])[] => {
    const hits = verdicts.get(verdict) ?? 0
    if (verdict === 'counted' || (hits === 0 && !unknown.has(verdict))) return []
    return [[verdict, hits === 0 ? null : hits]]
  })
  const counted = verdicts.get('counted') ?? 0
  const received = refused.reduce((sum, [, hits]) => sum + (hits ?? 0), counted)
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
