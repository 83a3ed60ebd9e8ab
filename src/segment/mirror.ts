import type { CodedName, Table, Value } from './table.ts'
import { TableBuilder } from './table-builder.ts'

/** What a mirror does not say, so that it takes a view from "not sent". */
const LEFT_OUT: ReadonlySet<CodedName> = new Set(['referrer', 'channel'])

/**
 * A table with a mirror of each referral: the same row without referrer and channel, its count below zero. A browser's
 * report of where a reader came from then moves one page view from "referrer not sent" to there (`moved_views`), in
 * lists and under filters, and adds none.
 */
export function withMirrors(table: Table): Table {
  const { values, codes } = table.column('kind')
  const referral = values.indexOf('referral')
  if (referral < 0 || !codes.includes(referral)) return table
  const builder = new TableBuilder()
  builder.addTable(table)
  const rows = [...codes.keys()].filter((row) => codes[row] === referral)
  builder.addColumns(
    rows.map((row) => table.times[row] ?? 0),
    (name) => mirrored(table, name, rows),
  )
  return builder.sorted()
}

function mirrored(table: Table, name: CodedName, rows: readonly number[]): readonly Value[] {
  if (LEFT_OUT.has(name)) return rows.map(() => null)
  const { values, codes } = table.column(name)
  const cells = rows.map((row) => values[codes[row] ?? 0] ?? null)
  return name === 'count' ? cells.map((count) => -Number(count)) : cells
}
