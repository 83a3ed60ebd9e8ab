import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Random } from '../../src/main/demo/random.ts'
import { seededRandom } from '../../src/main/demo/random.ts'
import { openReporter } from '../../src/report/reporter.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import type { Row } from '../../src/row.ts'
import { recountLedger, recountSites } from './recount-ledger.ts'
import { recount, wallClock } from './recount.ts'
import type { World } from './world.ts'
import { aWorld, pick, randomQuestion, SITES } from './world.ts'

const QUESTIONS = 25
const LEDGERS = 3
const WEEKDAYS = { sunday: 0, monday: 1, saturday: 6 } as const

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
    const world = await aWorld(t, { random, zones: [zone, other], middleMs: Date.parse(day) })
    const reporter = await openReporter({
      ...world.library,
      heldRollupRowsMax: pick(random, [0, 500, 100_000]),
    })
    const walls = new Map<string, Wall>()
    for (let asked = 0; asked < QUESTIONS; asked++) await askAndRecount(reporter, { ...world, random, walls })
    for (let asked = 0; asked < LEDGERS; asked++) await ledgerAndRecount(reporter, { ...world, random })
    await reporter.close()
  })
}

type Wall = ReturnType<typeof wallClock>

async function askAndRecount(
  reporter: Reporter,
  { library, rows, random, walls }: World & { random: Random; walls: Map<string, Wall> },
): Promise<void> {
  const site = pick(random, SITES)
  const wall = walls.get(site) ?? wallClock(library.zoneOf(site))
  walls.set(site, wall)
  library.clockMs = aTime(rows, random)
  const question = randomQuestion(random, rows, { site, period: aPeriod(rows, wall, random) })
  const report = await reporter.ask(question)
  const { from, to } = report.period
  const { totals, previous, series, previousSeries, top, distinct, reading, hours, ledger } = report
  const weekStart = WEEKDAYS[library.weekStart]
  assert.deepEqual(
    { totals, previous, series, previousSeries, top, distinct, reading, hours, ledger },
    recount({ question, rows, days: { from, to }, wall, weekStart, nowMs: library.clockMs }),
    JSON.stringify({ question, clock: new Date(library.clockMs) }),
  )
}

async function ledgerAndRecount(
  reporter: Reporter,
  { library, rows, random }: World & { random: Random },
): Promise<void> {
  const site = pick(random, [...SITES, null])
  library.clockMs = aTime(rows, random)
  const { zoneOf } = library
  const { period, ledger, days, bots } = await reporter.ledger(
    site,
    aPeriod(rows, wallClock(zoneOf(site ?? '')), random),
  )
  const asked = { rows, site, days: { from: period.from, to: period.to }, zoneOf, nowMs: library.clockMs }
  assert.deepEqual({ ledger, days, bots }, recountLedger(asked), JSON.stringify({ site, period }))
  assert.deepEqual(await reporter.sites(), recountSites(asked), JSON.stringify(new Date(library.clockMs)))
}

/** A whole minute amid the hits. */
function aTime(rows: readonly Row[], random: Random): number {
  const time = rows[Math.floor(random() * rows.length)]?.time ?? 0
  return time - (time % 60_000)
}

function aPeriod(rows: readonly Row[], wall: (timeMs: number) => string, random: Random): string {
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
