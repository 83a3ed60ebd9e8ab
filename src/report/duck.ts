import { availableParallelism } from 'node:os'
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../errors.ts'
import type { Value } from '../segment/table.ts'
import type { Sql } from './sql.ts'
import { text } from './sql.ts'

/** One row of an answer, by column names. */
export type Cells = Readonly<Record<string, unknown>>

export interface DuckOptions {
  /** The only folder whose files it may read. */
  readonly dir: string
  readonly memoryMb: number
  /** Whether rows come in the order of their files. */
  readonly ordered?: boolean
}

/** An in-memory DuckDB: no file of its own, no extension, no network. */
export interface Duck {
  run(sql: Sql): Promise<void>
  rows(sql: Sql): Promise<readonly Cells[]>
  /** Rows as they are made, some thousand at a time: values in the order of the statement's columns. */
  stream(sql: Sql): AsyncIterable<readonly (readonly Value[])[]>
  /** Ends the statement that runs, if any: it fails. */
  interrupt(): void
  appender(table: string): Promise<DuckDBAppender>
  close(): void
}

/** More threads answer no sooner, and each needs memory of its own. */
const THREADS_MAX = 4

export async function openDuck({ dir, memoryMb, ordered = false }: DuckOptions): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.min(THREADS_MAX, availableParallelism())),
    memory_limit: `${memoryMb}MB`,
    temp_directory: '',
    preserve_insertion_order: String(ordered),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_directories = [${text(dir)}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  return {
    run: async (sql) => void (await connection.run(sql).catch(asTooLarge)),
    rows: (sql) => readRows(connection, sql).catch(asTooLarge),
    stream: (sql) => readStream(connection, sql),
    interrupt: () => connection.interrupt(),
    appender: (table) => connection.createAppender(table),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function readRows(connection: DuckDBConnection, sql: Sql): Promise<readonly Cells[]> {
  const reader = await connection.runAndReadAll(sql)
  return reader.getRowObjectsJS()
}

async function* readStream(
  connection: DuckDBConnection,
  sql: Sql,
): AsyncGenerator<readonly (readonly Value[])[]> {
  try {
    const result = await connection.stream(sql)
    for await (const rows of result.yieldRowsJs()) yield rows.map((row) => row.map(asValue))
  } catch (error) {
    asTooLarge(error)
  }
}

function asValue(cell: unknown): Value {
  return typeof cell === 'string' || typeof cell === 'number' ? cell : null
}

function asTooLarge(cause: unknown): never {
  if (!(cause instanceof Error && cause.message.startsWith('Out of Memory Error'))) throw cause
  const what = 'it needs more memory than questions may have; ask for fewer days or lists, or filter'
  throw new AppError('QUESTION_TOO_LARGE', `Cannot answer the question: ${what}`, { cause })
}

/** A string of a row; null where there is none. */
export function textIn(row: Cells, column: string): string | null {
  const cell = row[column]
  return typeof cell === 'string' ? cell : null
}

/** A number of a row, exact up to 2⁵³; null where there is none. */
export function knownNumberIn(row: Cells, column: string): number | null {
  const cell = row[column]
  return typeof cell === 'number' || typeof cell === 'bigint' ? Number(cell) : null
}

/** A sum of a row: 0 where there was nothing to add up. */
export function numberIn(row: Cells, column: string): number {
  return knownNumberIn(row, column) ?? 0
}
