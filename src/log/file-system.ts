import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises'

/** A file that is being written, front to back. */
export interface OutputFile {
  /** @returns how many bytes were written: perhaps fewer than given */
  write(bytes: Uint8Array): Promise<number>
  /** Resolves when all that was written, and the size, are on the disk (`fdatasync`). */
  sync(): Promise<void>
  close(): Promise<void>
}

/** What the file log needs of the world; tests pass one that fails, hangs or loses its power. */
export interface FileSystem {
  /** Makes the folder, and those above it, where they are missing. */
  makeFolder(path: string): Promise<void>
  /** Names of the files in a folder. */
  list(folder: string): Promise<readonly string[]>
  /** Size of a file in bytes. */
  size(path: string): Promise<number>
  /** Makes a file that must not be there yet. */
  create(path: string): Promise<OutputFile>
  /** Makes a file, or what a folder lists, durable (`fsync`). */
  sync(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
}

/** The machine's own file system. */
export const diskFiles: FileSystem = {
  makeFolder: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  list: (folder) => readdir(folder),
  size: async (path) => (await stat(path)).size,
  create: createFile,
  sync: syncPath,
  rename,
  remove: unlink,
}

async function createFile(path: string): Promise<OutputFile> {
  const file = await open(path, 'wx', 0o600)
  return {
    write: async (bytes) => (await file.write(bytes)).bytesWritten,
    sync: () => file.datasync(),
    close: () => file.close(),
  }
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
