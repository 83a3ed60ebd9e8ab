import { setTimeout as sleep } from 'node:timers/promises'

/** Spends read units no faster than a table allows. */
export interface Pace {
  /** Resolves when it is time to read again. Rejects when `signal` aborts. */
  ready(signal?: AbortSignal): Promise<void>
  /** Notes what a read has cost, which nobody knows before. */
  spend(units: number): void
}

/** Units saved up while nothing is read, in seconds of pace: DynamoDB itself saves up five minutes. */
const SAVED_SECONDS = 30

/** @param nowMs a clock that never steps, in ms */
export function createPace(unitsPerSecond: number, nowMs: () => number = () => performance.now()): Pace {
  let freeFromMs = -Infinity
  return {
    async ready(signal) {
      const waitMs = freeFromMs - nowMs()
      if (waitMs > 0) await sleep(waitMs, undefined, { signal })
    },
    spend(units) {
      freeFromMs = Math.max(freeFromMs, nowMs() - SAVED_SECONDS * 1_000) + (units / unitsPerSecond) * 1_000
    },
  }
}
