import { LIMITS } from '../limits.ts'

const SWEEP_MS = 50
/** Sweeps that end before `LIMITS.durableWithinMs` have passed since a hit came between two of them. */
const SWEEPS_MAX = LIMITS.durableWithinMs / SWEEP_MS - 1

/** Something that waits, in a chain from the oldest to the newest. */
export interface Wait {
  /** null: it waits no more. */
  late: (() => void) | null
  readonly sinceSweep: number
  older: Wait | null
  newer: Wait | null
}

/** What waits to become durable. */
export interface Waiting {
  /** `late` is called shortly before `LIMITS.durableWithinMs` have passed, unless the wait was ended. */
  begin(late: () => void): Wait
  end(wait: Wait): void
}

/**
 * One timer for all that wait: a timer for each hit would cost as much as the hit. It rests while nothing waits.
 *
 * The chain is our own: a `Set` keeps its old tables, and with them answers long sent, from the garbage collector,
 * which then costs a fifth of the server's time.
 */
export function createWaiting(): Waiting {
  let oldest: Wait | null = null
  let newest: Wait | null = null
  let sweeps = 0
  let timer: NodeJS.Timeout | null = null
  const end = (wait: Wait) => {
    if (wait.late === null) return
    wait.late = null
    if (wait.older === null) oldest = wait.newer
    else wait.older.newer = wait.newer
    if (wait.newer === null) newest = wait.older
    else wait.newer.older = wait.older
    wait.older = null
    wait.newer = null
  }
  const sweep = () => {
    sweeps += 1
    for (let wait = oldest; wait !== null && sweeps - wait.sinceSweep >= SWEEPS_MAX; wait = oldest) {
      const { late } = wait
      end(wait)
      late?.()
    }
    if (oldest !== null || timer === null) return
    clearInterval(timer)
    timer = null
  }
  return {
    begin: (late) => {
      timer ??= setInterval(sweep, SWEEP_MS)
      const wait: Wait = { late, sinceSweep: sweeps, older: newest, newer: null }
      if (newest === null) oldest = wait
      else newest.newer = wait
      newest = wait
      return wait
    },
    end,
  }
}
