import { LIMITS } from '../limits.ts'
import { chunkName, hourOf, nextPart, parseChunkFile } from './chunk.ts'
import type { Complaints } from './complaints.ts'
import { errorCode, errorReason } from './file-errors.ts'
import type { LogFolder } from './part.ts'
import { Part, sealChunk } from './part.ts'

/** What the parts of a log need of the world. */
export interface PartsDeps {
  readonly folder: LogFolder
  /** Milliseconds since the Unix epoch. May jump. */
  now(): number
  readonly complaints: Complaints
}

/** The one writer of a folder, in the names of its chunks. */
const WRITER = 'w01'

/** The chunks of one writer, of which it writes at most one at a time. No two calls may overlap. */
export class Parts {
  readonly #deps: PartsDeps
  #open: Part | null = null
  #lastNumber = 0
  /** Chunks that nobody writes any more and that are not closed yet. */
  readonly #unsealed: Set<string>

  /** @param stale open chunks that earlier runs left behind, for `closeEnded` */
  constructor(deps: PartsDeps, stale: readonly string[]) {
    this.#deps = deps
    this.#unsealed = new Set(stale)
  }

  /**
   * Appends to the open chunk, or to a new one where that has ended. Resolves when the bytes are durable;
   * who sees it reject calls `end`, because nobody knows what the disk holds then.
   */
  async append(bytes: Uint8Array): Promise<void> {
    const hour = hourOf(this.#deps.now())
    if (this.#open !== null && !hasRoom(this.#open, hour, bytes.length)) await this.end()
    this.#open ??= await this.#begin(hour)
    await this.#open.append(bytes)
  }

  /** Closes an open chunk whose hour has ended, and chunks that could not be closed before. */
  async closeEnded(): Promise<void> {
    if (this.#open?.name.startsWith(hourOf(this.#deps.now())) === true) await this.#sealAll()
    else await this.end()
  }

  /** Closes the open chunk: the next bytes begin a new one. Never rejects. */
  async end(): Promise<void> {
    if (this.#open !== null) {
      this.#unsealed.add(this.#open.name)
      await this.#open.close()
      this.#open = null
    }
    await this.#sealAll()
  }

  async #begin(hour: string): Promise<Part> {
    const { folder } = this.#deps
    const names = (await folder.files.list(folder.dir)).map((file) => parseChunkFile(file)?.name ?? '')
    const number = Math.max(nextPart(names, WRITER), this.#lastNumber + 1)
    const name = chunkName(hour, WRITER, number)
    // Until it is begun it holds no hit: `end` removes what there is of it, and its name may come again.
    this.#unsealed.add(name)
    const part = await Part.begin(folder, name)
    this.#unsealed.delete(name)
    this.#lastNumber = number
    return part
  }

  /** A chunk that cannot be closed now is closed later; it is read all the same. */
  async #sealAll(): Promise<void> {
    for (const name of this.#unsealed) {
      try {
        await sealChunk(this.#deps.folder, name)
        this.#unsealed.delete(name)
      } catch (cause) {
        if (errorCode(cause) === 'ENOENT') this.#unsealed.delete(name)
        else this.#deps.complaints.failed(errorReason(cause))
      }
    }
  }
}

function hasRoom(part: Part, hour: string, bytes: number): boolean {
  return part.name.startsWith(hour) && part.bytes + bytes <= LIMITS.chunkBytesMax
}
