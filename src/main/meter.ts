import type { Refusal } from '../collect/request.ts'
import type { RawHit } from '../hit.ts'
import { VERDICTS } from '../verdict.ts'
import { Histogram } from './histogram.ts'
import type { Family, Sample } from './metrics.ts'

/** Hits that become durable together. */
interface Batch {
  readonly durable: Promise<void>
  hits: number
}

/** Verdicts at the door; what has none there is kept. */
const AT_THE_DOOR = VERDICTS.map((verdict) => (verdict === 'counted' ? 'kept' : verdict))

/** In seconds; at the last one a hit is answered 503. */
const BATCH_BOUNDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]

/** Counts what passes through the collector since the start, for /metrics and /healthz. */
export class Meter {
  readonly #append: (hit: RawHit) => Promise<void>
  readonly #hits = new Map(AT_THE_DOOR.map((verdict) => [verdict, 0]))
  readonly #batches = new Histogram(BATCH_BOUNDS)
  #newest: Batch | null = null
  #waiting = 0
  #failures = 0
  #lastFailed = false

  constructor(append: (hit: RawHit) => Promise<void>) {
    this.#append = append
  }

  /** Appends a hit. Hits of one batch share their promise, so that each batch is watched, not each hit. */
  append(hit: RawHit): Promise<void> {
    const durable = this.#append(hit)
    const batch = this.#newest?.durable === durable ? this.#newest : this.#watch(durable)
    batch.hits += 1
    this.#waiting += 1
    // What a tally stands for was counted one by one.
    if (hit.kind !== 'tally') this.#count(hit.verdict ?? 'kept')
    return durable
  }

  #watch(durable: Promise<void>): Batch {
    const batch = { durable, hits: 0 }
    const startMs = performance.now()
    const settle = (failed: boolean) => {
      this.#waiting -= batch.hits
      this.#batches.observe((performance.now() - startMs) / 1_000)
      this.#lastFailed = failed
      if (failed) this.#failures += batch.hits
    }
    durable.then(
      () => settle(false),
      () => settle(true),
    )
    this.#newest = batch
    return batch
  }

  /** Counts a hit that was refused at the door. */
  refuse({ verdict }: Refusal): void {
    this.#count(verdict)
  }

  /** Whether the last hit became durable; true before the first. */
  healthy(): boolean {
    return !this.#lastFailed
  }

  families(): readonly Family[] {
    return [
      {
        name: 'headcount_hits_total',
        type: 'counter',
        help: 'Hits received, by verdict at the door; "kept" ones are judged later',
        samples: [...this.#hits].map(([verdict, count]): Sample => [`{verdict="${verdict}"}`, count]),
      },
      {
        name: 'headcount_hits_waiting',
        type: 'gauge',
        help: 'Hits that wait to become durable',
        samples: [['', this.#waiting]],
      },
      {
        name: 'headcount_hits_failed_total',
        type: 'counter',
        help: 'Hits that could not be made durable',
        samples: [['', this.#failures]],
      },
      {
        name: 'headcount_batch_seconds',
        type: 'histogram',
        help: 'Time from the first hit of a batch until all of it was durable, or had failed',
        samples: this.#batches.samples(),
      },
    ]
  }

  #count(verdict: (typeof AT_THE_DOOR)[number]): void {
    this.#hits.set(verdict, (this.#hits.get(verdict) ?? 0) + 1)
  }
}
