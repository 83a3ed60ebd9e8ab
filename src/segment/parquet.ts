import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { AsyncBuffer, DecodedArray, FileMetaData } from 'hyparquet'
import { parquetMetadata, parquetRead } from 'hyparquet'
import type { BasicType, ColumnSource } from 'hyparquet-writer'
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'

/** Rows that are encoded, and read again, at once: more would need more memory, fewer would repeat dictionaries. */
const GROUP_ROWS_MAX = 262_144
/** One page a column and group: within a group readers take all or nothing. */
const NO_PAGE_LIMIT = 0
/** Measured: 1 % smaller than level 3 for no time that shows, and level 19 is 1 % smaller for three times the time. */
const ZSTD_LEVEL = 6

export type Cell = string | number | bigint | null

/** What a column is called and holds. */
export interface ColumnShape {
  readonly name: string
  readonly type: Extract<BasicType, 'TIMESTAMP' | 'STRING' | 'INT32' | 'INT64'>
  readonly nullable: boolean
  /** Least and greatest value for each row group, by which readers skip groups: only where the rows are sorted by it. */
  readonly statistics: boolean
}

/** One column of a file that is to be written. */
export interface FileColumn extends ColumnShape {
  /** Values of the rows [from, to), null among them only where `nullable`. */
  cells(from: number, to: number): Cell[]
}

/** What a file says of itself: names and values of its own. */
export type FileNotes = Readonly<Record<string, string>>

/** A Parquet file, ZSTD throughout; strings and numbers by dictionary, timestamps (milliseconds, UTC) by differences. */
export async function encodeParquet(
  rows: number,
  columns: readonly FileColumn[],
  notes: FileNotes,
): Promise<Uint8Array> {
  const { writer, parquet } = openWriter(columns, notes)
  for (const [from, to] of rowGroups(rows)) {
    const columnData = columns.map((column) => encoded(column, column.cells(from, to)))
    await parquet.write({ columnData, rowGroupSize: to - from, pageSize: NO_PAGE_LIMIT })
  }
  await parquet.finish()
  return writer.getBytes()
}

/** A Parquet file that is written as its rows come, in the same way; each call gives the bytes that follow. */
export interface GrowingParquet {
  /** Adds a row group: the values of each column, in their order. */
  write(cells: readonly Cell[][]): Promise<Uint8Array>
  finish(): Promise<Uint8Array>
}

export function growParquet(columns: readonly ColumnShape[]): GrowingParquet {
  const { writer, parquet } = openWriter(columns, {})
  const taken = (): Uint8Array => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  return {
    async write(cells) {
      const columnData = columns.map((column, index) => encoded(column, cells[index] ?? []))
      const rowGroupSize = cells[0]?.length ?? 0
      await parquet.write({ columnData, rowGroupSize, pageSize: NO_PAGE_LIMIT })
      return taken()
    },
    async finish() {
      await parquet.finish()
      return taken()
    },
  }
}

function openWriter(
  columns: readonly ColumnShape[],
  notes: FileNotes,
): { readonly writer: ByteWriter; readonly parquet: ParquetWriter } {
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columns.map((column) => encoded(column, [])) }),
    codec: 'ZSTD',
    compressors: { ZSTD: compress },
    kvMetadata: Object.entries(notes).map(([key, value]) => ({ key, value })),
    createdBy: 'headcount',
  })
  return { writer, parquet }
}

/** An open Parquet file, or its end alone. */
export interface ParquetFooter {
  readonly rows: number
  readonly notes: FileNotes
  readonly metadata: FileMetaData
}

/**
 * Reads the footer from the last bytes of a file.
 *
 * @throws {Error} when they hold no whole footer
 */
export function decodeFooter(end: Uint8Array): ParquetFooter {
  const metadata = parquetMetadata(end)
  const notes = (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''] as const)
  return { rows: Number(metadata.num_rows), notes: Object.fromEntries(notes), metadata }
}

/** Bytes of the footer and what frames it, as the last eight bytes of a file say. */
export function footerBytes(end: Uint8Array): number {
  return new DataView(end.buffer, end.byteOffset).getUint32(end.length - 8, true) + 8
}

/** Values of a row group by column: timestamps as milliseconds, integers as numbers. */
export type DecodedGroup = ReadonlyMap<string, readonly (string | number | null)[]>

/**
 * Reads a whole file, one row group after the other.
 *
 * @throws {Error} when a page is damaged
 */
export async function* decodeParquet(bytes: Uint8Array): AsyncGenerator<DecodedGroup> {
  const { metadata } = decodeFooter(bytes)
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    yield await decodeGroup(bytes, metadata, { rowStart, rowEnd })
    rowStart = rowEnd
  }
}

async function decodeGroup(
  bytes: Uint8Array,
  metadata: FileMetaData,
  range: { rowStart: number; rowEnd: number },
): Promise<DecodedGroup> {
  const columns = new Map<string, (string | number | null)[]>()
  await parquetRead({
    file: asyncBuffer(bytes),
    metadata,
    ...range,
    compressors: { ZSTD: (page) => zstdDecompressSync(page) },
    parsers: { timestampFromMilliseconds: Number },
    onChunk: ({ columnName, columnData }) => {
      const cells = columns.get(columnName) ?? []
      if (cells.length === 0) columns.set(columnName, cells)
      for (const value of columnData) cells.push(asCell(value))
    },
  })
  return columns
}

function asCell(value: DecodedArray[number]): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value
  return typeof value === 'bigint' ? Number(value) : null
}

function encoded({ name, type, nullable, statistics }: ColumnShape, data: Cell[]): ColumnSource {
  const encoding = type === 'TIMESTAMP' ? 'DELTA_BINARY_PACKED' : 'RLE_DICTIONARY'
  return { name, type, nullable, statistics, encoding, data }
}

/** Groups of nearly equal size. */
function* rowGroups(rows: number): Generator<[from: number, to: number]> {
  const groups = Math.ceil(rows / GROUP_ROWS_MAX)
  for (let group = 0; group < groups; group++) {
    yield [Math.floor((rows * group) / groups), Math.floor((rows * (group + 1)) / groups)]
  }
}

function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } })
}

function asyncBuffer(bytes: Uint8Array): AsyncBuffer {
  return {
    byteLength: bytes.length,
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  }
}
