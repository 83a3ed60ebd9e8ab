import type { Days } from '../../src/period.ts'
import { dayBeside, previousDays } from '../../src/period.ts'
import type { Question, Reading, SeriesPoint, Totals } from '../../src/report/report.ts'
import type { Row } from '../../src/row.ts'
import { recountLists } from './recount-lists.ts'
import type { Weighed } from './recount-rows.ts'
import {
  carries,
  count,
  isCounted,
  isEvent,
  isNth,
  isNumbered,
  isView,
  passing,
  visitorsOf,
} from './recount-rows.ts'

/** What a report is counted from, hit by hit. */
export interface Recount {
  readonly question: Question
  readonly rows: readonly Row[]
  readonly days: Days
  /** The clock of the site's zone. */
  readonly wall: ReturnType<typeof wallClock>
  /** 0 for Sunday, 1 for Monday, 6 for Saturday. */
  readonly weekStart: number
  readonly nowMs: number
}

/** The clock on a wall of the zone: `2026-11-23 14:35:07`. It remembers what it showed. */
export function wallClock(zone: string): (timeMs: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  const shown = new Map<number, string>()
  return (timeMs) => {
    const before = shown.get(timeMs)
    if (before !== undefined) return before
    const wall = format.format(timeMs)
    shown.set(timeMs, wall)
    return wall
  }
}

/** The numbers of a report by the plainest program: no SQL, no roll-up, no arithmetic on time zones. */
export function recount(asked: Recount): Record<string, unknown> {
  const { question, days, wall, nowMs } = asked
  const own = asked.rows.filter((row) => row.site === question.site)
  const within = (days: Days): readonly Row[] => own.filter((row) => isWithin(wall(row.time), days))
  const rows = passing(within(days), question.filters)
  const before = question.compare === 'none' ? null : previousDays(days, question.compare)
  const rowsBefore = before === null ? [] : passing(within(before), question.filters)
  const previous = rowsBefore.filter(({ row }) => row.time < sameTimeMs(asked))
  return {
    totals: totals(rows, question),
    previous: before === null ? null : { ...totals(previous, question), ...before },
    series: series(rows, asked, { days, nowMs }),
    previousSeries: before === null ? [] : series(rowsBefore, asked, { days: before, nowMs: Infinity }),
    ...recountLists(rows, question),
    reading: reading(rows, within(days), question),
    hours: week(rows, wall, question),
    ledger: ledger(rows),
  }
}

function isWithin(wall: string, { from, to }: Days): boolean {
  return from <= wall.slice(0, 10) && wall.slice(0, 10) <= to
}

/** The first minute of the compared day at which the clock shows what it shows now, or later. */
function sameTimeMs({ question, days, wall, nowMs }: Recount): number {
  const [today = '', time = ''] = wall(nowMs).split(' ')
  if (question.compare === 'none' || today < days.from || today > days.to) return Infinity
  const day = dayBeside(today, days, question.compare)
  if (day === null) return Infinity
  let timeMs = Date.parse(day) - 20 * 3_600_000
  while (wall(timeMs) < `${day} ${time}`) timeMs += 60_000
  return timeMs
}

function counts(
  rows: readonly Weighed[],
  { filters }: Question,
): Pick<Totals, 'pageViews' | 'visitors' | 'events'> {
  const columns = filters.map(({ column }) => column)
  const hasViews = carries('view', columns)
  return {
    pageViews: hasViews ? Math.max(0, count(rows, isView)) : null,
    visitors: hasViews ? visitorsOf(rows) : null,
    events: carries('event', columns) ? count(rows, isEvent) : null,
  }
}

