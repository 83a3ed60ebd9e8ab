import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { extname } from 'node:path'
import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import type { Family } from './metrics.ts'
import { TaskMeter } from './task-meter.ts'
import type { Outcome, TaskMessage, TaskName, Tasks, WorkerSetup } from './tasks.ts'
import { QUESTIONS } from './tasks.ts'

/** A worker that says nothing so long after a question's time was up is ended. */
const GRACE_MS = 10_000

/** The one child process for reports and compaction, seen from the server. */
export interface Worker {
  /**
   * Has a task done; starts the process when there is none.
   *
   * @throws {AppError} WORKER_FAILED when the process died or took too long; what the task itself throws
   */
  run<Name extends TaskName>(name: Name, input: Tasks[Name]['input']): Promise<Tasks[Name]['output']>
  /** How often the process was started, how often it died with work in hand, and what it did. */
  families(): readonly Family[]
  /** Ends the process, whatever it does: all of its work may be cut off at any instant. */
  stop(): void
}

interface Pending {
  readonly name: TaskName
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout | null
}

/** Makes a worker, which costs nothing until its first task. */
export function createWorker(setup: WorkerSetup): Worker {
  return new WorkerProcess(setup)
}

class WorkerProcess implements Worker {
  readonly #setup: WorkerSetup
  readonly #pending = new Map<number, Pending>()
  readonly #meter = new TaskMeter()
  #process: ChildProcess | null = null
  #idle: NodeJS.Timeout | null = null
  #stopped = false
  #lastId = 0
  #starts = 0
  #failures = 0

  constructor(setup: WorkerSetup) {
    this.#setup = setup
  }

  run<Name extends TaskName>(name: Name, input: Tasks[Name]['input']): Promise<Tasks[Name]['output']> {
    return this.#meter.watch(name, this.#ask(name, input))
  }

  async #ask<Name extends TaskName>(name: Name, input: Tasks[Name]['input']): Promise<Tasks[Name]['output']> {
    if (this.#stopped) throw failure(name, 'the server is stopping')
    this.#process ??= this.#start()
    const child = this.#process
    const id = ++this.#lastId
    const message: TaskMessage<Name> = { id, name, input }
    const output = await new Promise((resolve, reject) => {
      const timer = QUESTIONS.has(name)
        ? setTimeout(() => child.kill('SIGKILL'), LIMITS.questionSeconds * 1_000 + GRACE_MS)
        : null
      this.#pending.set(id, { name, resolve, reject, timer })
      child.send(message)
    })
    // The worker answers a task with that task's output, which a pipe between processes cannot say.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return output as Tasks[Name]['output']
  }

  families(): readonly Family[] {
    return [
      {
        name: 'headcount_worker_starts_total',
        type: 'counter',
        help: 'Starts of the worker',
        samples: [['', this.#starts]],
      },
      {
        name: 'headcount_worker_failures_total',
        type: 'counter',
        help: 'Workers that died with work in hand',
        samples: [['', this.#failures]],
      },
      ...this.#meter.families(),
    ]
  }

  stop(): void {
    this.#stopped = true
    this.#process?.kill('SIGKILL')
  }

  #start(): ChildProcess {
    this.#starts += 1
    const child = fork(new URL(`worker${extname(import.meta.filename)}`, import.meta.url), {
      execArgv: [`--max-old-space-size=${LIMITS.workerHeapMiBMax}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.on('message', (outcome: Outcome) => this.#settle(outcome))
    child.on('error', () => this.#lost(child))
    child.on('exit', () => this.#lost(child))
    child.send(this.#setup)
    return child
  }

  #settle(outcome: Outcome): void {
    const pending = this.#pending.get(outcome.id)
    this.#pending.delete(outcome.id)
    if (pending === undefined) return
    clearTimeout(pending.timer ?? undefined)
    if (outcome.ok) pending.resolve(outcome.output)
    else pending.reject(errorOf(outcome))
    this.#rest()
  }

  /** Ends a process that has had nothing to do for a while. It goes by itself when its channel closes. */
  #rest(): void {
    clearTimeout(this.#idle ?? undefined)
    this.#idle = setTimeout(() => {
      if (this.#pending.size > 0 || this.#process === null) return
      this.#process.disconnect()
      this.#process = null
    }, LIMITS.workerIdleSeconds * 1_000).unref()
  }

  #lost(child: ChildProcess): void {
    if (this.#process !== child) return
    this.#process = null
    if (this.#pending.size > 0) this.#failures += 1
    for (const { name, reject, timer } of this.#pending.values()) {
      clearTimeout(timer ?? undefined)
      reject(failure(name, 'the process that does it ended or took too long; it is started anew'))
    }
    this.#pending.clear()
  }
}

/** What a worker said that a task failed by. */
export function errorOf({ code, message }: Extract<Outcome, { ok: false }>): Error {
  return code === null ? new Error(message) : new AppError(code, message)
}

function failure(name: TaskName, what: string): AppError {
  return new AppError('WORKER_FAILED', `Cannot finish "${name}": ${what}`)
}
