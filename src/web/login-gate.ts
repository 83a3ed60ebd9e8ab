import { LIMITS } from '../limits.ts'

/**
 * How often a password may be tried, all callers together: a bucket of tries that fills up again over a
 * minute. It is one for everybody, since behind a proxy nobody's address is known for sure: who floods the
 * form keeps others from logging in meanwhile, but sessions that are open stay open. Tries run one after
 * the other, so that they never take the memory of more than one.
 */
export class LoginGate {
  #tries: number = LIMITS.loginTriesPerMinute
  #filledMs = 0
  #last: Promise<unknown> = Promise.resolve()

  /** Takes one try; false where none is left. @param nowMs ms, never mind which clock */
  take(nowMs: number): boolean {
    const grown = (Math.max(0, nowMs - this.#filledMs) / 60_000) * LIMITS.loginTriesPerMinute
    this.#tries = Math.min(LIMITS.loginTriesPerMinute, this.#tries + grown)
    this.#filledMs = nowMs
    if (this.#tries < 1) return false
    this.#tries -= 1
    return true
  }

  /** Runs a check after those that came before. */
  run(check: () => Promise<boolean>): Promise<boolean> {
    const mine = this.#last.then(check)
    this.#last = mine.catch(() => undefined)
    return mine
  }
}
