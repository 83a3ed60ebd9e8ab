import { randomUUID } from 'node:crypto'
import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'

/** How the names of files for now end: whoever finds an old one may remove it. */
export const TEMPORARY = '.tmp'

/** The file system as segments need it; each call is one step that can fail alone. */
export interface SegmentFiles {
  /** Names in a folder; none where there is no such folder. */
  list(dir: string): Promise<readonly string[]>
  read(path: string): Promise<Uint8Array>
  /** The last bytes of a file, at most as many as asked for. */
  readEnd(path: string, bytesMax: number): Promise<Uint8Array>
  /** Size and time of change; `id` differs for every file that ever stood there. */
  stat(path: string): Promise<{ readonly bytes: number; readonly changedMs: number; readonly id: string }>
  /** Makes a file for now beside the place that it is for, its bytes durable; gives its path. */
  createFor(path: string, bytes: Uint8Array): Promise<string>
  /** Gives a file a second name; false where something has that name already. */
  link(path: string, name: string): Promise<boolean>
  /** Gives a file another name, in place of what had it. */
  rename(path: string, name: string): Promise<void>
  /** A file that is gone already is no fault. */
  remove(path: string): Promise<void>
  /** Makes the names in a folder durable. */
  syncFolder(dir: string): Promise<void>
}

/** The real one. */
export const nodeFiles: SegmentFiles = {
  list: (dir) =>
    readdir(dir).catch((error: unknown) => (isCode(error, 'ENOENT') ? [] : Promise.reject(error))),
  read: (path) => readFile(path),
  readEnd: (path, bytesMax) => withFile(path, 'r', (file) => readEnd(file, bytesMax)),
  stat: async (path) => {
    const { size, mtimeMs, ino } = await stat(path)
    return { bytes: size, changedMs: mtimeMs, id: `${ino}.${size}.${mtimeMs}` }
  },
  createFor: async (path, bytes) => {
    const temporary = `${path}.${randomUUID()}${TEMPORARY}`
    await withFile(temporary, 'wx', async (file) => {
      await file.writeFile(bytes)
      await file.sync()
    })
    return temporary
  },
  link: (path, name) =>
    link(path, name).then(
      () => true,
      (error: unknown) => (isCode(error, 'EEXIST') ? false : Promise.reject(error)),
    ),
  rename,
  remove: (path) => rm(path, { force: true }),
  syncFolder: (dir) => withFile(dir, 'r', (folder) => folder.sync()),
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** What a step gives; null where its file is not there. */
export async function orGone<T>(step: Promise<T>): Promise<T | null> {
  try {
    return await step
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

type File = Awaited<ReturnType<typeof open>>

async function withFile<T>(path: string, flags: string, use: (file: File) => Promise<T>): Promise<T> {
  const file = await open(path, flags, 0o600)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

async function readEnd(file: File, bytesMax: number): Promise<Uint8Array> {
  const { size } = await file.stat()
  const end = new Uint8Array(Math.min(size, bytesMax))
  await file.read(end, 0, end.length, size - end.length)
  return end
}
