import { readFile } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { orGone } from '../../log/file-errors.ts'
import type { Position } from '../../log/hot-log.ts'
import { fieldsOf } from './page.ts'

/** How far a chunk was written. */
export interface Mark {
  readonly chunk: string
  readonly bytes: Position
}

/** How much of a table is in the log. */
export interface Progress {
  /** The table's name in the names of chunks: `a01`. */
  readonly writer: string
  /** Every item before it is in the log: ms UTC, a whole hour. */
  readonly wholeUntilMs: number
  /** By partition: every item up to this `sk` is, too. */
  readonly cursors: ReadonlyMap<string, string>
  /** Items behind those that are, too. */
  readonly keys: ReadonlySet<string>
  /** The end of the log's pulled lines when this was saved; null before the first. */
  readonly mark: Mark | null
  /** Pulled lines before that end whose items are not known yet. */
  readonly unclaimed: readonly string[]
}

const FORMAT = 1

/**
 * The progress that a file holds; null where there is none.
 *
 * @throws {AppError} PULL_PROGRESS_LOST when it holds something else
 */
export async function readProgress(file: string): Promise<Progress | null> {
  const text = await orGone(readFile(file, 'utf8'))
  if (text === null) return null
  const progress = parseProgress(text)
  if (progress !== null) return progress
  const remedy = 'Bring it back from a backup, or pull into a new folder with --data'
  throw new AppError(
    'PULL_PROGRESS_LOST',
    `Cannot go on pulling: "${file}" does not say how far it came. ${remedy}`,
  )
}

/** The text of a progress's file. */
export function encodeProgress({ writer, wholeUntilMs, cursors, keys, mark, unclaimed }: Progress): string {
  return `${JSON.stringify({
    format: FORMAT,
    writer,
    wholeUntil: new Date(wholeUntilMs).toISOString(),
    cursors: Object.fromEntries(cursors),
    mark,
    unclaimed,
    keys: [...keys],
  })}\n`
}

function parseProgress(text: string): Progress | null {
  const fields = fieldsOf(parseJson(text))
  const { format, writer, wholeUntil, cursors, mark, unclaimed, keys } = fields
  const wholeUntilMs = Date.parse(String(wholeUntil))
  if (format !== FORMAT || typeof writer !== 'string' || Number.isNaN(wholeUntilMs)) return null
  if (!areTexts(unclaimed) || !areTexts(keys)) return null
  const { chunk, bytes } = fieldsOf(mark)
  return {
    writer,
    wholeUntilMs,
    cursors: new Map(Object.entries(fieldsOf(cursors)).map(([pk, sk]) => [pk, String(sk)])),
    mark: typeof chunk === 'string' ? { chunk, bytes: Number(bytes) } : null,
    unclaimed,
    keys: new Set(keys),
  }
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
