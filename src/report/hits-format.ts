import { COLUMNS } from '../row.ts'
import { growParquet } from '../segment/parquet.ts'
import { shapeOf } from '../segment/segment-file.ts'
import type { Value } from '../segment/table.ts'
import { csvRecord } from './csv.ts'

/** How hits are written. */
export const HITS_FORMATS = ['ndjson', 'csv', 'parquet'] as const
export type HitsFormat = (typeof HITS_FORMATS)[number]

/** Hits as rows: the values of `COLUMNS` in their order, times as ms UTC. */
type Batches = AsyncIterable<readonly (readonly Value[])[]>

/** Rows of a group of Parquet: what is held in memory at once. */
const GROUP_ROWS = 65_536
const NAMES = COLUMNS.map((column) => column.name)

/** The bytes of a file of hits. In text, times are ISO 8601, UTC. */
export function encodeHits(format: HitsFormat, batches: Batches): AsyncGenerator<Uint8Array> {
  if (format === 'parquet') return encodeParquetHits(batches)
  return format === 'csv'
    ? encodeText(batches, csvRecord, csvRecord(NAMES))
    : encodeText(batches, jsonLine, '')
}

async function* encodeText(
  batches: Batches,
  render: (cells: readonly Value[]) => string,
  header: string,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  if (header !== '') yield encoder.encode(header)
  for await (const rows of batches)
    yield encoder.encode(rows.map(([time, ...cells]) => render([isoTime(time), ...cells])).join(''))
}

function jsonLine(cells: readonly Value[]): string {
  return `${JSON.stringify(Object.fromEntries(NAMES.map((name, index) => [name, cells[index] ?? null])))}\n`
}

function isoTime(time: Value | undefined): string {
  return new Date(Number(time)).toISOString()
}

async function* encodeParquetHits(batches: Batches): AsyncGenerator<Uint8Array> {
  const parquet = growParquet(COLUMNS.map(shapeOf))
  let group: (readonly Value[])[] = []
  const write = (): Promise<Uint8Array> => {
    const cells = NAMES.map((_, index) => group.map((row) => row[index] ?? null))
    group = []
    return parquet.write(cells)
  }
  for await (const rows of batches) {
    group = group.concat(rows)
    if (group.length >= GROUP_ROWS) yield await write()
  }
  if (group.length > 0) yield await write()
  yield await parquet.finish()
}
