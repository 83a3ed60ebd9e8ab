import { LIMITS } from '../../limits.ts'
import { chunkName, nextPart, parseChunkFile } from '../../log/chunk.ts'
import type { LogFolder } from '../../log/part.ts'
import { Part, sealChunk } from '../../log/part.ts'
import type { Mark } from './progress.ts'

/** Where one table's hits go. */
export interface ChunkPlace {
  readonly folder: LogFolder
  /** The table's name in the names of chunks. */
  readonly writer: string
}

/** The chunks that one table's hits are written to, at most one of them open. No two calls may overlap. */
export class PullChunks {
  readonly #place: ChunkPlace
  #open: Part | null = null
  /** Of the last chunk of this writer; parts only rise, so that no name comes twice. */
  #part: number

  /** @param mark end of what this writer has written so far */
  constructor(place: ChunkPlace, mark: Mark | null) {
    this.#place = place
    this.#part = mark === null ? 0 : partOf(mark.chunk)
  }

  /**
   * Resolves when the lines are durable. They go to the open chunk, to a new one where `hour` is later than that
   * one's or it is full. After a call that rejected only `close` may follow.
   *
   * @param hour UTC hour of the first of them: `2026-11-23T06`
   */
  async append(hour: string, lines: readonly string[]): Promise<Mark> {
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    await this.closeBefore(hour)
    if (this.#open !== null && this.#open.bytes + bytes.length > LIMITS.chunkBytesMax) await this.close()
    const part = this.#open ?? (await this.#begin(hour))
    // Should this fail, nobody knows what the disk holds: the next run closes a copy of what can be read.
    this.#open = null
    try {
      await part.append(bytes)
    } catch (error) {
      await part.close()
      throw error
    }
    this.#open = part
    return { chunk: part.name, bytes: part.bytes }
  }

  /** Closes the open chunk where it is of an hour before this one. */
  async closeBefore(hour: string): Promise<void> {
    if (this.#open !== null && this.#open.name.slice(0, hour.length) < hour) await this.close()
  }

  /** Closes the open chunk. */
  async close(): Promise<void> {
    if (this.#open === null) return
    const { name } = this.#open
    await this.#open.close()
    this.#open = null
    await sealChunk(this.#place.folder, name)
  }

  async #begin(hour: string): Promise<Part> {
    const { folder, writer } = this.#place
    const names = (await folder.files.list(folder.dir)).map((file) => parseChunkFile(file)?.name ?? '')
    this.#part = Math.max(nextPart(names, writer), this.#part + 1)
    return await Part.begin(folder, chunkName(hour, writer, this.#part))
  }
}

/** The writer in a chunk's name. */
export function writerOf(chunk: string): string {
  return chunk.split('.')[1] ?? ''
}

/** The part number in a chunk's name. */
export function partOf(chunk: string): number {
  return Number(chunk.split('.')[2])
}
