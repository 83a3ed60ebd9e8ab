import { AppError } from '../errors.ts'
import { encodeRawHit } from '../hit.ts'
import type { RawHit } from '../hit.ts'
import { LIMITS } from '../limits.ts'
import type { Complaints } from './complaints.ts'
import { errorReason } from './file-errors.ts'
import type { Parts } from './parts.ts'

export interface GroupCommitDeps {
  readonly parts: Parts
  /** Milliseconds since the Unix epoch. May jump. */
  now(): number
  readonly complaints: Complaints
}

/** A disk that takes longer than this for one batch is told of. */
const STALLED_MS = 10_000

/** Hits that become durable together. */
class Batch {
  lines = ''
  hits = 0
  readonly durable = Promise.withResolvers<void>()
}

/**
 * Makes hits durable in batches: while one is being written and synced, the next gathers. One thing at a
 * time is done to the disk; each takes its turn.
 */
export class GroupCommit {
  readonly #deps: GroupCommitDeps
  #gathering = new Batch()
  #lastTurn: Promise<void> = Promise.resolve()
  #busySinceMs: number | null = null
  #closed = false

  constructor(deps: GroupCommitDeps) {
    this.#deps = deps
  }

  /** See `HotLog.append`. A batch takes its turn with its first hit; who comes while it waits is in time for it. */
  append(hit: RawHit): Promise<void> {
    const batch = this.#gathering
    if (this.#closed) return Promise.reject(unwritable('the log is closed'))
    if (batch.hits >= LIMITS.queueHitsMax) return Promise.reject(this.#full())
    batch.lines += `${encodeRawHit(hit)}\n`
    batch.hits += 1
    if (batch.hits === 1) void this.#inTurn(() => this.#commit())
    return batch.durable.promise
  }

  /** Closes what is to be closed by now. Of a disk that hangs it only tells. */
  async tick(): Promise<void> {
    const busyMs = this.#busySinceMs === null ? 0 : this.#deps.now() - this.#busySinceMs
    if (busyMs <= STALLED_MS) return this.#inTurn(() => this.#deps.parts.closeEnded())
    this.#deps.complaints.failed(`the disk has not answered for ${Math.round(busyMs / 1000)} s`)
  }

  /** Finishes what waits and closes the open chunk. Later appends reject. */
  close(): Promise<void> {
    this.#closed = true
    return this.#inTurn(() => this.#deps.parts.end())
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    this.#lastTurn = this.#runAfter(this.#lastTurn, task)
    return this.#lastTurn
  }

  async #runAfter(before: Promise<void>, task: () => Promise<void>): Promise<void> {
    await before
    this.#busySinceMs = this.#deps.now()
    await task()
    this.#busySinceMs = null
  }

  async #commit(): Promise<void> {
    const { parts, complaints } = this.#deps
    const batch = this.#gathering
    this.#gathering = new Batch()
    try {
      await parts.append(Buffer.from(batch.lines))
      complaints.worked()
      // Who waited for the hit may ask `tick` at once.
      this.#busySinceMs = null
      batch.durable.resolve()
    } catch (cause) {
      complaints.failed(errorReason(cause), batch.hits)
      batch.durable.reject(unwritable(errorReason(cause), cause))
      await parts.end()
    }
  }

  #full(): AppError {
    const what = `${LIMITS.queueHitsMax} hits wait for the disk`
    this.#deps.complaints.failed(what, 1)
    return new AppError('LOG_FULL', `Cannot keep a hit: ${what}. Is the disk slow or hanging?`)
  }
}

function unwritable(reason: string, cause?: unknown): AppError {
  return new AppError('LOG_UNWRITABLE', `Cannot keep a hit: ${reason}. See docs/durability.md`, { cause })
}
