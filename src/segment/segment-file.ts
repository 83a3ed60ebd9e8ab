import type { Column } from '../row.ts'
import { COLUMNS } from '../row.ts'
import type { ColumnShape, FileColumn, FileNotes, ParquetFooter } from './parquet.ts'
import { decodeParquet, encodeParquet } from './parquet.ts'
import type { ChunkLineage, Segment } from './segment.ts'
import type { CodedName, Table, Value } from './table.ts'
import { TableBuilder } from './table-builder.ts'

/** Keys of a segment's footer; the lineage is a JSON list of `ChunkLineage`. */
const NOTES = {
  format: 'headcount.format',
  lineage: 'headcount.lineage',
  written: 'headcount.written',
} as const

/** Version of the format of segments: columns are added without a new one. */
const FORMAT = '1'

/** A segment that is to be written. */
export interface SegmentDraft {
  readonly name: string
  /** Sorted by (site, time). */
  readonly table: Table
  readonly chunks: readonly ChunkLineage[]
  /** When it is written, ms UTC: what it supersedes stays for a day from then, its raw hits for `rawDays`. */
  readonly writtenMs: number
}

/** A segment as its footer tells it. */
export interface StoredSegment extends Segment {
  readonly writtenMs: number
}

/** The bytes of a segment's file. */
export function encodeSegment(draft: SegmentDraft): Promise<Uint8Array> {
  const columns = COLUMNS.map((column) => fileColumn(column, draft.table))
  return encodeParquet(draft.table.rows, columns, {
    [NOTES.format]: FORMAT,
    [NOTES.lineage]: JSON.stringify(draft.chunks),
    [NOTES.written]: new Date(draft.writtenMs).toISOString(),
  })
}

/**
 * What the footer of the file NAME.parquet says.
 *
 * @throws {Error} when it is not a segment of this format, or its parts do not agree
 */
export function parseSegment(name: string, bytes: number, footer: ParquetFooter): StoredSegment {
  const { rows, notes } = footer
  if (notes[NOTES.format] !== FORMAT) throw new Error(`its format is ${notes[NOTES.format]}, not ${FORMAT}`)
  const chunks = parseLineage(notes)
  const lineageRows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  if (rows !== lineageRows) throw new Error(`it has ${rows} rows where its chunks have ${lineageRows}`)
  const writtenMs = Date.parse(notes[NOTES.written] ?? '')
  if (Number.isNaN(writtenMs)) throw new Error('its footer does not say when it was written')
  return { name, rows, bytes, chunks, writtenMs }
}

/**
 * All rows of a segment's file.
 *
 * @throws {Error} when it is damaged
 */
export async function decodeSegment(
  bytes: Uint8Array,
  into: TableBuilder = new TableBuilder(),
): Promise<TableBuilder> {
  for await (const columns of decodeParquet(bytes)) {
    const times = (columns.get('time') ?? []).map(Number)
    const absent = Array.from<null>({ length: times.length }).fill(null)
    into.addColumns(times, (name) => columns.get(name) ?? absent)
  }
  return into
}

/** A column of hits as Parquet has it. */
export function shapeOf({ name, type, nullMeans }: Column): ColumnShape {
  return {
    name,
    type: TYPES[type],
    nullable: nullMeans !== undefined,
    statistics: name === 'time' || name === 'site',
  }
}

const TYPES = { timestamp: 'TIMESTAMP', integer: 'INT32', string: 'STRING' } as const

function fileColumn(column: Column, table: Table): FileColumn {
  const { name } = column
  const cells = name === 'time' ? timeCells(table) : codedCells(name, table)
  return { ...shapeOf(column), cells }
}

function timeCells({ times }: Table): FileColumn['cells'] {
  return (from, to) => [...times.subarray(from, to)]
}

function codedCells(name: CodedName, table: Table): FileColumn['cells'] {
  const { values, codes } = table.column(name)
  return (from, to) => {
    // A third of the time that growing it takes, and none of its holes stays.
    // oxlint-disable-next-line unicorn/no-new-array
    const cells = new Array<Value>(to - from)
    for (let row = from; row < to; row++) cells[row - from] = values[codes[row] ?? 0] ?? null
    return cells
  }
}

function parseLineage(notes: FileNotes): readonly ChunkLineage[] {
  const lineage: unknown = JSON.parse(notes[NOTES.lineage] ?? 'null')
  if (Array.isArray(lineage) && lineage.length > 0 && lineage.every(isChunkLineage)) return lineage
  throw new Error('its footer does not say which chunks it holds')
}

function isChunkLineage(value: unknown): value is ChunkLineage {
  if (typeof value !== 'object' || value === null) return false
  const { name, rows, hash, firstMs, lastMs, derive, replaces } = { ...NOTHING, ...value }
  return (
    [name, hash, derive, replaces ?? ''].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(rows) &&
    [firstMs, lastMs].every((time) => time === null || Number.isSafeInteger(time))
  )
}

const NOTHING: Partial<Record<keyof ChunkLineage, unknown>> = {}
