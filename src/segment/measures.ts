import type { CodedName, Table, Value } from './table.ts'

/** The sums of a roll-up, in file order. Each adds up `count` over the rows that have its mark. */
export const MEASURES = [
  'page_views',
  'moved_views',
  'visitors',
  'second_views',
  'numbered_views',
  'numbers',
  'entries',
  'events',
  'ends',
  'windows',
  'scripted_views',
  'unsure_views',
  'hits',
] as const

export type Measure = (typeof MEASURES)[number]

/** What a row is added to: bit n stands for the n-th of `MEASURES`, the next one for "it counts". */
export type Mark = number

/** The bit of rows that count. */
export const COUNTED: Mark = 1 << MEASURES.length

/** The bit of a measure. */
export function bitOf(measure: Measure): Mark {
  return 1 << MEASURES.indexOf(measure)
}

/** Columns that decide what a row is added to. */
const DECIDING = [
  'kind',
  'verdict',
  'view_number',
  'event',
  'scripts',
  'count',
] as const satisfies CodedName[]

/** The values of these columns. */
export type Deciding = Readonly<Record<(typeof DECIDING)[number], Value>>

/** What a row is added to: the one rule, for tables and, by way of marks.ts of reports, for SQL. */
export function markOf(row: Deciding): Mark {
  const counted = row.verdict === 'counted'
  const is = (kind: string): boolean => counted && row.kind === kind
  const numbering = is('view') || is('number')
  const measured: Readonly<Record<Measure, boolean>> = {
    page_views: is('view'),
    moved_views: is('referral'),
    visitors: numbering && row.view_number === 1,
    second_views: numbering && row.view_number === 2,
    numbered_views: is('view') && row.view_number !== null,
    numbers: is('number') && row.view_number !== null,
    entries: is('view') && row.view_number === 1,
    events: is('event'),
    ends: is('event') && row.event === 'end',
    windows: is('window'),
    scripted_views: is('view') && row.scripts === 'on',
    unsure_views: is('view') && row.scripts === null,
    hits: Number(row.count) > 0,
  }
  const bits = MEASURES.map((measure) => (measured[measure] ? bitOf(measure) : 0))
  return bits.reduce((sum, bit) => sum | bit, counted ? COUNTED : 0)
}

/** What each row of a table is added to. */
export function markRows(table: Table): Uint16Array {
  const columns = DECIDING.map((name) => table.column(name))
  const marks = new Map<number, Mark>()
  return Uint16Array.from({ length: table.rows }, (_, row) => {
    let key = 0
    for (const { codes, values } of columns) key = key * values.length + (codes[row] ?? 0)
    const known = marks.get(key)
    if (known !== undefined) return known
    const mark = markOf(decidingOf(table, row))
    marks.set(key, mark)
    return mark
  })
}

function decidingOf(table: Table, row: number): Deciding {
  const valueOf = (name: CodedName): Value => {
    const { values, codes } = table.column(name)
    return values[codes[row] ?? 0] ?? null
  }
  return {
    kind: valueOf('kind'),
    verdict: valueOf('verdict'),
    view_number: valueOf('view_number'),
    event: valueOf('event'),
    scripts: valueOf('scripts'),
    count: valueOf('count'),
  }
}
