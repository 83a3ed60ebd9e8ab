import type { Refusal } from '../collect/request.ts'
import type { RawHit } from '../hit.ts'
import type { KeptVerdict, TalliedVerdict } from '../verdict.ts'

type DoorVerdict = TalliedVerdict | KeptVerdict | 'kept'

/** Hits that become durable together. */
interface Batch {
  readonly durable: Promise<void>
  hits: number
}

/** Counts what passes through the collector since the start, for /metrics and /healthz. */
export class Meter {
  readonly #append: (hit: RawHit) => Promise<void>
  readonly #hits = new Map<DoorVerdict, number>()
  #newest: Batch | null = null
  #waiting = 0
  #batches = 0
  #failures = 0
  #seconds = 0
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
    this.#count(hit.verdict ?? 'kept')
    return durable
  }

  #watch(durable: Promise<void>): Batch {
    const batch = { durable, hits: 0 }
    const startMs = performance.now()
    const settle = (failed: boolean) => {
      this.#waiting -= batch.hits
      this.#batches += 1
      this.#seconds += (performance.now() - startMs) / 1_000
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

  /** Families for `renderMetrics`. */
  families(): readonly Family[] {
    const hits = [...this.#hits].map(([verdict, value]): Sample => [`{verdict="${verdict}"}`, value])
    return [
      [
        'headcount_hits_total',
        'counter',
        'Hits received, by verdict at the door; "kept" ones went to the log and are judged later',
        hits,
      ],
      ['headcount_append_waiting', 'gauge', 'Hits that wait to become durable', [['', this.#waiting]]],
      [
        'headcount_append_failures_total',
        'counter',
        'Hits that could not be made durable',
        [['', this.#failures]],
      ],
      [
        'headcount_batch_seconds_sum',
        'counter',
        'Time from the first hit of a batch until all of it was durable, summed',
        [['', this.#seconds]],
      ],
      ['headcount_batch_seconds_count', 'counter', 'Batches in that sum', [['', this.#batches]]],
    ]
  }

  #count(verdict: DoorVerdict): void {
    this.#hits.set(verdict, (this.#hits.get(verdict) ?? 0) + 1)
  }
}

type Sample = readonly [labels: string, value: number]

/** One metric: name, type, what it says, and its values. */
export type Family = readonly [
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
]

/** Metrics in Prometheus' text format. */
export function renderMetrics(families: readonly Family[]): string {
  return families
    .map(([name, type, help, samples]) => {
      const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`)
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
    })
    .join('')
}
