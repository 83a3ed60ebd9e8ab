import type { Days } from '../../src/period.ts'
import { dayBeside, previousDays } from '../../src/period.ts'
import type { Filter, Question, SeriesPoint, TopRow, Totals } from '../../src/report/report.ts'
import type { ReportColumn, Row } from '../../src/row.ts'

/** What a report is counted from, hit by hit. */
export interface Recount {
  readonly question: Question
  readonly rows: readonly Row[]
  readonly days: Days
  readonly zone: string
  readonly nowMs: number
}

/** The clock on a wall of the zone: `2026-11-23 14:35:07`. */
export function wallClock(zone: string): (timeMs: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return (timeMs) => format.format(timeMs)
}

/** The numbers of a report by the plainest program: no SQL, no roll-up, no arithmetic on time zones. */
export function recount(asked: Recount): Record<string, unknown> {
  const { question, days, zone, nowMs } = asked
  const wall = wallClock(zone)
  const all = asked.rows.filter((row) => row.site === question.site && question.filters.every(passes(row)))
  const rows = all.filter((row) => isWithin(wall(row.time), days))
  const before = question.compare === 'none' ? null : previousDays(days, question.compare)
  const rowsBefore = before === null ? [] : all.filter((row) => isWithin(wall(row.time), before))
  const previous = rowsBefore.filter((row) => row.time < sameTimeMs(asked))
  return {
    totals: totals(rows, question),
    previous: before === null ? null : { ...totals(previous, question), ...before },
    series: series(rows, { wall, days, nowMs }),
    previousSeries: before === null ? [] : series(rowsBefore, { wall, days: before, nowMs: Infinity }),
    top: Object.fromEntries(
      question.by
        .filter((column) => column !== 'landing')
        .map((column) => [column, list(rows, column).slice(0, question.limit)]),
    ),
    distinct: Object.fromEntries(
      question.by
        .filter((column) => column !== 'landing')
        .map((column) => [column, list(rows, column).length]),
    ),
    hours: week(rows, wall),
    ledger: ledger(rows),
  }
}

const passes =
  (row: Row) =>
  ({ column, values, exclude }: Filter): boolean =>
    values.includes(row[column]) !== exclude

function isWithin(wall: string, { from, to }: Days): boolean {
  return from <= wall.slice(0, 10) && wall.slice(0, 10) <= to
}

/** The first minute of the compared day at which the clock shows what it shows now, or later. */
function sameTimeMs({ question, days, zone, nowMs }: Recount): number {
  const wall = wallClock(zone)
  const [today = '', time = ''] = wall(nowMs).split(' ')
  if (question.compare === 'none' || today < days.from || today > days.to) return Infinity
  const day = dayBeside(today, days, question.compare)
  if (day === null) return Infinity
  let timeMs = Date.parse(day) - 20 * 3_600_000
  while (wall(timeMs) < `${day} ${time}`) timeMs += 60_000
  return timeMs
}

const isCounted = (row: Row): boolean => row.verdict === 'counted'
const isView = (row: Row): boolean => isCounted(row) && row.kind === 'view'
const isVisit = (row: Row): boolean => isCounted(row) && (row.kind === 'view' || row.kind === 'number')
const isEvent = (row: Row): boolean => isCounted(row) && row.kind === 'event'

function count(rows: readonly Row[], holds: (row: Row) => boolean): number {
  return rows.filter(holds).reduce((sum, row) => sum + row.count, 0)
}

function visitors(rows: readonly Row[]): number | null {
  const known = rows.some(
    (row) =>
      (isView(row) && row.view_number !== null) ||
      (isVisit(row) && row.view_number !== null && row.view_number < 3),
  )
  return known ? count(rows, (row) => isVisit(row) && row.view_number === 1) : null
}

