import { rmSync } from 'node:fs'
import type { TestContext } from 'node:test'
import type { Kind, RawHit } from '../../src/hit.ts'
import type { KeptVerdict, TalliedVerdict } from '../../src/verdict.ts'
import type { Random } from '../../src/main/demo/random.ts'
import type { Settings } from '../../src/settings.ts'
import { GLOB_COLUMNS, literally } from '../../src/report/glob.ts'
import type { Filter, Question } from '../../src/report/report.ts'
import type { ReportColumn, Row } from '../../src/row.ts'
import { REPORT_COLUMNS } from '../../src/row.ts'
import { chunkName, hourOf } from '../../src/log/chunk.ts'
import { compact } from '../../src/segment/compaction.ts'
import { createDeriver } from '../../src/segment/derive.ts'
import { currentSegments } from '../../src/segment/lineage.ts'
import { aHit } from '../a-hit.ts'
import type { TestLibrary } from '../segment/library.ts'
import { DAY_MS, HOUR_MS, openLibrary, writeChunk, writeOpenChunk } from '../segment/library.ts'

type WeekStart = Settings['weekStart']

export const SITES = ['one.example.org', 'two.example.org'] as const
const HITS = 1_500
const DAYS = 12

/** A library with hits, and the rows that they are. */
export interface World {
  readonly library: TestLibrary & { readonly weekStart: WeekStart }
  readonly rows: readonly Row[]
}

/** Hits in merged segments, in segments with and without roll-ups, and in the tail. */
export async function aWorld(
  t: TestContext,
  { random, zones, middleMs }: { random: Random; zones: readonly [string, string]; middleMs: number },
): Promise<World> {
  const zoneOf = (site: string): string => (site === SITES[0] ? zones[0] : zones[1])
  const weekStart: WeekStart = pick(random, ['monday', 'sunday', 'saturday'])
  const library = Object.assign(openLibrary(t), { zoneOf, weekStart })
  const times = Array.from({ length: HITS }, () => middleMs + Math.floor((random() - 0.5) * DAYS * DAY_MS))
  const hits = times.sort((a, b) => a - b).map((timeMs) => randomHit(random, pick(random, SITES), timeMs))
  const chunks = [...Map.groupBy(hits, ({ timeMs }) => hourOf(timeMs - (timeMs % (7 * HOUR_MS))))]
  const tail = Math.floor(chunks.length * 0.9)
  library.clockMs = middleMs + (DAYS / 2 - 1) * DAY_MS
  for (const [hour, hits] of chunks.slice(0, tail)) writeChunk(library, chunkName(hour, 'w01', 1), hits)
  await compact(library)
  for (const { name } of currentSegments(await library.store.list())) {
    if (random() < 0.3) rmSync(library.store.rollupPathOf(name))
  }
  for (const [hour, hits] of chunks.slice(tail))
    writeAnyChunk(library, random, { name: chunkName(hour, 'w01', 1), hits })
  return { library, rows: hits.map(createDeriver(library.policy)) }
}

function writeAnyChunk(
  library: TestLibrary,
  random: Random,
  { name, hits }: { name: string; hits: readonly RawHit[] },
): void {
  if (random() < 0.5) writeChunk(library, name, hits)
  else writeOpenChunk(library, name, hits)
}

