import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import type { Days } from '../period.ts'
import { dayBeside, dayNumber, dayOf, parsePeriod, previousDays } from '../period.ts'
import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import { localDay } from '../zone.ts'
import type { Clock } from './clock.ts'
import { openClock, sameHourOn, spanOf } from './clock.ts'
import { ledgerOf, readingOf, topOf, totalsOf, weekOf } from './figures.ts'
import type { Desk, Shelf } from './library.ts'
import { freshness, listShelf } from './library.ts'
import type { Slice, SliceSums, Sums } from './read-sums.ts'
import { addSums, readSums } from './read-sums.ts'
import type { Filter, Question, Report, SeriesPoint } from './report.ts'
import type { Grain } from './series.ts'
import { planGrain, readSeries } from './series.ts'
import { readSites } from './sites.ts'
import { columnOf } from './subject.ts'

/**
 * Answers a question from all hits that were durable when it was asked.
 *
 * @throws {AppError} QUESTION_INVALID, PERIOD_INVALID
 */
export async function answer(desk: Desk, question: Question): Promise<Report> {
  checkLimits(question)
  const { library } = desk
  const nowMs = library.now()
  const zone = library.zoneOf(question.site)
  const shelf = await listShelf(desk)
  const [kept] = question.period === 'all' ? await readSites(desk, shelf, question.site) : []
  const days = parsePeriod(question.period, dayOf(localDay(zone, nowMs)), kept?.firstDay ?? null)
  const clock = openClock(zone, { from: comparedDays(question, days).from, to: days.to })
  const asked = { question, shelf, days, clock, nowMs, grain: planGrain(question.granularity, days) }
  const sums = await readSums(desk, shelf, sliceOf(asked, days))
  return {
    site: question.site,
    period: { ...days, timezone: zone },
    totals: totalsOf(addSums(sums.buckets.values()), question.filters),
    ...(await compare(desk, asked)),
    granularity: asked.grain.granularity,
    series: series(desk, asked, sums),
    ...listsOf(question, sums),
    reading: readingOf(sums),
    hours: weekOf(sums),
    ledger: ledgerOf(sums.verdicts, shelf.tallied),
    fresh: freshness(shelf),
    read: {
      segments: sums.sources.rollups.length + sums.sources.scanned.length,
      tailHits: shelf.tailHits,
      rollups: sums.sources.rollups.length > 0,
      ms: library.now() - nowMs,
    },
  }
}

/** A question with all that its parts need. */
interface Asked {
  readonly question: Question
  readonly shelf: Shelf
  readonly days: Days
  /** Of the period and the one it is compared with. */
  readonly clock: Clock
  readonly nowMs: number
  readonly grain: Grain
}

function checkLimits({ by, filters, limit, offset = 0 }: Question): void {
  checkColumns(by.map(columnOf))
  checkFilters(filters)
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMITS.topRowsMax)
    throw invalid(`its lists are to have ${limit} rows; from 1 to ${LIMITS.topRowsMax} are possible`)
  if (!Number.isInteger(offset) || offset < 0 || offset + limit > LIMITS.listRowsMax)
    throw invalid(
      `its lists are to begin behind row ${offset}; ${LIMITS.listRowsMax} rows can be reached, so search in them`,
    )
}

/** @throws {AppError} QUESTION_INVALID */
export function checkFilters(filters: readonly Filter[]): void {
  checkColumns(filters.map(({ column }) => column))
  const values = filters.flatMap((filter) => filter.values).length
  if (values > LIMITS.filterValuesMax)
    throw invalid(`its filters have ${values} values; at most ${LIMITS.filterValuesMax} are possible`)
}

function checkColumns(columns: readonly ReportColumn[]): void {
  const unknown = columns.find((column) => !REPORT_COLUMNS.includes(column))
  if (unknown !== undefined)
    throw invalid(`"${unknown}" is no column; there are ${REPORT_COLUMNS.join(', ')}`)
}

function invalid(problem: string): AppError {
  return new AppError('QUESTION_INVALID', `Cannot answer the question: ${problem}`)
}

function sliceOf({ question, clock, grain }: Asked, days: Days): Slice {
  const { site, filters, by, limit, offset = 0, search = '' } = question
  return {
    site,
    clock,
    days,
    filters,
    limit,
    offset,
    search,
    span: spanOf(clock, days),
    bucketHours: grain.bucketHours,
    hourlyDay: null,
    lists: [...new Set(by)],
    brief: false,
  }
}

function listsOf({ by, filters }: Question, sums: SliceSums): Pick<Report, 'top' | 'distinct'> {
  const lists = by.flatMap((list) => {
    const rows = topOf(sums, list, filters)
    return rows === null ? [] : [{ list, rows, distinct: sums.distinct.get(list) ?? 0 }]
  })
  return {
    top: Object.fromEntries(lists.map(({ list, rows }) => [list, rows])),
    distinct: Object.fromEntries(lists.map(({ list, distinct }) => [list, distinct])),
  }
}

function comparedDays({ compare }: Question, days: Days): Days {
  return compare === 'none' ? days : previousDays(days, compare)
}

async function compare(desk: Desk, asked: Asked): Promise<Pick<Report, 'previous' | 'previousSeries'>> {
  const { question, days } = asked
  if (question.compare === 'none') return { previous: null, previousSeries: [] }
  const before = comparedDays(question, days)
  const day = dayBesideToday(asked, question.compare)
  const hourlyDay = day === null ? null : dayNumber(day)
  const slice = { ...sliceOf(asked, before), lists: [], brief: true, hourlyDay }
  const sums = await readSums(desk, asked.shelf, slice)
  const same =
    day === null ? addSums(sums.buckets.values()) : await readUntil(desk, asked, { slice, sums, day })
  return {
    previous: { ...totalsOf(same, question.filters), ...before },
    previousSeries: series(desk, { ...asked, days: before, nowMs: Infinity }, sums),
  }
}

/** The day of the compared period that stands beside today; null where that period counts whole. */
function dayBesideToday({ days, clock, nowMs }: Asked, comparison: 'previous' | 'year'): string | null {
  const today = dayOf(localDay(clock.zone, nowMs))
  return today < days.from || today > days.to ? null : dayBeside(today, days, comparison)
}

/** Sums of the compared period up to where the period stands now: whole hours before, and a part of one. */
async function readUntil(
  desk: Desk,
  { shelf, clock, nowMs }: Asked,
  { slice, sums, day }: { slice: Slice; sums: SliceSums; day: string },
): Promise<Sums> {
  const { hour, span } = sameHourOn(clock, day, nowMs)
  const part = await readSums(desk, shelf, { ...slice, span, days: null })
  const before = [...sums.buckets].filter(([bucket]) => bucket < hour)
  return addSums([...before.map(([, sums]) => sums), ...part.buckets.values()])
}

function series(desk: Desk, asked: Asked, sums: SliceSums): readonly SeriesPoint[] {
  const { clock, days, nowMs, grain, question } = asked
  const weekStart = desk.library.weekStart ?? 'monday'
  return readSeries(sums, grain, { clock, days, nowMs, weekStart, filters: question.filters })
}
