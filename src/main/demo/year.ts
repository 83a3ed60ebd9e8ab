import type { RawHit } from '../../hit.ts'
import { DAY, dayHits } from './day.ts'

export interface DemoYear {
  readonly seed: number
  /** The last day is that of `endMs`, up to it, exclusive. UTC. */
  readonly endMs: number
  /** UTC days, the last one included. */
  readonly days: number
}

/**
 * The hits of a believable year of a small site: readers of many countries and browsers by weekday
 * and hour, growth, a long tail of pages, newsletters, one day on a news site, robots, refusals.
 * In time order, and the same every time from the seed.
 */
export function* demoHits(options: DemoYear): Iterable<RawHit> {
  const today = Math.floor(options.endMs / DAY)
  for (let number = 0; number < options.days; number += 1) {
    const startMs = (today - options.days + 1 + number) * DAY
    for (const hit of dayHits({ seed: options.seed, startMs, number })) {
      if (hit.timeMs < options.endMs) yield hit
    }
  }
}
