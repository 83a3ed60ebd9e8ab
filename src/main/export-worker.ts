import os from 'node:os'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../errors.ts'
import type { HitsQuestion } from '../report/hits.ts'
import { exportHits } from '../report/hits.ts'
import { describeFailure } from './failure.ts'
import { openLibrary } from './library.ts'
import type { Outcome, WorkerSetup } from './tasks.ts'

/** The one message to this process. */
export interface ExportTask {
  readonly setup: WorkerSetup
  readonly question: HitsQuestion
}

/** As the worker's: collecting and reports come first. */
const NICENESS = 10

/** Writes one export to stdout and ends. Says beforehand whether it can be done: then the first bytes are made. */
async function run({ setup, question }: ExportTask): Promise<void> {
  const hits = exportHits(openLibrary(setup), question)
  try {
    const first = await hits.next()
    tell({ id: 0, ok: true, output: null })
    if (first.done !== true) process.stdout.write(first.value)
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    tell({ id: 0, ok: false, code, message: describeFailure(error) })
    return
  }
  await pipeline(Readable.from(hits), process.stdout)
}

function tell(outcome: Outcome): void {
  process.send?.(outcome)
}

os.setPriority(Math.max(os.getPriority(), NICENESS))
process.once('disconnect', () => process.exit(1))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
process.once('message', (task: ExportTask) => {
  void run(task).finally(() => {
    process.removeAllListeners('disconnect')
    process.disconnect()
  })
})
