import os from 'node:os'
import { AppError } from '../errors.ts'
import { openReporter } from '../report/reporter.ts'
import { compact } from '../segment/compaction.ts'
import { retain } from '../segment/retention.ts'
import { describeFailure } from './failure.ts'
import { openLibrary } from './library.ts'
import type { Outcome, TaskMessage, TaskName, Tasks, WorkerSetup } from './tasks.ts'

type Handlers = {
  readonly [Name in TaskName]: (input: Tasks[Name]['input']) => Promise<Tasks[Name]['output']>
}

/** Below the collector: what waits for a report can wait a little longer. */
const NICENESS = 10

/** Answers tasks until the channel to the server closes, in whatever way the server ended. */
function main(): void {
  os.setPriority(Math.max(os.getPriority(), NICENESS))
  process.on('disconnect', () => process.exit(0))
  // Terminals and service managers signal every process of the group; it is the server that decides.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
  process.once('message', (setup: WorkerSetup) => {
    const handlers = openHandlers(setup)
    process.on('message', (task: TaskMessage) => void answer(task, handlers))
  })
}

async function openHandlers(setup: WorkerSetup): Promise<Handlers> {
  const library = openLibrary(setup)
  const reporter = await openReporter(library)
  return {
    report: (question) => reporter.ask(question),
    ledger: ({ site, period }) => reporter.ledger(site, period),
    now: (site) => reporter.now(site),
    sites: () => reporter.sites(),
    compact: async () => {
      await compact(library)
      return null
    },
    retain: async () => {
      await retain(library)
      return null
    },
    fillDemo: async () => {
      const { fillDemo } = await import('./demo/fill.ts')
      await fillDemo(setup.folder.dir, library.now())
      return null
    },
  }
}

async function answer<Name extends TaskName>(
  task: TaskMessage<Name>,
  handlers: Promise<Handlers>,
): Promise<void> {
  const { id } = task
  let outcome: Outcome
  try {
    const run = (await handlers)[task.name]
    outcome = { id, ok: true, output: await run(task.input) }
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    outcome = { id, ok: false, code, message: describeFailure(error) }
  }
  process.send?.(outcome)
}

main()
