import { AppError } from '../errors.ts'
import { RAW_HIT_VERSION } from '../hit.ts'

/** First line of every chunk, without its end. */
export const CHUNK_HEADER = JSON.stringify({ headcount: 'log', version: RAW_HIT_VERSION })

/** How the file of a chunk ends while its writer may add to it, and afterwards. */
export const OPEN_ENDING = '.open.ndjson'
export const CLOSED_ENDING = '.ndjson'

const NAME = /^\d{4}-\d\d-\d\dT\d\d\.(?<writer>[a-z][a-z\d-]*)\.(?<part>\d{5,})$/

/** A chunk as the name of its file tells it. */
export interface ChunkFile {
  readonly name: string
  readonly closed: boolean
}

/** The UTC hour of an instant, as chunk names begin: `2026-11-23T06`. */
export function hourOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 13)
}

/** `2026-11-23T06.w01.00003`. */
export function chunkName(hour: string, writer: string, part: number): string {
  return `${hour}.${writer}.${String(part).padStart(5, '0')}`
}

/** What a file of the log folder is; null for one that is no chunk. */
export function parseChunkFile(file: string): ChunkFile | null {
  const closed = !file.endsWith(OPEN_ENDING)
  const ending = closed ? CLOSED_ENDING : OPEN_ENDING
  if (!file.endsWith(ending)) return null
  const name = file.slice(0, -ending.length)
  return NAME.test(name) ? { name, closed } : null
}

/** Whether a pull wrote the chunk (writers `a01`, …): of what its collector refused at the door nothing is known. */
export function isPulled(chunk: string): boolean {
  return NAME.exec(chunk)?.groups?.['writer']?.startsWith('a') === true
}

/** The part number that follows all those of the writer among the names; 1 for its first. */
export function nextPart(names: readonly string[], writer: string): number {
  const parts = names.map((name) => NAME.exec(name)?.groups)
  return (
    1 + Math.max(0, ...parts.map((groups) => (groups?.['writer'] === writer ? Number(groups['part']) : 0)))
  )
}

/**
 * Whether a line is the first of a chunk that this program can read.
 *
 * @throws {AppError} LOG_TOO_NEW when a later program wrote it
 */
export function isChunkHeader(line: string, chunk: string): boolean {
  const version = Number(/^\{"headcount":"log","version":(\d{1,9})\}$/.exec(line)?.[1] ?? 0)
  if (version <= RAW_HIT_VERSION) return version > 0
  const found = `its format version is ${version}, and this program knows versions up to ${RAW_HIT_VERSION}`
  throw new AppError(
    'LOG_TOO_NEW',
    `Cannot read chunk "${chunk}": ${found}. Use the newer program that wrote it`,
  )
}
