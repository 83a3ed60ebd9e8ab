import { LIMITS } from '../limits.ts'

const WINDOW_MS = 60_000

/** What is left to a caller, in the words of the headers `RateLimit` and `RateLimit-Policy`. */
export interface Share {
  /** False: this request was one too many. */
  readonly granted: boolean
  readonly remaining: number
  /** Seconds until all requests are there again. */
  readonly resetSeconds: number
}

/**
 * Counts each caller's requests in windows of a minute. Callers are few: tokens, and one name each for sessions and
 * for strangers.
 */
export class Quota {
  readonly #windows = new Map<string, { beganMs: number; used: number }>()

  /** @param nowMs ms, never mind which clock */
  take(caller: string, nowMs: number): Share {
    const known = this.#windows.get(caller)
    const current = known !== undefined && nowMs >= known.beganMs && nowMs - known.beganMs < WINDOW_MS
    const window = current ? known : { beganMs: nowMs, used: 0 }
    const granted = window.used < LIMITS.apiRequestsPerMinute
    if (granted) window.used += 1
    this.#windows.set(caller, window)
    return {
      granted,
      remaining: LIMITS.apiRequestsPerMinute - window.used,
      resetSeconds: Math.ceil((window.beganMs + WINDOW_MS - nowMs) / 1_000),
    }
  }
}
