import { fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import type { Readable } from 'node:stream'
import { PassThrough } from 'node:stream'
import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import type { HitsQuestion } from '../report/hits.ts'
import type { ExportTask } from './export-worker.ts'
import type { Outcome, WorkerSetup } from './tasks.ts'
import { errorOf } from './worker-client.ts'

/**
 * Begins an export; rejects before its first bytes where it cannot be. Whoever takes the bytes slowly is waited for; who
 * destroys the stream ends the export. A stream that ends with an error is not whole.
 *
 * @throws {AppError} EXPORT_BUSY, QUESTION_INVALID, PERIOD_INVALID, WORKER_FAILED
 */
export type StartExport = (question: HitsQuestion) => Promise<Readable>

/** Exports beside everything else: each in a process of its own, which a slow reader holds up alone. */
export function createExporter(setup: WorkerSetup): StartExport {
  let running = 0
  return async (question) => {
    if (running >= LIMITS.exportsMax) throw busy()
    running += 1
    const { outcome: said, bytes, ended } = start({ setup, question })
    void ended.finally(() => (running -= 1))
    const outcome = await Promise.race([said, ended])
    if (outcome?.ok === true) return bytes
    await ended
    if (outcome === null) throw new AppError('WORKER_FAILED', 'Cannot export: the process that does it ended')
    throw errorOf(outcome)
  }
}

/** An export that has begun, and when its process has ended. */
interface Started {
  /** What the process says before the first bytes; null where it cannot be started. */
  readonly outcome: Promise<Outcome | null>
  readonly bytes: Readable
  readonly ended: Promise<null>
}

function start(task: ExportTask): Started {
  const child = fork(new URL(`export-worker${extname(import.meta.filename)}`, import.meta.url), {
    execArgv: [`--max-old-space-size=${LIMITS.workerHeapMiBMax}`],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const bytes = new PassThrough()
  bytes.on('close', () => child.kill('SIGKILL'))
  // Told to who reads it; by itself it must not end the server.
  bytes.on('error', () => undefined)
  child.stdout?.pipe(bytes, { end: false })
  const finish = (code: unknown): null => {
    if (code === 0) bytes.end()
    else bytes.destroy(new AppError('WORKER_FAILED', 'Cannot finish the export: its process ended'))
    return null
  }
  const ended = once(child, 'close').then(([code]) => finish(code), finish)
  const outcome = new Promise<Outcome | null>((resolve) => {
    child.once('message', (message: Outcome) => resolve(message))
    child.once('error', () => resolve(null))
  })
  child.send(task, () => undefined)
  return { outcome, bytes, ended }
}

function busy(): AppError {
  const what = `${LIMITS.exportsMax} others are under way; ask again when one of them has ended`
  return new AppError('EXPORT_BUSY', `Cannot export: ${what}`)
}
