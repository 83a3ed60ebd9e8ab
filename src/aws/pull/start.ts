import { dirname, join } from 'node:path'
import { AppError } from '../../errors.ts'
import { parseChunkFile } from '../../log/chunk.ts'
import type { FileSystem } from '../../log/file-system.ts'
import { partOf, writerOf } from './chunks.ts'
import { replaceFile } from './file.ts'
import type { Progress } from './progress.ts'
import { encodeProgress, readProgress } from './progress.ts'

/** Where pulled hits go, in a data folder. Only who holds its `LOCK` may pull. */
export interface PullFolder {
  /** The folder of chunks: `…/log`. */
  readonly log: string
  /** Where the progress of this table is kept: `…/aws/REGION.TABLE.json`. */
  readonly progress: string
  readonly files: FileSystem
}

const DAY_MS = 86_400_000

/** A table's oldest hits may be this old: a year, and some days that DynamoDB is late to delete them. */
const FIRST_DAYS = 375

/** How the writers of pulled chunks are called; the hot log's own is `w01`. */
const PULL_WRITER = /^a\d\d+$/

/**
 * How far the table was pulled; of one that never was, its start, which is saved at once, so that no chunk of an
 * unknown progress ever stands in the log.
 *
 * @throws {AppError} PULL_PROGRESS_LOST
 */
export async function startProgress(folder: PullFolder, dateMs: number): Promise<Progress> {
  const { files, log, progress: file } = folder
  const dir = dirname(file)
  for (const path of [dir, log]) await files.makeFolder(path)
  for (const path of [dir, log, dirname(dir)]) await files.sync(path)
  const saved = await readProgress(file)
  if (saved !== null) return saved
  const progress: Progress = {
    writer: await newWriter(folder),
    wholeUntilMs: (Math.floor(dateMs / DAY_MS) - FIRST_DAYS) * DAY_MS,
    cursors: new Map(),
    keys: new Set(),
    mark: null,
    unclaimed: [],
  }
  await replaceFile(files, file, encodeProgress(progress))
  return progress
}

/** The first that no other table has. */
async function newWriter({ files, log, progress: file }: PullFolder): Promise<string> {
  const dir = dirname(file)
  const others = (await files.list(dir)).filter((name) => name.endsWith('.json'))
  const taken = await Promise.all(others.map(async (name) => (await readProgress(join(dir, name)))?.writer))
  const chunks = (await files.list(log)).flatMap((name) => parseChunkFile(name)?.name ?? [])
  const orphan = chunks.find(
    (name) => PULL_WRITER.test(writerOf(name)) && partOf(name) > 0 && !taken.includes(writerOf(name)),
  )
  if (orphan !== undefined) throw progressLost(file, orphan)
  const number = 1 + Math.max(0, ...taken.map((writer) => Number(writer?.slice(1) ?? 0)))
  return `a${String(number).padStart(2, '0')}`
}

function progressLost(file: string, chunk: string): AppError {
  const what = `chunk "${chunk}" was pulled before, and the file that says how far is gone`
  const remedy = 'Bring it back from a backup, or pull into a new folder with --data'
  return new AppError('PULL_PROGRESS_LOST', `Cannot begin "${file}": ${what}. ${remedy}`)
}
