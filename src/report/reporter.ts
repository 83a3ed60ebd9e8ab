import { ChunkGone } from '../log/hot-log.ts'
import { answer } from './answer.ts'
import type { LedgerQuestion } from './ledger.ts'
import { readLedger } from './ledger.ts'
import type { Desk, Library } from './library.ts'
import { listShelf, openDesk } from './library.ts'
import type { LedgerReport, Question, Report, SiteSummary } from './report.ts'
import { readSiteDays } from './site-days.ts'
import { readSites } from './sites.ts'
import { openTurns, shared } from './turns.ts'

/** Answers questions about all hits that were durable when they were asked. */
export interface Reporter {
  /**
   * A site that nobody named is answered with zeros.
   *
   * @throws {AppError} QUESTION_INVALID, PERIOD_INVALID
   */
  ask(question: Question): Promise<Report>
  /**
   * @param site null: all sites, and hits that named none
   * @param period as of `Question`
   * @throws {AppError} PERIOD_INVALID
   */
  ledger(site: string | null, period: string): Promise<LedgerReport>
  /** The sites that hits named, those with most views first. */
  sites(): Promise<readonly SiteSummary[]>
  /** Waits for what was asked. Ask nothing after it. */
  close(): Promise<void>
}

export interface ReporterOptions extends Library {
  /** What the database may hold at once; a question that needs more fails. */
  readonly memoryMb?: number
}

const MEMORY_MB = 512

/** Opens the hits of a data folder for questions. They are answered one after the other. */
export async function openReporter(options: ReporterOptions): Promise<Reporter> {
  const desk = await openDesk(options, options.memoryMb ?? MEMORY_MB)
  const inTurn = openTurns()
  const ask = shared(inTurn, (question: Question) => twice(() => answer(desk, question)))
  const ledger = shared(inTurn, (asked: LedgerQuestion) => twice(() => readLedger(desk, asked)))
  const sites = shared(inTurn, () => twice(() => listSites(desk)))
  return {
    ask,
    ledger: (site, period) => ledger({ site, period }),
    sites: () => sites(null),
    close: () => inTurn(async () => desk.duck.close()),
  }
}

async function listSites(desk: Desk): Promise<readonly SiteSummary[]> {
  const shelf = await listShelf(desk)
  const sites = await readSites(desk, shelf)
  const daysOf = await readSiteDays(desk, shelf)
  return sites.map(({ site, pageViews, firstDay, hits }) => {
    return { site, pageViews, days: daysOf(site), firstDay, hits }
  })
}

/** Asks again, once, when what was listed was superseded or expired before it was read. */
async function twice<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isGone(error)) return ask()
    throw error
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ChunkGone || (error instanceof Error && FILE_GONE.test(error.message))
}

/** What DuckDB says of a file that is not there. */
const FILE_GONE = /^IO Error: (?:No files found|Cannot open file)/
