import type { FileHandle } from 'node:fs/promises'
import { open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../errors.ts'
import { CLOSED_ENDING, OPEN_ENDING, parseChunkFile } from './chunk.ts'
import type { ChunkFile } from './chunk.ts'
import { Complaints } from './complaints.ts'
import { errorCode, errorReason, orGone } from './file-errors.ts'
import type { FileSystem } from './file-system.ts'
import { diskFiles } from './file-system.ts'
import type { Batch, Chunk, HotLog, HotLogReader, Position } from './hot-log.ts'
import { ChunkGone } from './hot-log.ts'
import { GroupCommit } from './group-commit.ts'
import type { LogFolder } from './part.ts'
import { Parts } from './parts.ts'
import { readChunk } from './read-chunk.ts'

export interface FileLogOptions {
  /** Folder of the chunks: `…/log`. Made if missing. Only who holds `LOCK` may open it for writing. */
  readonly dir: string
  /** Milliseconds since the Unix epoch; names chunks. May jump. */
  readonly now: () => number
  /** Tells a person what is wrong, at most once a minute. */
  readonly report?: (line: string) => void
  readonly files?: FileSystem
}

/** A hot log on files. */
export interface FileLog extends HotLog {
  /** Closes the open chunk when its hour has ended, though no hit comes. Call it now and then. */
  tick(): Promise<void>
}

/**
 * Opens a folder of chunks for writing; chunks that an earlier run left open are closed.
 *
 * @throws {AppError} FOLDER_UNUSABLE
 */
export async function openFileLog(options: FileLogOptions): Promise<FileLog> {
  const { dir, files = diskFiles, now, report = () => undefined } = options
  const folder = { dir, files }
  const complaints = new Complaints({ now, report })
  const parts = new Parts({ folder, now, complaints }, await prepareFolder(folder))
  const commits = new GroupCommit({ parts, now, complaints })
  await commits.tick()
  return {
    ...openFileLogReader(dir),
    append: (hit) => commits.append(hit),
    tick: () => commits.tick(),
    close: () => commits.close(),
  }
}

/** @returns names of the chunks that were left open */
async function prepareFolder({ dir, files }: LogFolder): Promise<readonly string[]> {
  try {
    await files.makeFolder(dir)
    await syncFolders({ dir, files })
    const chunks = (await files.list(dir)).map(parseChunkFile)
    return chunks.flatMap((chunk) => (chunk === null || chunk.closed ? [] : [chunk.name]))
  } catch (cause) {
    throw new AppError('FOLDER_UNUSABLE', `Cannot keep hits in "${dir}": ${errorReason(cause)}`, { cause })
  }
}

/**
 * A new folder is durable when the one above lists it, up to the one that the data folder lies in. What this
 * user may not even read, this user has not just made.
 */
async function syncFolders({ dir, files }: LogFolder): Promise<void> {
  for (const path of [dir, dirname(dir), dirname(dirname(dir))]) {
    await files.sync(path).catch((error: unknown) => {
      if (errorCode(error) !== 'EACCES' || path === dir) throw error
    })
  }
}

/** What a reader needs of the world. */
type Listing = Pick<FileSystem, 'list'>

/** Reads a folder of chunks beside whoever writes it. A folder that is not there holds none. */
export function openFileLogReader(dir: string, files: Listing = diskFiles): HotLogReader {
  const closedBytes = new Map<string, number>()
  return {
    chunks: async () => measureAll(dir, await listFiles(dir, files), closedBytes),
    read: (chunk, after = 0) => readNamed(dir, chunk, after),
  }
}

/**
 * The folder is read twice: a listing that is under way while a chunk is closed may show both of its
 * names or neither, but the next one shows the new name.
 */
async function listFiles(dir: string, { list }: Listing): Promise<ReadonlyMap<string, ChunkFile>> {
  const first = (await orGone(list(dir))) ?? []
  const second = (await orGone(list(dir))) ?? []
  const chunks = new Map<string, ChunkFile>()
  for (const file of [...first, ...second]) {
    const chunk = parseChunkFile(file)
    if (chunk !== null && chunks.get(chunk.name)?.closed !== true) chunks.set(chunk.name, chunk)
  }
  return chunks
}

/** @param closedBytes sizes seen before, so that not every question asks for all of them */
async function measureAll(
  dir: string,
  files: ReadonlyMap<string, ChunkFile>,
  closedBytes: Map<string, number>,
): Promise<readonly Chunk[]> {
  for (const name of closedBytes.keys()) if (!files.has(name)) closedBytes.delete(name)
  const chunks = await Promise.all(files.values().map((file) => measure(dir, file, closedBytes)))
  return chunks.filter((chunk) => chunk !== null).sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function measure(
  dir: string,
  file: ChunkFile,
  closedBytes: Map<string, number>,
): Promise<Chunk | null> {
  const seen = closedBytes.get(file.name)
  if (seen !== undefined) return { ...file, bytes: seen }
  const size = await sizeOf(dir, file)
  if (size === null) return file.closed ? null : measure(dir, { ...file, closed: true }, closedBytes)
  if (file.closed) closedBytes.set(file.name, size)
  return { ...file, bytes: size }
}

async function sizeOf(dir: string, { name, closed }: ChunkFile): Promise<number | null> {
  const stats = await orGone(stat(join(dir, name + (closed ? CLOSED_ENDING : OPEN_ENDING))))
  return stats === null ? null : stats.size
}

async function* readNamed(dir: string, chunk: string, after: Position): AsyncGenerator<Batch> {
  const file = await openChunk(dir, chunk)
  try {
    yield* readChunk({ chunk, file }, after)
  } finally {
    await file.close()
  }
}

/** A chunk may be closed, and so renamed, between two looks: the closed name is tried before and after. */
async function openChunk(dir: string, chunk: string): Promise<FileHandle> {
  for (const ending of [CLOSED_ENDING, OPEN_ENDING, CLOSED_ENDING]) {
    const file = await orGone(open(join(dir, chunk + ending), 'r'))
    if (file !== null) return file
  }
  throw new ChunkGone(`Cannot read chunk "${chunk}": it is no longer there`)
}
