import type { ListName, Question, TopRow } from '../../src/report/report.ts'
import type { Weighed } from './recount-rows.ts'
import { carries, count, isEvent, isView, isWindow, visitorsOf } from './recount-rows.ts'

type Counted = 'view' | 'event' | 'window'

/** The lists of a question, and how many rows each has. */
export function recountLists(
  rows: readonly Weighed[],
  question: Question,
): { top: Record<string, readonly TopRow[]>; distinct: Record<string, number> } {
  const { by, filters, limit, offset = 0, search = '' } = question
  const top: Record<string, readonly TopRow[]> = {}
  const distinct: Record<string, number> = {}
  for (const list of by) {
    const columns = [columnOf(list), ...filters.map(({ column }) => column)]
    const counted = (['view', 'event', 'window'] as const).find((kind) => carries(kind, columns))
    if (counted === undefined || (list === 'landing' && counted !== 'view')) continue
    const found = listOf(rows, list, counted).filter(
      ({ value }) => search === '' || (value ?? '').toLowerCase().includes(search.toLowerCase()),
    )
    top[list] = found.slice(offset, offset + limit)
    distinct[list] = found.length
  }
  return { top, distinct }
}

function columnOf(list: ListName): Exclude<ListName, 'landing'> {
  return list === 'landing' ? 'path' : list
}

const OF_ENTRIES: ReadonlySet<ListName> = new Set([
  'path',
  'landing',
  'referrer',
  'channel',
  'source',
  'medium',
  'campaign',
])

function listOf(rows: readonly Weighed[], list: ListName, counted: Counted): TopRow[] {
  const column = columnOf(list)
  const key = ({ row }: Weighed): string =>
    JSON.stringify([row[column], list === 'referrer' ? row.channel : null])
  const listed = rows.filter(({ row }) => carries(row.kind, [column]))
  return [...Map.groupBy(listed, key).values()]
    .map((own) => rowOf(own, list, counted))
    .filter((row) => isShown(row, list))
    .sort(
      (a, b) =>
        rank(b, list) - rank(a, list) ||
        (b.pageViews ?? 0) - (a.pageViews ?? 0) ||
        compare(a.value, b.value) ||
        compare(a.channel, b.channel),
    )
}

function rowOf(own: readonly Weighed[], list: ListName, counted: Counted): TopRow {
  const first = own[0]?.row
  const visitors = counted === 'view' ? visitorsOf(own) : null
  return {
    value: first?.[columnOf(list)] ?? null,
    pageViews: counted === 'view' ? Math.max(0, count(own, isView)) : null,
    visitors,
    ...(OF_ENTRIES.has(list) && counted === 'view' ? { entries: visitors } : {}),
    ...(counted === 'view' ? {} : { events: count(own, counted === 'event' ? isEvent : isWindow) }),
    ...(list === 'referrer' ? { channel: first?.channel ?? null } : {}),
  }
}

function isShown({ pageViews, visitors, events }: TopRow, list: ListName): boolean {
  if (events !== undefined) return events > 0
  return list === 'landing' ? (visitors ?? 0) > 0 : (pageViews ?? 0) > 0 || (visitors ?? 0) > 0
}

function rank(row: TopRow, list: ListName): number {
  if (row.events !== undefined) return row.events
  return list === 'path' ? (row.pageViews ?? 0) : (row.visitors ?? 0)
}

/** By bytes, what is not known last. */
function compare(a: string | null = null, b: string | null = null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