function totals(rows: readonly Row[], { filters }: Question): Totals {
  const changing = new Set(['path', 'referrer', 'channel', 'source', 'medium', 'campaign'])
  const first = visitors(rows)
  const rated = first !== null && first > 0 && !filters.some(({ column }) => changing.has(column))
  const second = count(rows, (row) => isVisit(row) && row.view_number === 2)
  return {
    pageViews: count(rows, isView),
    visitors: first,
    visitorsShare:
      first === null
        ? null
        : count(rows, (row) => isView(row) && row.view_number !== null) / count(rows, isView),
    viewsPerVisitor: rated ? count(rows, (row) => isView(row) && row.view_number !== null) / first : null,
    bounceRate: rated ? Math.max(0, 1 - second / first) : null,
    events: count(rows, isEvent),
  }
}

/** Every bucket that some minute of the days falls into. */
function series(
  rows: readonly Row[],
  { wall, days, nowMs }: { wall: (timeMs: number) => string; days: Days; nowMs: number },
): SeriesPoint[] {
  const bucket = (timeMs: number): string =>
    days.from === days.to ? `${wall(timeMs).slice(0, 13).replace(' ', 'T')}:00` : wall(timeMs).slice(0, 10)
  const times = new Set<string>()
  const lastMs = Math.min(nowMs, Date.parse(days.to) + 48 * 3_600_000)
  for (let timeMs = Date.parse(days.from) - 24 * 3_600_000; timeMs <= lastMs; timeMs += 900_000) {
    if (isWithin(wall(timeMs), days)) times.add(bucket(timeMs))
  }
  const known = visitors(rows) !== null
  return [...times].map((time) => {
    const own = rows.filter((row) => bucket(row.time) === time)
    const views = count(own, isView)
    const first = views === 0 ? count(own, (row) => isVisit(row) && row.view_number === 1) : visitors(own)
    return { time, pageViews: views, visitors: known ? first : null, events: count(own, isEvent) }
  })
}

function list(rows: readonly Row[], column: ReportColumn): TopRow[] {
  const ofEvents = ['event', 'target', 'window'].includes(column)
  const ofEntries = ['path', 'referrer', 'channel', 'source', 'medium', 'campaign'].includes(column)
  const key = (row: Row): string => JSON.stringify([row[column], column === 'referrer' ? row.channel : null])
  return [...Map.groupBy(rows, key).values()]
    .filter((own) =>
      ofEvents
        ? own.some(isEvent)
        : own.some((row) => isView(row) || (isVisit(row) && row.view_number === 1)),
    )
    .map((own) => ({
      value: own[0]?.[column] ?? null,
      pageViews: count(own, isView),
      visitors: visitors(own),
      ...(ofEntries
        ? {
            entries:
              visitors(own) === null ? null : count(own, (row) => isView(row) && row.view_number === 1),
          }
        : {}),
      ...(ofEvents ? { events: count(own, isEvent) } : {}),
      ...(column === 'referrer' ? { channel: own[0]?.channel ?? null } : {}),
    }))
    .sort(
      (a, b) =>
        rank(b, column) - rank(a, column) ||
        (b.pageViews ?? 0) - (a.pageViews ?? 0) ||
        compare(a.value, b.value) ||
        compare(a.channel, b.channel),
    )
}

function rank(row: TopRow, column: ReportColumn): number {
  if (row.events !== undefined) return row.events
  return column === 'path' ? (row.pageViews ?? 0) : (row.visitors ?? 0)
}

/** By bytes, what is not known last. */
function compare(a: string | null = null, b: string | null = null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function week(rows: readonly Row[], wall: (timeMs: number) => string): number[][] {
  const views = rows.filter(isView).map((row) => wall(row.time))
  const cell = (day: number, hour: number): number =>
    views.filter(
      (time) =>
        (new Date(time.slice(0, 10)).getUTCDay() + 6) % 7 === day && Number(time.slice(11, 13)) === hour,
    ).length
  return Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_, hour) => cell(day, hour)))
}

function ledger(rows: readonly Row[]): Record<string, unknown> {
  const refused = Map.groupBy(
    rows.filter((row) => !isCounted(row)),
    (row) => row.verdict,
  )
  const counted = count(rows, isCounted)
  return {
    received: count(rows, () => true),
    counted,
    refused: Object.fromEntries([...refused].map(([verdict, own]) => [verdict, count(own, () => true)])),
  }
}
