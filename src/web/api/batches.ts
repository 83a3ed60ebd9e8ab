import { createHash } from 'node:crypto'
import { LIMITS } from '../../limits.ts'
import type { Fate, SentHit } from './sent-hits.ts'

/** Has hits counted; the fates stand in the order of the hits. Never rejects. */
export type Count = (hits: readonly SentHit[]) => Promise<readonly Fate[]>

interface Batch {
  readonly digest: string
  readonly beganMs: number
  fates: Promise<readonly Fate[]>
}

const KEPT_MS = LIMITS.sentHoursMax * 3_600_000

/**
 * Batches that were sent with an idempotency key, in memory: a restart forgets them. What was counted under a key
 * is not counted again under it; what failed is tried again.
 */
export class Batches {
  readonly #count: Count
  readonly #batches = new Map<string, Batch>()

  constructor(count: Count) {
    this.#count = count
  }

  /**
   * @param key idempotency key, with what else makes it one sender's
   * @returns null when other hits were sent under this key
   */
  settle(key: string, hits: readonly SentHit[], nowMs: number): Promise<readonly Fate[]> | null {
    const digest = createHash('sha256').update(JSON.stringify(hits)).digest('base64')
    this.#forget(nowMs - KEPT_MS)
    const known = this.#batches.get(key)
    if (known !== undefined && known.digest !== digest) return null
    const before = known?.fates ?? Promise.resolve(hits.map((): Fate => 'failed'))
    const fates = before.then((fates) => this.#retry(hits, fates))
    // A bug must not answer for this batch until its key is forgotten.
    fates.catch(() => this.#batches.delete(key))
    if (known === undefined) this.#remember(key, { digest, beganMs: nowMs, fates })
    else known.fates = fates
    return fates
  }

  async #retry(hits: readonly SentHit[], fates: readonly Fate[]): Promise<readonly Fate[]> {
    const failed = hits.filter((_, index) => fates[index] === 'failed')
    if (failed.length === 0) return fates
    const anew = (await this.#count(failed)).values()
    return fates.map((fate) => (fate === 'failed' ? (anew.next().value ?? fate) : fate))
  }

  #remember(key: string, batch: Batch): void {
    const [oldest] = this.#batches.keys()
    if (oldest !== undefined && this.#batches.size >= LIMITS.idempotencyKeysMax) this.#batches.delete(oldest)
    this.#batches.set(key, batch)
  }

  /** They stand in the order in which they came. */
  #forget(untilMs: number): void {
    for (const [key, { beganMs }] of this.#batches) {
      if (beganMs > untilMs) return
      this.#batches.delete(key)
    }
  }
}
