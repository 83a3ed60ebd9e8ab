import type { ColumnName, Row } from '../row.ts'
import { COLUMNS } from '../row.ts'

export type Value = string | number | null

/** Every column but the time: held as codes. */
export type CodedName = Exclude<ColumnName, 'time'>

/** `COLUMNS` without the time, in file order. */
export const CODED_NAMES: readonly CodedName[] = COLUMNS.map(({ name }) => name).filter(
  (name) => name !== 'time',
)

type Codes = Uint8Array | Uint16Array | Uint32Array

/** A column's values row by row: `values[codes[row]]`, where code 0 is null. */
export interface CodedColumn {
  /** Each distinct value once, in order of first appearance; the first is null, whether it occurs or not. */
  readonly values: readonly Value[]
  readonly codes: Codes
}

/** Rows held by columns, a few bytes each, so that a segment's worth of them fits into memory. */
export interface Table {
  readonly rows: number
  /** Milliseconds since the Unix epoch, UTC. */
  readonly times: Float64Array
  column(name: CodedName): CodedColumn
}

/** Gathers rows, whole or column by column, into a table. */
export class TableBuilder {
  #times = new Float64Array(1024)
  #rows = 0
  readonly #columns = CODED_NAMES.map((name) => new ColumnBuilder(name))

  add(row: Row): void {
    this.#addTime(row.time)
    for (const column of this.#columns) column.push(row[column.name])
  }

  /** Adds rows by column: as many values of each column of `COLUMNS` as there are times. */
  addColumns(times: Iterable<number>, valuesOf: (name: CodedName) => Iterable<Value>): void {
    for (const time of times) this.#addTime(time)
    for (const column of this.#columns) {
      for (const value of valuesOf(column.name)) column.push(value)
      if (column.length !== this.#rows)
        throw new RangeError(`column "${column.name}" and the time differ in length`)
    }
  }

  /** Adds the rows of a table that `keep` takes. */
  addTable(table: Table, keep: (row: number) => boolean): void {
    const rows = Array.from(table.times.keys()).filter(keep)
    this.addColumns(
      rows.map((row) => table.times[row] ?? 0),
      (name) => {
        const { values, codes } = table.column(name)
        return rows.map((row) => values[codes[row] ?? 0] ?? null)
      },
    )
  }

  /** The rows sorted by (site, time), rows without a site last, equal ones as they were added. */
  sorted(): Table {
    const columns = new Map(this.#columns.map((column) => [column.name, column.finished()]))
    const times = this.#times.subarray(0, this.#rows)
    return sortTable({ rows: this.#rows, times, column: (name) => columnOf(columns, name) })
  }

  #addTime(time: number): void {
    if (this.#rows === this.#times.length) {
      const wider = new Float64Array(this.#rows * 2)
      wider.set(this.#times)
      this.#times = wider
    }
    this.#times[this.#rows++] = time
  }
}

class ColumnBuilder {
  readonly name: CodedName
  length = 0
  readonly #values: Value[] = [null]
  #codes: Codes = new Uint8Array(1024)
  #codesMax = 0xff
  readonly #codeOf = new Map<Value, number>([[null, 0]])
  #lastValue: Value = null
  #lastCode = 0

  constructor(name: CodedName) {
    this.name = name
  }

  push(value: Value): void {
    if (value !== this.#lastValue) {
      this.#lastCode = this.#codeOf.get(value) ?? this.#newCode(value)
      this.#lastValue = value
    }
    if (this.length === this.#codes.length)
      this.#codes = widened(this.#codes, this.length * 2, this.#codesMax)
    this.#codes[this.length++] = this.#lastCode
  }

  finished(): CodedColumn {
    return { values: this.#values, codes: this.#codes.subarray(0, this.length) }
  }

  #newCode(value: Value): number {
    const code = this.#values.push(value) - 1
    this.#codeOf.set(value, code)
    if (code > this.#codesMax) {
      this.#codesMax = code > 0xff_ff ? 0xff_ff_ff_ff : 0xff_ff
      this.#codes = widened(this.#codes, this.#codes.length, this.#codesMax)
    }
    return code
  }
}

function widened(codes: Codes, length: number, codesMax: number): Codes {
  const wider = emptyCodes(length, codesMax)
  wider.set(codes)
  return wider
}

function emptyCodes(length: number, codesMax: number): Codes {
  if (codesMax <= 0xff) return new Uint8Array(length)
  return codesMax <= 0xff_ff ? new Uint16Array(length) : new Uint32Array(length)
}

/** The rows one by one, in the table's order. */
export function* tableRows(table: Table): Generator<Row> {
  const columns = CODED_NAMES.map((name) => [name, table.column(name)] as const)
  for (const [index, time] of table.times.entries()) {
    const cells = columns.map(([name, { values, codes }]) => [name, values[codes[index] ?? 0] ?? null])
    // The columns of `Row`, which the type of Object.fromEntries cannot say.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    yield { time, ...Object.fromEntries(cells) } as Row
  }
}

function sortTable(table: Table): Table {
  const order = siteTimeOrder(table)
  const columns = new Map(CODED_NAMES.map((name) => [name, reordered(table.column(name), order)]))
  const times = new Float64Array(table.rows)
  order.forEach((row, place) => (times[place] = table.times[row] ?? 0))
  return { rows: table.rows, times, column: (name) => columnOf(columns, name) }
}

function reordered({ values, codes }: CodedColumn, order: Uint32Array): CodedColumn {
  const moved = emptyCodes(codes.length, values.length - 1)
  for (let place = 0; place < moved.length; place++) moved[place] = codes[order[place] ?? 0] ?? 0
  return { values, codes: moved }
}

/** Rows in order of (site, time): sites by counting; their hits come nearly in time order, so most need no sorting. */
function siteTimeOrder(table: Table): Uint32Array {
  const { values, codes } = table.column('site')
  const starts = new Uint32Array(values.length)
  for (const code of codes) starts[code] = (starts[code] ?? 0) + 1
  const sites = values.map((_, code) => code).sort((a, b) => compareSites(values[a], values[b]))
  let start = 0
  for (const code of sites) {
    const rows = starts[code] ?? 0
    starts[code] = start
    start += rows
  }
  const order = new Uint32Array(table.rows)
  codes.forEach((code, row) => {
    const place = starts[code] ?? 0
    order[place] = row
    starts[code] = place + 1
  })
  start = 0
  for (const code of sites) {
    sortByTime(order.subarray(start, starts[code]), table.times)
    start = starts[code] ?? 0
  }
  return order
}

function sortByTime(rows: Uint32Array, times: Float64Array): void {
  const timeAt = (place: number): number => times[rows[place] ?? 0] ?? 0
  let place = 1
  while (place < rows.length && timeAt(place - 1) <= timeAt(place)) place++
  if (place < rows.length) rows.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b)
}

function compareSites(a: Value = null, b: Value = null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}

function columnOf(columns: ReadonlyMap<CodedName, CodedColumn>, name: CodedName): CodedColumn {
  const column = columns.get(name)
  if (column === undefined) throw new RangeError(`there is no column "${name}"`)
  return column
}
