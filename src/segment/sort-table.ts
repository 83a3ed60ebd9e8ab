import type { CodedColumn, Table, Value } from './table.ts'
import { CODED_NAMES, columnOf, emptyCodes } from './table.ts'

/** The table sorted by (site, time), rows without a site last, equal ones in their order. */
export function sortTable(table: Table): Table {
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
