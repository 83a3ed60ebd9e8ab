import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { CLOSED_ENDING } from '../src/log/chunk.ts'
import { dataFolder } from '../src/main/folder.ts'
import { openLibrary } from '../src/main/library.ts'
import { parseSettings } from '../src/parse-settings.ts'
import type { Question } from '../src/report/report.ts'
import { openReporter } from '../src/report/reporter.ts'
import type { ReportColumn } from '../src/row.ts'
import { currentSegments } from '../src/segment/lineage.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { digits, median } from './figures.ts'
import { writeCrowd } from './hits.ts'
import { runOnCore } from './process.ts'

const ROUNDS = 5
const DAYS = 365
const RAW_DAYS = 30
const END_MS = Date.UTC(2026, 10, 1)
const PERIOD = '2025-11-01..2026-10-31'

/** All panels of the overview, all their tabs. */
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

const OVERVIEW: Question = {
  site: 'demo.example',
  period: PERIOD,
  compare: 'none',
  filters: [],
  by: BY,
  limit: 10,
}
const FILTERED: Question = { ...OVERVIEW, filters: [{ column: 'country', values: ['DE'], exclude: false }] }

/**
 * All panels of a year of ten million hits: with a filter, against the same GROUPING SETS in a bare DuckDB
 * over the same files; and without one, from roll-ups. Nothing is cached: each question gets a new database.
 */
export async function benchQuestions({ quick, cacheDir }: BenchOptions): Promise<readonly Figure[]> {
  const audiences = quick ? 3 : 30
  const dir = join(cacheDir, `crowd-${audiences}`)
  await makeYear(dir, audiences)
  const [filtered, overview, bare]: [number[], number[], number[]] = [[], [], []]
  let hits = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await askBare(dir))
    filtered.push((await ask(dir, FILTERED)).ms)
    const answered = await ask(dir, OVERVIEW)
    overview.push(answered.ms)
    hits = answered.hits
  }
  const what = `${digits(hits)} hits`
  return [
    {
      what: `filtered question, ${what}`,
      measured: `${digits(median(filtered))} ms`,
      baseline: `${digits(median(bare))} ms (bare DuckDB)`,
      value: median(filtered) / median(bare),
      aim: { atMost: 1.3 },
    },
    {
      what: `overview by roll-ups, ${what}`,
      measured: `${digits(median(overview))} ms`,
      value: median(overview) / 1_000,
      aim: { atMost: 0.1 },
    },
  ]
}

/** Makes a year as it stands after months of running: older days merged, raw hits of the last days still there. */
async function makeYear(dir: string, audiences: number): Promise<void> {
  const ready = join(dir, 'ready')
  if (existsSync(ready)) return
  rmSync(dir, { recursive: true, force: true })
  process.stderr.write('Making a year of hits (kept for the next run) …\n')
  await writeCrowd(dir, { endMs: END_MS, days: DAYS, audiences })
  await compact(dir)
  const chunks = readdirSync(join(dir, 'log')).filter((name) => name.endsWith(CLOSED_ENDING))
  for (const name of chunks.toSorted().slice(0, -RAW_DAYS)) rmSync(join(dir, 'log', name))
  await compact(dir)
  writeFileSync(ready, '')
}

async function compact(dir: string): Promise<void> {
  await runOnCore(0, [process.execPath, 'src/main/headcount.ts', 'compact', '--data', dir])
}

async function ask(dir: string, question: Question): Promise<{ readonly ms: number; readonly hits: number }> {
  const library = libraryIn(dir)
  await library.store.list()
  const reporter = await openReporter(library)
  const startMs = performance.now()
  const { ledger } = await reporter.ask(question)
  const ms = performance.now() - startMs
  await reporter.close()
  return { ms, hits: ledger.received }
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
    WHERE site = 'demo.example' AND country = 'DE'
      AND time >= TIMESTAMP '2025-11-01' AND time < TIMESTAMP '2026-11-01'
  ) GROUP BY GROUPING SETS ((hour, verdict), ${sets.join(', ')})`
}

function libraryIn(dir: string): ReturnType<typeof openLibrary> {
  const sources = { toml: '', file: 'headcount.toml', env: {}, flags: {}, timezone: 'UTC' }
  return openLibrary({ folder: dataFolder(dir), settings: parseSettings(sources) })
}