/** One of the choices. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0]
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const AGENTS = [
  FIREFOX,
  SAFARI,
  CHROME,
  CHROME,
  'Mozilla/5.0 (compatible; GPTBot/1.2)',
  'curl/8.5.0',
  '',
] as const

const PATHS = ['/', '/', '/a', '/b/', "/it's", '/%', '/ü/"x"', '/~_*?[', '/\\*\\', null] as const
const REFERRERS = [
  null,
  null,
  'https://www.google.com/',
  'https://news.ycombinator.com/item',
  "https://a.example/'",
] as const
const KEPT: readonly [KeptVerdict, ...KeptVerdict[]] = ['opt-out', 'ignored']
const TALLIED: readonly [TalliedVerdict, ...TalliedVerdict[]] = ['malformed', 'unknown-site', 'flood']
const KINDS: readonly [Kind, ...Kind[]] = [
  'view',
  'view',
  'view',
  'view',
  'view',
  'view',
  'event',
  'number',
  'window',
  'referral',
  'tally',
]

/** A hit of any kind and verdict with what such hits carry. */
export function randomHit(random: Random, site: string, timeMs: number): RawHit {
  const kind = pick(random, KINDS)
  if (kind === 'tally') return randomTally(random, site, timeMs)
  const isPage = kind === 'view'
  const isCampaign = isPage && random() < 0.1
  return aHit({
    kind,
    timeMs,
    site,
    path: kind === 'number' ? null : pick(random, PATHS),
    referrer: isPage || kind === 'referral' ? pick(random, REFERRERS) : null,
    source: isCampaign ? pick(random, ['news', "o'hara"]) : null,
    medium: isCampaign ? pick(random, ['email', 'cpc', null]) : null,
    campaign: isCampaign ? pick(random, ['spring', null]) : null,
    headers: {
      'user-agent': pick(random, AGENTS),
      'sec-fetch-site': 'same-origin',
      ...(random() < 0.5 ? { 'sec-ch-ua': 'Google Chrome 142' } : {}),
      'accept-language': pick(random, ['de', 'pl-PL,pl;q=0.9', '']),
      ...(random() < 0.05 ? { 'sec-purpose': pick(random, ['prefetch', 'prefetch;prerender']) } : {}),
    },
    country: pick(random, ['DE', 'PL', 'PL', null]),
    viewNumber: isPage || kind === 'number' ? pick(random, [1, 1, 2, 3, null]) : null,
    event: kind === 'event' ? pick(random, ['end', 'outbound']) : null,
    target: kind === 'event' ? pick(random, ['https://c.example/', null]) : null,
    window: kind === 'window' ? pick(random, ['s', 'm', 'l']) : null,
    verdict: random() < 0.05 ? pick(random, KEPT) : null,
  })
}

function randomTally(random: Random, site: string, timeMs: number): RawHit {
  const verdict = pick(random, TALLIED)
  const named = verdict === 'unknown-site' ? null : site
  return aHit({
    kind: 'tally',
    timeMs,
    site: named,
    path: null,
    verdict,
    count: 1 + Math.floor(random() * 20),
  })
}

/** A question of any shape, with filters on values that occur. */
export function randomQuestion(
  random: Random,
  rows: readonly Row[],
  about: Pick<Question, 'site' | 'period'>,
): Question {
  const filters =
    random() < 0.4
      ? []
      : Array.from({ length: 1 + Math.floor(random() * 2) }, () => randomFilter(random, rows))
  return {
    ...about,
    compare: pick(random, ['previous', 'year', 'none']),
    filters,
    by: (['landing', ...REPORT_COLUMNS] as const).filter(() => random() < 0.6),
    limit: pick(random, [1, 3, 10, 1000]),
    ...(random() < 0.3 ? { offset: pick(random, [0, 1, 4, 50]) } : {}),
    ...(random() < 0.3 ? { search: pick(random, ['', 'O', 'e', '/', "'", '%']) } : {}),
    granularity: pick(random, ['auto', 'auto', 'hour', 'day', 'week', 'month']),
  }
}

function randomFilter(random: Random, rows: readonly Row[]): Filter {
  const column: ReportColumn = pick(random, [
    'path',
    'referrer',
    'channel',
    'country',
    'browser',
    'language',
    'event',
    'target',
    'window',
  ])
  const values = Array.from({ length: 1 + Math.floor(random() * 2) }, () => {
    const value = rows[Math.floor(random() * rows.length)]?.[column] ?? null
    return value === null ? null : aPattern(random, column, value)
  })
  return { column, values, exclude: random() < 0.3 }
}

/** The value itself, or some pattern that it matches. */
function aPattern(random: Random, column: ReportColumn, value: string): string {
  if (!GLOB_COLUMNS.has(column) || random() < 0.5) return literally(column, value)
  const cut = Math.floor(random() * (value.length + 1))
  const [head, tail] = [literally(column, value.slice(0, cut)), literally(column, value.slice(cut))]
  return pick(random, ['*', `${head}*`, `*${tail}`, `${head}*${tail}`, `**${tail}*`, `*${head}*${tail}*`])
}
