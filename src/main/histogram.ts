import type { Sample } from './metrics.ts'

/** Durations by upper bounds, as Prometheus reads them: each bucket holds those of the buckets before it, too. */
export class Histogram {
  readonly #buckets: readonly { readonly upTo: number; count: number }[]
  #count = 0
  #sum = 0

  /** @param bounds in seconds, each included, rising */
  constructor(bounds: readonly number[]) {
    this.#buckets = bounds.map((upTo) => ({ upTo, count: 0 }))
  }

  observe(seconds: number): void {
    this.#count += 1
    this.#sum += seconds
    for (const bucket of this.#buckets) if (seconds <= bucket.upTo) bucket.count += 1
  }

  /** Samples of a family of the type `histogram`. */
  samples(): readonly Sample[] {
    return [
      ...this.#buckets.map(({ upTo, count }): Sample => [`_bucket{le="${upTo}"}`, count]),
      ['_bucket{le="+Inf"}', this.#count],
      ['_sum', this.#sum],
      ['_count', this.#count],
    ]
  }
}
