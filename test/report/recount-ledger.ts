import { isAiCrawler } from '../../src/bot.ts'
import type { Days } from '../../src/period.ts'
import { dayNumber, dayOf } from '../../src/period.ts'
import type { Row } from '../../src/row.ts'
import { wallClock } from './recount.ts'

/** What a ledger is counted from, hit by hit. */
export interface LedgerRecount {
  readonly rows: readonly Row[]
  /** null: all of them. */
  readonly site: string | null
  readonly days: Days
  readonly zoneOf: (site: string) => string
  readonly nowMs: number
}

/** The numbers of a ledger by the plainest program. */
export function recountLedger({ rows, site, days, zoneOf, nowMs }: LedgerRecount): Record<string, unknown> {
  const dayIn = dayInZones(zoneOf)
  const own = rows.filter((row) => (site === null || row.site === site) && isWithin(dayIn(row), days))
  const wall = wallClock(zoneOf(site ?? ''))
  const begun = new Set<string>()
  for (let timeMs = Date.parse(days.from) - 86_400_000; timeMs <= nowMs; timeMs += 900_000) {
    const day = wall(timeMs).slice(0, 10)
    if (isWithin(day, days)) begun.add(day)
  }
  return {
    ledger: sums(own),
    days: [...begun].map((day) =>
      dayOfLedger(
        day,
        own.filter((row) => dayIn(row) === day),
      ),
    ),
    bots: [
      ...Map.groupBy(
        own.filter(({ bot }) => bot !== null),
        ({ bot }) => bot ?? '',
      ),
    ]
      .map(([name, hits]) => ({ name, hits: count(hits), ai: isAiCrawler(name) }))
      .sort((a, b) => b.hits - a.hits || (a.name < b.name ? -1 : 1)),
  }
}

/** The list of sites by the plainest program. */
export function recountSites({ rows, zoneOf, nowMs }: LedgerRecount): readonly Record<string, unknown>[] {
  const dayIn = dayInZones(zoneOf)
  const named = Map.groupBy(
    rows.filter((row) => row.site !== null),
    ({ site }) => site ?? '',
  )
  return [...named]
    .map(([site, own]) => {
      const today = wallClock(zoneOf(site))(nowMs).slice(0, 10)
      const recent = { from: dayOf(dayNumber(today) - 27), to: today }
      const views = own.filter((row) => row.kind === 'view' && row.verdict === 'counted')
      const counted = own
        .filter((row) => row.verdict === 'counted')
        .map(dayIn)
        .sort()
      const pageViews = views.filter((row) => isWithin(dayIn(row), recent)).length
      const viewsOn = (day: string) => views.filter((row) => dayIn(row) === day).length
      const days = Array.from({ length: 56 }, (_, index) => viewsOn(dayOf(dayNumber(today) - 55 + index)))
      return { site, pageViews, days, firstDay: counted[0] ?? null, hits: count(own) }
    })
    .sort((a, b) => b.pageViews - a.pageViews || (a.site < b.site ? -1 : 1))
}

function dayInZones(zoneOf: (site: string) => string): (row: Row) => string {
  const walls = new Map<string | null, (timeMs: number) => string>()
  return ({ site, time }) => {
    const wall = walls.get(site) ?? wallClock(site === null ? 'UTC' : zoneOf(site))
    walls.set(site, wall)
    return wall(time).slice(0, 10)
  }
}

function dayOfLedger(day: string, rows: readonly Row[]): Record<string, unknown> {
  const { received, counted } = sums(rows)
  const byVerdict = Map.groupBy(rows, ({ verdict }) => verdict)
  return {
    day,
    counted,
    refused: received - counted,
    byVerdict: Object.fromEntries([...byVerdict].map(([verdict, own]) => [verdict, count(own)])),
  }
}

function sums(rows: readonly Row[]): { received: number; counted: number; refused: Record<string, number> } {
  const refused = Map.groupBy(
    rows.filter(({ verdict }) => verdict !== 'counted'),
    ({ verdict }) => verdict,
  )
  return {
    received: count(rows),
    counted: count(rows.filter(({ verdict }) => verdict === 'counted')),
    refused: Object.fromEntries([...refused].map(([verdict, own]) => [verdict, count(own)])),
  }
}

function count(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0)
}

function isWithin(day: string, { from, to }: Days): boolean {
  return from <= day && day <= to
}
