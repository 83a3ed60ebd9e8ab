import type { Row } from '../row.ts'
import { sortTable } from './sort-table.ts'
import type { CodedColumn, CodedName, Codes, Table, Value } from './table.ts'
import { CODED_NAMES, columnOf, emptyCodes } from './table.ts'

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
  addTable(table: Table, keep: (row: number) => boolean = () => true): void {
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
