import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import type { RawHit } from '../../src/hit.ts'
import { chunkName, hourOf } from '../../src/log/chunk.ts'
import type { Random } from '../../src/main/demo/random.ts'
import { seededRandom } from '../../src/main/demo/random.ts'
import { openReporter } from '../../src/report/reporter.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import type { Row } from '../../src/row.ts'
import { compact } from '../../src/segment/compaction.ts'
import { createDeriver } from '../../src/segment/derive.ts'
import { currentSegments } from '../../src/segment/lineage.ts'
import type { TestLibrary } from '../segment/library.ts'
import { DAY_MS, HOUR_MS, openLibrary, writeChunk, writeOpenChunk } from '../segment/library.ts'
import { recount, wallClock } from './recount.ts'
import { pick, randomHit, randomQuestion } from './world.ts'

const SITES = ['one.example.org', 'two.example.org'] as const
const HITS = 1_500
const DAYS = 12
const QUESTIONS = 8

/** Zones of the two sites, and a day amid the hits: clocks go back, forward, by half an hour, over a whole day. */
const WORLDS: readonly [zone: string, other: string, day: string][] = [
  ['Europe/Warsaw', 'UTC', '2026-10-25'],
  ['Europe/Warsaw', 'America/New_York', '2026-03-29'],
  ['Asia/Kathmandu', 'Europe/Warsaw', '2026-10-31'],
  ['America/St_Johns', 'Asia/Kathmandu', '2026-11-01'],
  ['Pacific/Apia', 'America/St_Johns', '2011-12-30'],
  ['Australia/Lord_Howe', 'Africa/Casablanca', '2026-04-05'],
  ['America/Sao_Paulo', 'Pacific/Kiritimati', '2018-02-18'],
  ['UTC', 'Pacific/Chatham', '2024-02-29'],
]

for (const [seed, [zone, other, day]] of WORLDS.entries()) {
  test(`questions in ${zone} around ${day} are answered as a plain program counts`, async (t) => {
    const random = seededRandom(seed)
    const { library, rows } = await aWorld(t, { random, zones: [zone, other], middleMs: Date.parse(day) })
    const reporter = await openReporter(library)
    for (let asked = 0; asked < QUESTIONS; asked++) await askAndRecount(reporter, { library, rows, random })
    await reporter.close()
  })
}

interface World {
  readonly library: TestLibrary
  readonly rows: readonly Row[]
}

/** Hits in merged segments, in segments with and without roll-ups, and in the tail. */
async function aWorld(
  t: TestContext,
  { random, zones, middleMs }: { random: Random; zones: readonly [string, string]; middleMs: number },
): Promise<World> {
  const zoneOf = (site: string): string => (site === SITES[0] ? zones[0] : zones[1])
  const library = Object.assign(openLibrary(t), { zoneOf })
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

async function askAndRecount(
  reporter: Reporter,
  { library, rows, random }: World & { random: Random },
): Promise<void> {
  const site = pick(random, SITES)
  const zone = library.zoneOf(site)
  library.clockMs = aTime(rows, random)
  const question = randomQuestion(random, rows, { site, period: aPeriod(rows, zone, random) })
  const report = await reporter.ask(question)
  const { from, to } = report.period
  const { totals, previous, series, previousSeries, top, distinct, hours, ledger } = report
  assert.deepEqual(
    { totals, previous, series, previousSeries, top, distinct, hours, ledger },
    recount({ question, rows, days: { from, to }, zone, nowMs: library.clockMs }),
    JSON.stringify({ question, clock: new Date(library.clockMs) }),
  )
}

/** A whole minute amid the hits. */
function aTime(rows: readonly Row[], random: Random): number {
  const time = rows[Math.floor(random() * rows.length)]?.time ?? 0
  return time - (time % 60_000)
}

function aPeriod(rows: readonly Row[], zone: string, random: Random): string {
  const wall = wallClock(zone)
  const [first = '', last = ''] = [aTime(rows, random), aTime(rows, random)]
    .map((time) => wall(time).slice(0, 10))
    .sort()
  return pick(random, [
    'today',
    'yesterday',
    '7d',
    '28d',
    'month',
    first,
    last,
    `${first}..${last}`,
    `${first}..${last}`,
  ])
}
