import { join } from 'node:path'
import { CHUNK_HEADER, CLOSED_ENDING, OPEN_ENDING } from './chunk.ts'
import { orGone } from './file-errors.ts'
import type { FileSystem, OutputFile } from './file-system.ts'

/** Where chunks are written. */
export interface LogFolder {
  readonly dir: string
  readonly files: FileSystem
}

const FIRST_LINE = Buffer.from(`${CHUNK_HEADER}\n`)

/** The open chunk of a writer. After a call that rejected only `close` may follow. */
export class Part {
  readonly name: string
  readonly #file: OutputFile
  #bytes = 0

  private constructor(name: string, file: OutputFile) {
    this.name = name
    this.#file = file
  }

  /**
   * Makes the chunk's file with its first line; resolves when both are durable. A file that was made in
   * vain is left to `sealChunk`.
   */
  static async begin(folder: LogFolder, name: string): Promise<Part> {
    const part = new Part(name, await folder.files.create(join(folder.dir, name + OPEN_ENDING)))
    try {
      await part.append(FIRST_LINE)
      await folder.files.sync(folder.dir)
      return part
    } catch (error) {
      await part.close()
      throw error
    }
  }

  /** Size so far. */
  get bytes(): number {
    return this.#bytes
  }

  /** Resolves when the bytes are durable. */
  async append(bytes: Uint8Array): Promise<void> {
    const written = await this.#file.write(bytes)
    if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes were written`)
    await this.#file.sync()
    this.#bytes += written
  }

  /** Gives the descriptor back. What was appended is durable already, so a failure to close loses nothing. */
  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined)
  }
}

/**
 * Closes a chunk that nobody writes any more: from here on it never changes, so what a writer left
 * behind without syncing is synced first. A chunk without hits is removed, and so is one that is there
 * closed already (a copy of a folder may hold both). The new name need not be durable: should the
 * old one come back, the next start closes the chunk again.
 */
export async function sealChunk({ dir, files }: LogFolder, name: string): Promise<void> {
  const open = join(dir, name + OPEN_ENDING)
  const closed = join(dir, name + CLOSED_ENDING)
  const bytes = await files.size(open)
  const closedBytes = (await orGone(files.size(closed))) ?? FIRST_LINE.length
  if (bytes <= closedBytes) return files.remove(open)
  await files.sync(open)
  await files.rename(open, closed)
}
