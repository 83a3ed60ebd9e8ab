import type { Family, Sample } from './metrics.ts'
import type { TaskName } from './tasks.ts'

interface Tally {
  seconds: number
  done: number
  failed: number
  /** In seconds since 1970; null before the first success. */
  lastDone: number | null
}

/** Counts what the worker did, by task, for /metrics. */
export class TaskMeter {
  readonly #tallies = new Map<TaskName, Tally>()

  /** Passes a task on, and notes what becomes of it. */
  async watch<Output>(name: TaskName, work: Promise<Output>): Promise<Output> {
    const tally = this.#tallyOf(name)
    const startMs = performance.now()
    try {
      const output = await work
      tally.done += 1
      tally.lastDone = Date.now() / 1_000
      return output
    } catch (error) {
      tally.failed += 1
      throw error
    } finally {
      tally.seconds += (performance.now() - startMs) / 1_000
    }
  }

  families(): readonly Family[] {
    const tallies = [...this.#tallies]
    return [
      {
        name: 'headcount_tasks_total',
        type: 'counter',
        help: 'Tasks of the worker that ended, by task and outcome',
        samples: tallies.flatMap(([task, { done, failed }]): Sample[] => [
          [`{task="${task}",outcome="done"}`, done],
          [`{task="${task}",outcome="failed"}`, failed],
        ]),
      },
      {
        name: 'headcount_task_seconds_total',
        type: 'counter',
        help: 'Time that tasks took, their waiting for others included',
        samples: tallies.map(([task, { seconds }]): Sample => [`{task="${task}"}`, seconds]),
      },
      {
        name: 'headcount_task_last_done_timestamp_seconds',
        type: 'gauge',
        help: 'When a task was last done, in seconds since 1970; not there before',
        samples: tallies.flatMap(([task, { lastDone }]): Sample[] =>
          lastDone === null ? [] : [[`{task="${task}"}`, lastDone]],
        ),
      },
    ]
  }

  #tallyOf(name: TaskName): Tally {
    const known = this.#tallies.get(name)
    if (known !== undefined) return known
    const tally: Tally = { seconds: 0, done: 0, failed: 0, lastDone: null }
    this.#tallies.set(name, tally)
    return tally
  }
}
