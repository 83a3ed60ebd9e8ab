import type { Tallies } from '../collect/tally.ts'
import type { RawHit } from '../hit.ts'
import type { FileLog } from '../log/file-log.ts'
import { describeFailure } from './failure.ts'
import type { Worker } from './worker-client.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const TALLIES_LEFT_MAX = 1_000

/** What the server does by itself. */
export interface BackgroundDeps {
  readonly log: FileLog
  readonly tallies: Tallies
  readonly worker: Worker
  readonly append: (hit: RawHit) => Promise<void>
  readonly now: () => number
  /** Tells a failure that somebody may have to act on. */
  readonly report: (line: string) => void
}

/**
 * Begins the server's own rounds, one a minute: the tallies go to the log, whose open chunk closes when its hour
 * is over; when a chunk has closed or an hour has ended, chunks are compacted; once a day what is past its
 * days is removed.
 *
 * @returns ends the rounds and writes the tallies that stand
 */
export function startBackground(deps: BackgroundDeps): () => Promise<void> {
  const flush = createFlush(deps)
  const upkeep = createUpkeep(deps)
  const round = async () => {
    await flush()
    await deps.log.tick()
    await upkeep()
  }
  let stopped = false
  const begin = () => {
    round().catch((error: unknown) => stopped || deps.report(describeFailure(error)))
  }
  const timer = setInterval(begin, MINUTE_MS)
  begin()
  return async () => {
    stopped = true
    clearInterval(timer)
    await flush()
  }
}

/** Writes the tallies; those that could not be written go with the next ones. The log tells why. */
function createFlush({ tallies, append, now }: BackgroundDeps): () => Promise<void> {
  let left: readonly RawHit[] = []
  let last = Promise.resolve()
  const flush = async () => {
    const hits = [...left, ...tallies.drain(now())]
    const results = await Promise.allSettled(hits.map(append))
    left = hits.filter((_, index) => results[index]?.status === 'rejected').slice(-TALLIES_LEFT_MAX)
  }
  return () => (last = last.then(flush))
}

/** One round of upkeep; a task that failed is due again in the next. The first round does all: who knows what was left. */
function createUpkeep(deps: BackgroundDeps): () => Promise<void> {
  const done = { compact: '', retain: '' }
  let busy = false
  return async () => {
    if (busy) return
    busy = true
    try {
      const due = await marks(deps)
      for (const task of ['compact', 'retain'] as const) {
        if (done[task] === due[task]) continue
        await deps.worker.run(task, null)
        done[task] = due[task]
      }
    } finally {
      busy = false
    }
  }
}

/** For each task a word that changes when it is due. */
async function marks({ log, now }: BackgroundDeps) {
  const closed = (await log.chunks()).filter((chunk) => chunk.closed)
  const timeMs = now()
  return {
    compact: `${Math.floor(timeMs / HOUR_MS)} ${closed.length} ${closed.at(-1)?.name}`,
    retain: `${Math.floor(timeMs / DAY_MS)}`,
  }
}
