import { TALLIED_VERDICTS, VERDICTS } from '../verdict.ts'
import type { ListRow, SliceSums, Sums } from './read-sums.ts'
import { addSums } from './read-sums.ts'
import type { Filter, Ledger, ListName, Reading, SeriesPoint, TopRow, Totals } from './report.ts'
import type { Subject } from './subject.ts'
import { columnOf, hasNumbers, kindsLeft, listSubject } from './subject.ts'

const DAY_HOURS = 24
const WEEK_DAYS = 7

/** @param filters which decide what the sums can say */
export function totalsOf(sums: Sums, filters: readonly Filter[]): Totals {
  const { pageViews, visitors, events } = countsOf(sums, filters)
  const rated = visitors !== null && visitors > 0 && ratesHold(filters)
  return {
    pageViews,
    visitors,
    visitorsShare: visitors === null ? null : share(numbered(sums), viewsOf(sums)),
    viewsPerVisitor: rated ? numbered(sums) / visitors : null,
    bounceRate: rated ? Math.max(0, 1 - sums.second_views / visitors) : null,
    events,
  }
}

/** A point for each of these buckets; those without hits are zeros. */
export function seriesOf(
  buckets: SliceSums['buckets'],
  points: readonly { readonly bucket: number; readonly time: string }[],
  filters: readonly Filter[],
): readonly SeriesPoint[] {
  const known = numbered(addSums(buckets.values())) > 0
  return points.map(({ bucket, time }) => {
    const own = buckets.get(bucket) ?? addSums([])
    const { pageViews, visitors, events } = countsOf(own, filters)
    // Of nobody it is known that there was nobody.
    const counted = viewsOf(own) === 0 ? own.visitors : visitors
    return { time, pageViews, visitors: known ? counted : null, events }
  })
}

/** Hits by weekday (0 = Monday) and hour. */
export function weekOf({ week }: SliceSums): readonly (readonly number[])[] {
  return Array.from({ length: WEEK_DAYS }, (_, day) =>
    Array.from({ length: DAY_HOURS }, (_, hour) => Math.max(0, week.get(day * DAY_HOURS + hour) ?? 0)),
  )
}

/** The shown rows of a list; null where the filters leave it no answer. */
export function topOf(
  { lists }: SliceSums,
  list: ListName,
  filters: readonly Filter[],
): readonly TopRow[] | null {
  const subject = listSubject(list, filters)
  return subject === null ? null : (lists.get(list) ?? []).map((row) => topRow(list, subject, row))
}

/** null where no page reported an end. */
export function readingOf({ reading }: SliceSums): Reading | null {
  const { ends, scripted_views, unsure_views } = reading
  return ends === 0 ? null : { ends, views: scripted_views + unsure_views, unsure: unsure_views }
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

/** Columns that change between one reader's views, so that not all views of a visitor pass a filter on them. */
const CHANGING: ReadonlySet<ListName> = new Set([
  'path',
  'landing',
  'referrer',
  'channel',
  'source',
  'medium',
  'campaign',
])

/** Whether rates over a reader's views mean anything while these filters are on. */
function ratesHold(filters: readonly Filter[]): boolean {
  return !filters.some(({ column }) => CHANGING.has(column))
}

/** What sums say under filters: of what no hit that passes could tell, nothing. */
function countsOf(sums: Sums, filters: readonly Filter[]): Pick<Totals, 'pageViews' | 'visitors' | 'events'> {
  const kinds = kindsLeft(filters)
  const known = kinds.has('view') && numbered(sums) > 0
  return {
    pageViews: kinds.has('view') ? viewsOf(sums) : null,
    visitors: known ? sums.visitors : null,
    events: kinds.has('event') ? sums.events : null,
  }
}

/** Page views, those that a browser's report moved to or from these hits among them. */
function viewsOf({ page_views, moved_views }: Sums): number {
  return Math.max(0, page_views + moved_views)
}

/** Views whose view number is known: those that carry one, and those that a `number` hit stands for. */
function numbered({ numbered_views, numbers }: Sums): number {
  return numbered_views + numbers
}

function share(part: number, whole: number): number {
  return part >= whole ? 1 : part / whole
}

function topRow(list: ListName, subject: Subject, { value, channel, sums }: ListRow): TopRow {
  const isOfViews = subject === 'view'
  // Of a page or a referrer only views tell which readers it had.
  const own = hasNumbers(columnOf(list)) ? sums : { ...sums, visitors: sums.entries, numbers: 0 }
  const visitors = isOfViews && numbered(own) > 0 ? own.visitors : null
  return {
    value,
    pageViews: isOfViews ? sums.page_views : null,
    visitors,
    ...(CHANGING.has(list) && isOfViews ? { entries: visitors } : {}),
    ...(isOfViews ? {} : { events: subject === 'event' ? sums.events : sums.windows }),
    ...(list === 'referrer' ? { channel } : {}),
  }
}
