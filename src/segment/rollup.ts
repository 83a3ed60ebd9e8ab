import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import type { Mark } from './measures.ts'
import { COUNTED, MEASURES, markRows } from './measures.ts'
import { withMirrors } from './mirror.ts'
import type { SiteDay } from './site-days.ts'
import { siteDays } from './site-days.ts'
import type { CodedColumn, Table, Value } from './table.ts'

const WIDTH = MEASURES.length

/** Columns that are summed over all hits; those of `REPORT_COLUMNS` over counted ones. */
export const REFUSAL_COLUMNS = ['verdict', 'bot'] as const

/** One row of a roll-up. Rows of equal keys add up (a clock that goes back makes an hour twice). */
export interface RollupRow {
  readonly site: string | null
  /** Days since 1970-01-01 on the site's calendar. */
  readonly day: number
  /** 0 to 23 for the totals of an hour; null for those of the day and for every value. */
  readonly hour: number | null
  /** Whose value; '' for totals. */
  readonly column: '' | ReportColumn | (typeof REFUSAL_COLUMNS)[number]
  readonly value: Value
  /** Of a referrer: how it leads here. */
  readonly channel: Value
  /** In the order of `MEASURES`. */
  readonly sums: Float64Array
}

/**
 * Sums a table by site, day of the site's zone, and each value of each column; totals also by hour.
 * Exact, because every measure is a sum over hits.
 */
export function* rollUp(hits: Table, zoneOf: (site: string) => string): Generator<RollupRow> {
  const table = withMirrors(hits)
  const marks = markRows(table)
  const add = adderOf(table, marks)
  const cubes = cubesOf(table, marks)
  for (const day of siteDays(table, zoneOf)) {
    yield* totalRows(day, add)
    for (const cube of cubes) yield* valueRows(day, cube, add)
  }
}

/** Adds a row's count to the sums that begin at `base`, where the row has all the marks that are needed. */
type Add = (row: number, sums: Float64Array, base: number) => void

/** A column that is summed: a row's code, what the code says, and the sums so far. */
interface Cube {
  readonly column: Exclude<RollupRow['column'], ''>
  readonly codes: CodedColumn['codes']
  readonly values: readonly Value[]
  readonly channels: readonly Value[] | null
  /** Whether a row is summed. */
  readonly takes: (row: number) => boolean
  /** `WIDTH` sums a code; all zero between two days. */
  readonly sums: Float64Array
  /** 1 for each code that the day has. */
  readonly seen: Uint8Array
}

function* totalRows({ site, day, hours }: SiteDay, add: Add): Generator<RollupRow> {
  const key = { site, day, column: '', value: null, channel: null } as const
  const total = new Float64Array(WIDTH)
  for (const { hour, from, to } of hours) {
    const sums = new Float64Array(WIDTH)
    for (let row = from; row < to; row++) add(row, sums, 0)
    for (const [measure, sum] of sums.entries()) total[measure] = (total[measure] ?? 0) + sum
    yield { ...key, hour, sums }
  }
  yield { ...key, hour: null, sums: total }
}

function* valueRows({ site, day, from, to }: SiteDay, cube: Cube, add: Add): Generator<RollupRow> {
  const { column, codes, values, channels, takes, sums, seen } = cube
  const touched: number[] = []
  for (let row = from; row < to; row++) {
    if (!takes(row)) continue
    const code = codes[row] ?? 0
    if (seen[code] === 0) touched.push(code)
    seen[code] = 1
    add(row, sums, code * WIDTH)
  }
  for (const code of touched) {
    const own = sums.subarray(code * WIDTH, (code + 1) * WIDTH)
    const channel = channels?.[code] ?? null
    yield { site, day, hour: null, column, value: values[code] ?? null, channel, sums: own.slice() }
    own.fill(0)
    seen[code] = 0
  }
}

function adderOf(table: Table, marks: Uint16Array): Add {
  const { values, codes } = table.column('count')
  const counts = values.map(Number)
  return (row, sums, base) => {
    const count = counts[codes[row] ?? 0] ?? 0
    const mark = marks[row] ?? 0
    for (let measure = 0; measure < WIDTH; measure++) {
      if ((mark & (1 << measure)) !== 0) sums[base + measure] = (sums[base + measure] ?? 0) + count
    }
  }
}

function cubesOf(table: Table, marks: Uint16Array): readonly Cube[] {
  const taking = (needed: Mark) => (row: number) => ((marks[row] ?? 0) & needed) === needed
  const cube = (column: Cube['column'], takes: Cube['takes']): Cube => {
    const paired = column === 'referrer' ? pair(table.column(column), table.column('channel')) : null
    const coded = paired ?? { ...table.column(column), channels: null }
    const codes = coded.values.length
    return { column, takes, ...coded, sums: new Float64Array(codes * WIDTH), seen: new Uint8Array(codes) }
  }
  return [
    ...REPORT_COLUMNS.map((column) => cube(column, taking(COUNTED))),
    ...REFUSAL_COLUMNS.map((column) => cube(column, taking(0))),
  ]
}

/** One column of the pairs that a column and its channel make. */
function pair(column: CodedColumn, channel: CodedColumn): Pick<Cube, 'codes' | 'values' | 'channels'> {
  const codeOf = new Map<number, number>()
  const pairs: number[] = []
  const codes = Uint32Array.from(column.codes, (code, row) => {
    const both = code * channel.values.length + (channel.codes[row] ?? 0)
    const known = codeOf.get(both) ?? pairs.push(both) - 1
    codeOf.set(both, known)
    return known
  })
  return {
    codes,
    values: pairs.map((both) => column.values[Math.floor(both / channel.values.length)] ?? null),
    channels: pairs.map((both) => channel.values[both % channel.values.length] ?? null),
  }
}
