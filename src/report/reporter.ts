import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { ChunkGone } from '../log/hot-log.ts'
import { dayOf, parsePeriod } from '../period.ts'
import { localDay } from '../zone.ts'
import { answer } from './answer.ts'
import { Answers } from './answers.ts'
import type { LedgerQuestion } from './ledger.ts'
import { readLedger } from './ledger.ts'
import type { Desk, Library } from './library.ts'
import { listFiles, listShelf, openDesk } from './library.ts'
import { readNow } from './now.ts'
import type { LedgerReport, NowReport, Question, Report, SiteSummary } from './report.ts'
import { readSiteDays } from './site-days.ts'
import { readSites } from './sites.ts'
import { openTurns, shared } from './turns.ts'

/**
 * Answers questions about all hits that were durable when they were asked. What was answered in the same minute, or
 * about days that are over, from the same hits, is answered again at once.
 *
 * Each may throw QUESTION_TOO_LONG and QUESTION_TOO_LARGE.
 */
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
  /** The last 60 minutes of a site. */
  now(site: string): Promise<NowReport>
  /** Waits for what was asked. Ask nothing after it. */
  close(): Promise<void>
}

export interface ReporterOptions extends Library {
  /** What the database may hold at once; a question that needs more fails. */
  readonly memoryMb?: number
  /** Rows of roll-ups' lists that are held in memory. */
  readonly heldRollupRowsMax?: number
  /** Bytes of answers that are kept, of each sort; 0: none. */
  readonly answersBytesMax?: number
  /** Time for a question, its waiting included. */
  readonly questionMs?: number
}

const MINUTE_MS = 60_000

/** Opens the hits of a data folder for questions. They are answered one after the other. */
export async function openReporter(options: ReporterOptions): Promise<Reporter> {
  const { memoryMb = LIMITS.questionMemoryMbMax, heldRollupRowsMax } = options
  const desk = await openDesk(options, { memoryMb, heldRollupRowsMax })
  const ms = options.questionMs ?? LIMITS.questionSeconds * 1_000
  const inTurn = openTurns({ ms, stop: () => desk.duck.interrupt(), late: () => tooLong(ms) })
  const bytesMax = options.answersBytesMax ?? LIMITS.answersBytesMax

  function remembering<Asked, Answer extends object>(
    read: (desk: Desk, asked: Asked) => Promise<Answer>,
    momentOf: (asked: Asked) => string,
  ): (asked: Asked) => Promise<Answer> {
    const answers = new Answers<Answer>(bytesMax)
    const recall = async (asked: Asked) => {
      const question = JSON.stringify([asked, momentOf(asked)])
      const { state } = await listFiles(options)
      return { state, question, answer: answers.find(state, question) }
    }
    const ask = shared(inTurn, async (asked: Asked) => {
      const { state, question, answer } = await recall(asked)
      if (answer !== null) return answer
      const fresh = await twice(() => read(desk, asked))
      answers.keep(state, question, fresh)
      return fresh
    })
    // What is known waits for nobody.
    return async (asked) => (await recall(asked)).answer ?? ask(asked)
  }

  const minute = (): string => String(Math.floor(options.now() / MINUTE_MS))
  const day = ({ site, period }: LedgerQuestion): string => {
    const today = dayOf(localDay(options.zoneOf(site ?? ''), options.now()))
    return parsePeriod(period, today, null).to < today ? today : minute()
  }
  const ask = remembering(answer, day)
  const ledger = remembering(readLedger, day)
  const sites = remembering(listSites, minute)
  const now = remembering(readNow, minute)
  return {
    ask,
    ledger: (site, period) => ledger({ site, period }),
    sites: () => sites(null),
    now,
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

function tooLong(ms: number): AppError {
  const what = `it was not answered within ${ms / 1_000} seconds; ask for fewer days or lists, or again when less is asked`
  return new AppError('QUESTION_TOO_LONG', `Cannot answer the question: ${what}`)
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
