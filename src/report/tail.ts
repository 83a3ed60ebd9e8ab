import type { DuckDBAppender } from '@duckdb/node-api'
import { DuckDBTimestampValue } from '@duckdb/node-api'
import type { RawHit } from '../hit.ts'
import type { Chunk, HotLogReader, Position } from '../log/hot-log.ts'
import type { Column, Row } from '../row.ts'
import { COLUMNS } from '../row.ts'
import type { DerivePolicy } from '../segment/derive.ts'
import { createDeriver } from '../segment/derive.ts'
import type { Duck } from './duck.ts'
import { name, text } from './sql.ts'

/** Table that holds the derived hits of the tail: the columns of segments, and `chunk`. */
export const TAIL_TABLE = 'tail'

const SQL_TYPES = { timestamp: 'TIMESTAMP', string: 'VARCHAR', integer: 'INTEGER' } as const

/** The hits that no segment holds yet, derived in memory; each is read from the log once. */
export interface Tail {
  /**
   * Holds from now on what is in these chunks, and no others: of those it knows only what was added is read.
   *
   * @throws {ChunkGone}
   */
  refresh(chunks: readonly Chunk[]): Promise<void>
  hits(): number
  /** Times of the oldest and the newest hit, ms UTC; null where there is none. */
  times(): Times | null
}

/** Two instants, ms UTC, both inclusive. */
export interface Times {
  readonly oldestMs: number
  readonly newestMs: number
}

/** What was read of a chunk. */
interface Progress {
  readonly position: Position
  readonly hits: number
  readonly times: Times | null
}

const NOTHING_READ: Progress = { position: 0, hits: 0, times: null }

export async function openTail(duck: Duck, log: HotLogReader, policy: DerivePolicy): Promise<Tail> {
  const derive = createDeriver(policy)
  const read = new Map<string, Progress>()
  await createTable(duck)

  async function readMore({ name: chunk, bytes }: Chunk): Promise<void> {
    if (read.get(chunk)?.position === bytes) return
    const appender = await duck.appender(TAIL_TABLE)
    try {
      for await (const { hits, position } of log.read(chunk, read.get(chunk)?.position ?? 0)) {
        for (const hit of hits) appendRow(appender, chunk, derive(hit))
        appender.flushSync()
        read.set(chunk, progressed(read.get(chunk) ?? NOTHING_READ, hits, position))
      }
    } finally {
      appender.closeSync()
    }
  }

  async function drop(chunks: readonly string[]): Promise<void> {
    if (chunks.length === 0) return
    for (const chunk of chunks) read.delete(chunk)
    await duck.run(`DELETE FROM ${TAIL_TABLE} WHERE chunk IN (${chunks.map(text).join(', ')})`)
    // Gives the memory back.
    await duck.run('CHECKPOINT')
  }

  return {
    async refresh(chunks) {
      const bytes = new Map(chunks.map((chunk) => [chunk.name, chunk.bytes]))
      await drop(
        [...read].flatMap(([chunk, { position }]) => (position > (bytes.get(chunk) ?? -1) ? [chunk] : [])),
      )
      try {
        for (const chunk of chunks) await readMore(chunk)
      } catch (error) {
        // Whatever was appended by halves is read again.
        await drop([...read.keys(), ...bytes.keys()])
        throw error
      }
    },
    hits: () => [...read.values()].reduce((sum, { hits }) => sum + hits, 0),
    times: () => [...read.values()].map(({ times }) => times).reduce(widened, null),
  }
}

/** The times that hold both. */
export function widened(a: Times | null, b: Times | null): Times | null {
  if (a === null || b === null) return a ?? b
  return { oldestMs: Math.min(a.oldestMs, b.oldestMs), newestMs: Math.max(a.newestMs, b.newestMs) }
}

function progressed(before: Progress, hits: readonly RawHit[], position: Position): Progress {
  const times = hits.map(({ timeMs }) => ({ oldestMs: timeMs, newestMs: timeMs }))
  return { position, hits: before.hits + hits.length, times: times.reduce(widened, before.times) }
}

function createTable(duck: Duck): Promise<void> {
  const columns = COLUMNS.map((column) => `${name(column.name)} ${SQL_TYPES[column.type]}`)
  return duck.run(`CREATE TABLE ${TAIL_TABLE} (chunk VARCHAR, ${columns.join(', ')})`)
}

function appendRow(appender: DuckDBAppender, chunk: string, row: Row): void {
  appender.appendVarchar(chunk)
  for (const column of COLUMNS) appendCell(appender, column, row)
  appender.endRow()
}

function appendCell(appender: DuckDBAppender, column: Column, row: Row): void {
  const value = row[column.name]
  if (value === null) appender.appendNull()
  else if (typeof value === 'string') appender.appendVarchar(value)
  else if (column.type === 'timestamp')
    appender.appendTimestamp(new DuckDBTimestampValue(BigInt(value) * 1000n))
  else appender.appendInteger(value)
}
