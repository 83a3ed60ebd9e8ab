import type { ErrorCode } from '../errors.ts'
import type { LedgerReport, NowReport, Question, Report, SiteSummary } from '../report/report.ts'
import type { Settings } from '../settings.ts'
import type { DataFolder } from './folder.ts'

/** What the worker does on request: task → what it takes and what it gives. All of it is plain JSON. */
export interface Tasks {
  readonly report: { input: Question; output: Report }
  readonly ledger: { input: { site: string | null; period: string }; output: LedgerReport }
  readonly now: { input: string; output: NowReport }
  readonly sites: { input: null; output: readonly SiteSummary[] }
  /** Chunks to segments, small segments to larger ones. */
  readonly compact: { input: null; output: null }
  /** Removes what is past its days. */
  readonly retain: { input: null; output: null }
  /** Fills the folder with the demo's year. */
  readonly fillDemo: { input: null; output: null }
}

export type TaskName = keyof Tasks

/** Tasks that a person waits for. */
export const QUESTIONS: ReadonlySet<TaskName> = new Set(['report', 'ledger', 'now', 'sites'])

/** First message to the worker. */
export interface WorkerSetup {
  readonly folder: DataFolder
  readonly settings: Settings
}

/** Each further message to the worker. */
export interface TaskMessage<Name extends TaskName = TaskName> {
  readonly id: number
  readonly name: Name
  readonly input: Tasks[Name]['input']
}

/** What the worker says of a task. */
export type Outcome =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode | null; readonly message: string }
