import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Answered } from './page-hit.ts'
import { isPage, pageHit } from './page-hit.ts'
import type { Destination } from './send.ts'
import { sendHits } from './send.ts'

/** Whom to tell of pages, and as whose. */
export interface CounterOptions extends Destination {
  /** Host name of the site, as Headcount knows it. */
  readonly site: string
  /** Told of hits that were not counted, so that it can be logged. */
  readonly onLost?: (hits: number, why: string) => void
}

/** Counts pages that a server has answered. */
export interface Counter {
  /** Notes what was answered, if it is a page. Takes microseconds, waits for nothing and never throws, even if `read` does. */
  count(read: () => Answered): void
  /** Hits that were not counted: Headcount was away for too long, or refused them. */
  readonly lost: number
  /** Sends what waits, with one try. */
  close(): Promise<void>
}

/** Hits that wait to be sent, some ten thousand of usual size; further ones are lost. */
const WAITING_BYTES_MAX = 4_194_304
/** Of one batch: below what Headcount takes. */
const BATCH_BYTES_MAX = 1_000_000
const BATCH_HITS_MAX = 500
/** A batch goes when its first hit has waited so long. */
const GATHER_MS = 1_000
/** A batch is tried again after each of these, then lost. */
const RETRIES_MS = [1_000, 5_000, 30_000, 120_000]

/** Makes a counter. Hits wait in memory and go in batches; each is counted once, however often its batch is sent. */
export function createCounter(options: CounterOptions): Counter {
  return new BatchingCounter(options)
}

interface Waiting {
  readonly hit: string
  readonly bytes: number
}

class BatchingCounter implements Counter {
  readonly #options: CounterOptions
  readonly #waiting: Waiting[] = []
  readonly #closing = new AbortController()
  #waitingBytes = 0
  #sending: Promise<void> | null = null
  #lost = 0

  constructor(options: CounterOptions) {
    this.#options = options
  }

  get lost(): number {
    return this.#lost
  }

  count(read: () => Answered): void {
    try {
      const answered = read()
      if (isPage(answered)) this.#note(pageHit(this.#options.site, answered, Date.now()))
    } catch (error) {
      // The page was answered; it must not fail for having been counted.
      this.#lose(1, String(error))
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#sending
  }

  #note(hit: string): void {
    const bytes = Buffer.byteLength(hit)
    if (this.#waitingBytes + bytes > WAITING_BYTES_MAX) return this.#lose(1, 'too many hits wait to be sent')
    this.#waiting.push({ hit, bytes })
    this.#waitingBytes += bytes
    this.#sending ??= this.#sendAll()
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < BATCH_HITS_MAX) await this.#pause(GATHER_MS)
      await this.#send(this.#nextBatch())
    }
    this.#sending = null
  }

  #nextBatch(): readonly string[] {
    let bytes = 0
    const end = this.#waiting.findIndex((one) => (bytes += one.bytes + 1) > BATCH_BYTES_MAX)
    const batch = this.#waiting.splice(0, Math.min(end < 0 ? Infinity : end, BATCH_HITS_MAX))
    for (const one of batch) this.#waitingBytes -= one.bytes
    return batch.map(({ hit }) => hit)
  }

  /** Sends a batch until it is taken, refused for good, or too old. */
  async #send(hits: readonly string[]): Promise<void> {
    const key = randomUUID()
    let outcome = await sendHits(this.#options, key, hits)
    for (const waitMs of RETRIES_MS) {
      if (!outcome.again || this.#closing.signal.aborted) break
      await this.#pause(waitMs)
      outcome = await sendHits(this.#options, key, hits)
    }
    if (outcome.lost > 0) this.#lose(outcome.lost, outcome.why)
  }

  /** Waits, unless the counter is being closed; does not keep the process alive. */
  #pause(ms: number): Promise<void> {
    return setTimeout(ms, undefined, { ref: false, signal: this.#closing.signal }).catch(() => undefined)
  }

  #lose(hits: number, why: string): void {
    this.#lost += hits
    try {
      this.#options.onLost?.(hits, why)
    } catch {
      // Whoever listens fails alone: neither page nor counting depends on it.
    }
  }
}
