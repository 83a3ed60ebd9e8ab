import { AppError } from '../errors.ts'
import { encodeRawHit } from '../hit.ts'
import type { RawHit } from '../hit.ts'
import { LIMITS } from '../limits.ts'
import { chunkName, hourOf, nextPart, parseChunkFile } from './chunk.ts'
import { Complaints } from './complaints.ts'
import { errorCode } from './file-errors.ts'
import type { LogFolder } from './part.ts'
import { Part, sealChunk } from './part.ts'

/** What a writer needs of the world. */
export interface ChunkWriterDeps {
  readonly folder: LogFolder
  /** Milliseconds since the Unix epoch. May jump. */
  now(): number
  /** Tells a person, at most once a minute. */
  report(line: string): void
}

/** Until a second writer on the same folder exists, there is one. */
const WRITER = 'w01'

/** A disk that takes longer than this for one batch is told of. */
const STALLED_MS = 10_000

/** Hits that become durable together. */
class Batch {
  lines = ''
  hits = 0
  readonly durable = Promise.withResolvers<void>()
}

/**
 * Writes hits to chunks by group commit: while one batch is being written and synced, the next gathers.
 *
 * One thing is done to the disk at a time. After a failed write or sync nobody knows what the disk
 * holds, so that part is abandoned and the next batch begins a new one.
 */
export class ChunkWriter {
  readonly #deps: ChunkWriterDeps
  readonly #complaints: Complaints
  #gathering = new Batch()
  #part: Part | null = null
  #hour = ''
  #lastPart = 0
  /** Chunks that nobody writes any more and that are not closed yet. */
  readonly #unsealed: Set<string>
  #last: Promise<void> = Promise.resolve()
  #busySinceMs: number | null = null
  #closed = false

  /** @param stale open chunks of earlier runs; the first `tick` closes them */
  constructor(deps: ChunkWriterDeps, stale: readonly string[]) {
    this.#deps = deps
    this.#complaints = new Complaints(deps)
    this.#unsealed = new Set(stale)
  }

  /** See `HotLog.append`. */
  append(hit: RawHit): Promise<void> {
    const batch = this.#gathering
    if (this.#closed) return Promise.reject(unwritable('the log is closed'))
    if (batch.hits >= LIMITS.queueHitsMax) return Promise.reject(this.#full())
    batch.lines += `${encodeRawHit(hit)}\n`
    batch.hits += 1
    if (batch.hits === 1) void this.#inTurn(() => this.#commit())
    return batch.durable.promise
  }

  /** Closes what is to be closed: an open chunk whose hour has ended, and chunks that could not be closed before. */
  async tick(): Promise<void> {
    const busyMs = this.#busySinceMs === null ? 0 : this.#deps.now() - this.#busySinceMs
    if (busyMs > STALLED_MS)
      this.#complaints.failed(`the disk has not answered for ${Math.round(busyMs / 1000)} s`)
    else await this.#inTurn(() => this.#closeEnded())
  }

  /** Finishes what waits and closes the open chunk. Later appends reject. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#inTurn(() => this.#endPart())
  }

  /** Each batch takes its turn with its first hit; whoever comes while it waits is still in time for it. */
  #inTurn(task: () => Promise<void>): Promise<void> {
    this.#last = this.#runAfter(this.#last, task)
    return this.#last
  }

  async #runAfter(before: Promise<void>, task: () => Promise<void>): Promise<void> {
    await before
    this.#busySinceMs = this.#deps.now()
    await task()
    this.#busySinceMs = null
  }

  async #commit(): Promise<void> {
    const batch = this.#gathering
    this.#gathering = new Batch()
    const bytes = Buffer.from(batch.lines)
    try {
      const part = await this.#partFor(bytes.length)
      await part.append(bytes)
      this.#complaints.worked()
      this.#busySinceMs = null
      batch.durable.resolve()
    } catch (cause) {
      this.#complaints.failed(reasonOf(cause), batch.hits)
      batch.durable.reject(unwritable(reasonOf(cause), cause))
      await this.#endPart()
    }
  }

  async #partFor(bytes: number): Promise<Part> {
    const hour = hourOf(this.#deps.now())
    const fits = this.#part !== null && this.#part.bytes + bytes <= LIMITS.chunkBytesMax
    if (this.#part !== null && fits && this.#hour === hour) return this.#part
    await this.#endPart()
    this.#part = await this.#beginPart(hour)
    this.#hour = hour
    return this.#part
  }

  async #beginPart(hour: string): Promise<Part> {
    const { folder } = this.#deps
    const names = (await folder.files.list(folder.dir)).map((file) => parseChunkFile(file)?.name ?? '')
    const number = Math.max(nextPart(names, WRITER), this.#lastPart + 1)
    const name = chunkName(hour, WRITER, number)
    // Until it is begun it is to be cleaned away: it holds no hit, so that its name may come again.
    this.#unsealed.add(name)
    const part = await Part.begin(folder, name)
    this.#unsealed.delete(name)
    this.#lastPart = number
    return part
  }

  async #closeEnded(): Promise<void> {
    if (this.#part !== null && this.#hour !== hourOf(this.#deps.now())) await this.#endPart()
    else await this.#sealAll()
  }

  async #endPart(): Promise<void> {
    if (this.#part !== null) {
      this.#unsealed.add(this.#part.name)
      await this.#part.close()
      this.#part = null
    }
    await this.#sealAll()
  }

  /** A chunk that cannot be closed now is closed later: it is read all the same. */
  async #sealAll(): Promise<void> {
    for (const name of this.#unsealed) {
      try {
        await sealChunk(this.#deps.folder, name)
        this.#unsealed.delete(name)
      } catch (cause) {
        if (errorCode(cause) === 'ENOENT') this.#unsealed.delete(name)
        else this.#complaints.failed(reasonOf(cause))
      }
    }
  }

  #full(): AppError {
    const what = `${LIMITS.queueHitsMax} hits wait for the disk`
    this.#complaints.failed(what, 1)
    return new AppError('LOG_FULL', `Cannot keep a hit: ${what}. Is the disk slow or hanging?`)
  }
}

function unwritable(reason: string, cause?: unknown): AppError {
  return new AppError('LOG_UNWRITABLE', `Cannot keep a hit: ${reason}. See docs/durability.md`, { cause })
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
