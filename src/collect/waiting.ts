import { LIMITS } from '../limits.ts'

const SWEEP_MS = 50
/** Sweeps that end before `LIMITS.durableWithinMs` have passed since a hit came between two of them. */
const SWEEPS_MAX = LIMITS.durableWithinMs / SWEEP_MS - 1

/** Something that waits, and since which sweep. */
export interface Wait {
  readonly late: () => void
  readonly sinceSweep: number
}

/** What waits to become durable, oldest first. */
export interface Waiting {
  /** `late` is called shortly before `LIMITS.durableWithinMs` have passed, unless the wait was ended. */
  begin(late: () => void): Wait
  end(wait: Wait): void
}

/** One timer for all that wait: a timer for each hit would cost as much as the hit. It rests while nothing waits. */
export function createWaiting(): Waiting {
  const waits = new Set<Wait>()
  let sweeps = 0
  let timer: NodeJS.Timeout | null = null
  const sweep = () => {
    sweeps += 1
    for (const wait of waits) {
      if (sweeps - wait.sinceSweep < SWEEPS_MAX) break
      waits.delete(wait)
      wait.late()
    }
    if (waits.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
  return {
    begin: (late) => {
      timer ??= setInterval(sweep, SWEEP_MS)
      const wait = { late, sinceSweep: sweeps }
      waits.add(wait)
      return wait
    },
    end: (wait) => {
      waits.delete(wait)
    },
  }
}
