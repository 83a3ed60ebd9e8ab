import type { Table, Value } from './table.ts'
import { CODED_NAMES } from './table.ts'

/** Two 32-bit numbers that are added apart: the halves of a hash. */
interface Lanes {
  high: number
  low: number
}

const NO_ROWS: Readonly<Lanes> = { high: 0, low: 0 }

/**
 * A hash of a table's rows that does not depend on their order: 16 hex digits.
 *
 * Each value that is not null is hashed together with its column's name, once for each distinct value; a row
 * is the sum of its values, mixed; the table is the sum of its rows; all sums are of two halves modulo 2³².
 * So hashes of parts add up to the hash of the whole, and a column that is added later and null in old rows
 * changes nothing. It finds damage and mistakes, it does not withstand forgery.
 */
export function hashRows(table: Table): string {
  const rows = { high: new Uint32Array(table.rows), low: new Uint32Array(table.rows) }
  addTimes(rows, table.times)
  for (const name of CODED_NAMES) {
    const { values, codes } = table.column(name)
    const hashes = values.map((value) => (value === null ? NO_ROWS : hashValue(name, value)))
    const high = Uint32Array.from(hashes, (hash) => hash.high)
    const low = Uint32Array.from(hashes, (hash) => hash.low)
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] ?? 0
      rows.high[row] = (rows.high[row] ?? 0) + (high[code] ?? 0)
      rows.low[row] = (rows.low[row] ?? 0) + (low[code] ?? 0)
    }
  }
  return renderHash(sumMixed(rows))
}

/** The hash of all rows together whose hashes these are. */
export function addHashes(hashes: readonly string[]): string {
  let { high, low } = NO_ROWS
  for (const lanes of hashes.map(parseHash)) {
    high = (high + lanes.high) >>> 0
    low = (low + lanes.low) >>> 0
  }
  return renderHash({ high, low })
}

/** The hash of the rows that are left when those of `part` are taken out of those of `whole`. */
export function subtractHash(whole: string, part: string): string {
  const [from, less] = [parseHash(whole), parseHash(part)]
  return renderHash({ high: from.high - less.high, low: from.low - less.low })
}

function addTimes(rows: { high: Uint32Array; low: Uint32Array }, times: Float64Array): void {
  for (let row = 0; row < times.length; row++) {
    const time = times[row] ?? 0
    const seconds = Math.floor(time / 1000)
    const milliseconds = time - seconds * 1000
    rows.high[row] = mix(Math.imul(seconds, 0x9e37_79b1) + milliseconds)
    rows.low[row] = mix(Math.imul(milliseconds + 1, 0x85eb_ca77) + seconds)
  }
}

function sumMixed(rows: { high: Uint32Array; low: Uint32Array }): Lanes {
  let { high, low } = NO_ROWS
  for (let row = 0; row < rows.high.length; row++) {
    const rowHigh = rows.high[row] ?? 0
    const rowLow = rows.low[row] ?? 0
    high = (high + mix(rowHigh + Math.imul(rowLow, 0xc2b2_ae3d))) | 0
    low = (low + mix(rowLow ^ Math.imul(rowHigh, 0x27d4_eb2f))) | 0
  }
  return { high, low }
}

/** Each half in the manner of FNV-1a (Fowler, Noll and Vo), over UTF-16 code units, then mixed. */
function hashValue(column: string, value: Value): Lanes {
  const text = `${column}=${value}`
  let high = 0x811c_9dc5
  let low = 0x0100_0193
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x0100_0193)
    low = Math.imul(low ^ unit, 0x85eb_ca6b)
  }
  return { high: mix(high), low: mix(low) }
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of input moves every bit of output. */
function mix(hash: number): number {
  let mixed = hash | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function parseHash(hash: string): Lanes {
  return { high: Number.parseInt(hash.slice(0, 8), 16), low: Number.parseInt(hash.slice(8), 16) }
}

function renderHash({ high, low }: Lanes): string {
  return [high, low].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
}
