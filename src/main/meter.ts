import type { Refusal } from '../collect/collect.ts'
import type { RawHit } from '../hit.ts'
import type { KeptVerdict, TalliedVerdict } from '../verdict.ts'

type DoorVerdict = TalliedVerdict | KeptVerdict | 'kept'

/** Counts what passes through the collector since the start, for /metrics and /healthz. */
export class Meter {
  readonly #append: (hit: RawHit) => Promise<void>
  readonly #hits = new Map<DoorVerdict, number>()
  #waiting = 0
  #appends = 0
  #failures = 0
  #seconds = 0
  #lastFailed = false

  constructor(append: (hit: RawHit) => Promise<void>) {
    this.#append = append
  }

  /** Appends a hit and takes the time until it is durable. */
  append(hit: RawHit): Promise<void> {
    const startMs = performance.now()
    this.#waiting += 1
    const durable = this.#append(hit)
    const settle = (failed: boolean) => {
      this.#waiting -= 1
      this.#appends += 1
      this.#seconds += (performance.now() - startMs) / 1_000
      this.#lastFailed = failed
      if (failed) this.#failures += 1
      else this.#count(hit.verdict ?? 'kept')
    }
    durable.then(
      () => settle(false),
      () => settle(true),
    )
    return durable
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
        'Hits received, by verdict at the door; "kept" ones are judged later',
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
        'headcount_append_seconds_sum',
        'counter',
        'Time until hits were durable, summed',
        [['', this.#seconds]],
      ],
      ['headcount_append_seconds_count', 'counter', 'Hits in that sum', [['', this.#appends]]],
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