function totals(rows: readonly Weighed[], question: Question): Totals {
  const changing = new Set(['path', 'referrer', 'channel', 'source', 'medium', 'campaign'])
  const { pageViews, visitors, events } = counts(rows, question)
  const numbered = count(rows, isNumbered)
  const rated =
    visitors !== null && visitors > 0 && !question.filters.some(({ column }) => changing.has(column))
  return {
    pageViews,
    visitors,
    visitorsShare: visitors === null ? null : Math.min(1, numbered / Math.max(0, count(rows, isView))),
    viewsPerVisitor: rated ? numbered / visitors : null,
    bounceRate: rated ? Math.max(0, 1 - count(rows, isNth(2)) / visitors) : null,
    events,
  }
}

/** The start of the bucket that a time on the wall falls into. */
function bucketOf(wall: string, { question, days, weekStart }: Recount): string {
  const { granularity = 'auto' } = question
  const day = wall.slice(0, 10)
  if (granularity === 'hour' || (granularity === 'auto' && days.from === days.to))
    return `${wall.slice(0, 13).replace(' ', 'T')}:00`
  if (granularity === 'month') return `${day.slice(0, 7)}-01`
  if (granularity !== 'week') return day
  const date = new Date(day)
  while (date.getUTCDay() !== weekStart) date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

/** Every bucket that some minute of the days falls into. */
function series(
  rows: readonly Weighed[],
  asked: Recount,
  { days, nowMs }: { days: Days; nowMs: number },
): SeriesPoint[] {
  const { wall } = asked
  const times = new Set<string>()
  const lastMs = Math.min(nowMs, Date.parse(days.to) + 48 * 3_600_000)
  for (let timeMs = Date.parse(days.from) - 24 * 3_600_000; timeMs <= lastMs; timeMs += 900_000) {
    if (isWithin(wall(timeMs), days)) times.add(bucketOf(wall(timeMs), asked))
  }
  const known = rows.some(isNumbered)
  return [...times].map((time) => {
    const own = rows.filter(({ row }) => bucketOf(wall(row.time), asked) === time)
    const { pageViews, visitors, events } = counts(own, asked.question)
    const seen = count(own, isView) <= 0 ? count(own, isNth(1)) : visitors
    return { time, pageViews, visitors: known ? seen : null, events }
  })
}

function reading(rows: readonly Weighed[], all: readonly Row[], { filters }: Question): Reading | null {
  const columns = filters.map(({ column }) => column)
  if (!carries('view', columns) || !carries('event', columns)) return null
  const isEnd = (row: Row): boolean =>
    row.verdict === 'counted' && row.kind === 'event' && row.event === 'end' && row.path !== null
  const paths = new Set(all.filter(isEnd).map(({ path }) => path))
  const ends = rows.filter(({ row }) => isEnd(row)).length
  const views = rows.filter(
    (one) =>
      isCounted(one) && one.row.kind === 'view' && paths.has(one.row.path) && one.row.scripts !== 'off',
  )
  const unsure = views.filter(({ row }) => row.scripts === null).length
  return ends === 0 ? null : { ends, views: views.length, unsure }
}

function week(rows: readonly Weighed[], wall: (timeMs: number) => string, { filters }: Question): number[][] {
  const columns = filters.map(({ column }) => column)
  const isHit = !carries('view', columns) && carries('event', columns) ? isEvent : isView
  const hits = rows.filter(isHit).map(({ row, weight }) => ({ time: wall(row.time), weight }))
  const cell = (day: number, hour: number): number =>
    hits
      .filter(
        ({ time }) =>
          (new Date(time.slice(0, 10)).getUTCDay() + 6) % 7 === day && Number(time.slice(11, 13)) === hour,
      )
      .reduce((sum, { weight }) => sum + weight, 0)
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => Math.max(0, cell(day, hour))),
  )
}

function ledger(rows: readonly Weighed[]): Record<string, unknown> {
  const hits = rows.filter(({ weight }) => weight > 0)
  const refused = Map.groupBy(
    hits.filter((one) => !isCounted(one)),
    ({ row }) => row.verdict,
  )
  const all = (): boolean => true
  return {
    received: count(hits, all),
    counted: count(hits, isCounted),
    refused: Object.fromEntries([...refused].map(([verdict, own]) => [verdict, count(own, all)])),
  }
}
