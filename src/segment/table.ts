import type { ColumnName, Row } from '../row.ts'
import { COLUMNS } from '../row.ts'

export type Value = string | number | null

/** Every column but the time: held as codes. */
export type CodedName = Exclude<ColumnName, 'time'>

/** `COLUMNS` without the time, in file order. */
export const CODED_NAMES: readonly CodedName[] = COLUMNS.map(({ name }) => name).filter(
  (name) => name !== 'time',
)

export type Codes = Uint8Array | Uint16Array | Uint32Array

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

/** Codes for rows, as narrow as the greatest one allows. */
export function emptyCodes(length: number, codesMax: number): Codes {
  if (codesMax <= 0xff) return new Uint8Array(length)
  return codesMax <= 0xff_ff ? new Uint16Array(length) : new Uint32Array(length)
}

/** A table's way to its columns. */
export function columnOf(columns: ReadonlyMap<CodedName, CodedColumn>, name: CodedName): CodedColumn {
  const column = columns.get(name)
  if (column === undefined) throw new RangeError(`there is no column "${name}"`)
  return column
}
