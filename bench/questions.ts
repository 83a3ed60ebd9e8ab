import { DuckDBInstance } from '@duckdb/node-api'
import type { Question, Report } from '../src/report/report.ts'
import { openReporter } from '../src/report/reporter.ts'
import type { Reporter } from '../src/report/reporter.ts'
import type { ReportColumn } from '../src/row.ts'
import { currentSegments } from '../src/segment/lineage.ts'
import { panelLists } from '../src/web/page/panel-tabs.ts'
import { FIRST_VIEW } from '../src/web/view.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { digits, median } from './figures.ts'
import { libraryIn, makeYear, YEAR_END_MS } from './years.ts'

const ROUNDS = 5
const SIZES = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]
const QUICK_SIZES = SIZES.slice(0, 3)
const SITE = 'demo.example'
/** As it is two hours before the end of the year's last day. */
const NOW_MS = YEAR_END_MS - 2 * 3_600_000

/** The overview as its page asks for it. */
const OVERVIEW: Question = {
  site: SITE,
  period: '28d',
  compare: 'previous',
  filters: [],
  by: panelLists(FIRST_VIEW),
  limit: 100,
}
const YEAR: Question = { ...OVERVIEW, period: '12mo' }

/** All panels of a year with a filter; `BY` is what the bare DuckDB is asked for, too. */
const BY: readonly ReportColumn[] = [
  'path',
  'channel',
  'referrer',
  'country',
  'language',
  'browser',
  'system',
  'device',
  'campaign',
  'source',
  'medium',
]
const FILTERED: Question = {
  site: SITE,
  period: '2025-11-01..2026-10-31',
  compare: 'none',
  filters: [{ column: 'country', values: ['DE'], exclude: false }],
  by: BY,
  limit: 10,
}

/**
 * The overview of 28 days and of a year, against the hits there are: the first one that a worker is asked, the next one
 * with answers not kept, and one that was answered before. And all panels with a filter, hit by hit, beside the same
 * GROUPING SETS in a bare DuckDB over the same files.
 */
export async function benchQuestions({ quick, cacheDir }: BenchOptions): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const size of quick ? QUICK_SIZES : SIZES) {
    const dir = await makeYear(cacheDir, size)
    if (dir === null) {
      process.stderr.write(`SKIPPED: no room on the disk for a year of ${digits(size)} hits\n`)
      continue
    }
    figures.push(await overviewFigure(dir, size, OVERVIEW), await overviewFigure(dir, size, YEAR))
    if (size === (quick ? 1_000_000 : 10_000_000)) figures.push(await filteredFigure(dir, size))
  }
  return figures
}

async function overviewFigure(dir: string, size: number, question: Question): Promise<Figure> {
  const [first, next, kept]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    await withReporter(dir, 0, async (reporter) => {
      first.push(await timed(reporter, question))
      next.push(await timed(reporter, question))
    })
  }
  await withReporter(dir, 1_000_000, async (reporter) => {
    for (let round = 0; round <= ROUNDS; round += 1) kept.push(await timed(reporter, question))
  })
  const is28 = question.period === '28d'
  return {
    what: `overview of ${is28 ? '28 days' : 'a year'}, a year has ${digits(size)} hits`,
    measured: `${digits(median(next))} ms`,
    baseline: `first ${digits(median(first))} ms, kept ${digits(median(kept.slice(1)))} ms`,
    value: median(next),
    aim: { atMost: is28 ? 50 : 150 },
  }
}

async function filteredFigure(dir: string, size: number): Promise<Figure> {
  const [first, next, bare]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await askBare(dir))
    await withReporter(dir, 0, async (reporter) => {
      first.push(await timed(reporter, FILTERED))
      next.push(await timed(reporter, FILTERED))
    })
  }
  return {
    what: `all panels of a year with a filter, ${digits(size)} hits`,
    measured: `${digits(median(next))} ms`,
    baseline: `first ${digits(median(first))} ms, bare DuckDB ${digits(median(bare))} ms`,
    value: median(next) / median(bare),
    aim: { atMost: 1.3 },
  }
}

async function withReporter(
  dir: string,
  answersBytesMax: number,
  use: (reporter: Reporter) => Promise<void>,
): Promise<void> {
  const library = { ...libraryIn(dir), now: () => NOW_MS }
  await library.store.list()
  const reporter = await openReporter({ ...library, answersBytesMax })
  try {
    await use(reporter)
  } finally {
    await reporter.close()
  }
}

async function timed(reporter: Reporter, question: Question): Promise<number> {
  const startMs = performance.now()
  const report = await reporter.ask(question)
  const ms = performance.now() - startMs
  checkAnswered(report)
  return ms
}

function checkAnswered({ totals, top }: Report): void {
  if ((totals.pageViews ?? 0) > 0 && (top.path?.length ?? 0) > 0) return
  throw new Error(
    'a question was answered with nothing: the year that was made is not the one that is asked for',
  )
}

async function askBare(dir: string): Promise<number> {
  const { store } = libraryIn(dir)
  const paths = currentSegments(await store.list()).map(({ name }) => `'${store.pathOf(name)}'`)
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const startMs = performance.now()
  await connection.runAndReadAll(bareSql(paths))
  const ms = performance.now() - startMs
  connection.closeSync()
  instance.closeSync()
  return ms
}

function bareSql(paths: readonly string[]): string {
  const sets = BY.map((column) => (column === 'referrer' ? '(referrer, channel)' : `(${column})`))
  return `SELECT ${BY.join(', ')}, hour, verdict, grouping(${BY.join(', ')}) AS sort,
    count(*) FILTER (view) AS page_views,
    count(*) FILTER (view AND view_number = 1) AS visitors,
    count(*) FILTER (view AND view_number IS NOT NULL) AS numbered_views,
    sum("count") AS hits
  FROM (
    SELECT *, epoch_ms(time) // 3600000 AS hour, verdict = 'counted' AND kind = 'view' AS view
    FROM read_parquet([${paths.join(', ')}])
    WHERE site = '${SITE}' AND country = 'DE'
      AND time >= TIMESTAMP '2025-11-01' AND time < TIMESTAMP '2026-11-01'
  ) GROUP BY GROUPING SETS ((hour, verdict), ${sets.join(', ')})`
}
