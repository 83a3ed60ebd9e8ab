import { AppError } from './errors.ts'
import { LIMITS } from './limits.ts'

const DAY_MS = 86_400_000

/** Days of a calendar, `2026-11-23`, both included. */
export interface Days {
  readonly from: string
  readonly to: string
}

/** What people call periods; dates (`2026`, `2026-11`, `2026-11-23`) and `FIRST..LAST` come on top. */
const NAMED: Readonly<Record<string, (today: string, firstDay: string | null) => Days>> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: (today) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  '7d': (today) => ({ from: addDays(today, -6), to: today }),
  '28d': (today) => ({ from: addDays(today, -27), to: today }),
  '90d': (today) => ({ from: addDays(today, -89), to: today }),
  '12mo': (today) => ({ from: addDays(addMonths(today, -12), 1), to: today }),
  month: (today) => dated(today.slice(0, 7)) ?? { from: today, to: today },
  year: (today) => dated(today.slice(0, 4)) ?? { from: today, to: today },
  all: (today, firstDay) => lastYears(firstDay === null || firstDay > today ? today : firstDay, today),
}

/**
 * The days that a person's words mean: `today`, `yesterday`, `7d`, `28d`, `90d`, `12mo`, `month`, `year`, `2026`,
 * `2026-11`, `2026-11-23`, `2026-11-01..2026-11-15` or `all`. Those of `month` and of dates may lie ahead.
 *
 * @param today the site's day
 * @param firstDay of the site's first hit, for `all`, which is cut to the last `LIMITS.periodYearsMax` years
 * @throws {AppError} PERIOD_INVALID
 */
export function parsePeriod(words: string, today: string, firstDay: string | null): Days {
  const named = Object.hasOwn(NAMED, words) ? NAMED[words] : undefined
  const days = named?.(today, firstDay) ?? dated(words) ?? between(words)
  if (days === null) throw invalid(words, `expected ${Object.keys(NAMED).join(', ')}, a date or FIRST..LAST`)
  if (days.from > days.to) throw invalid(words, `it ends before it begins; write ${days.to}..${days.from}`)
  const years = LIMITS.periodYearsMax
  if (days.to > lastDayOf(days.from))
    throw invalid(words, `it has more than ${years} years; ask for ${days.from}..${lastDayOf(days.from)}`)
  return days
}

/**
 * The days to compare with: `year`, the same dates a year before (28 February for the 29th); `previous`, as
 * many days just before, or as many months where the period is whole months.
 */
export function previousDays(days: Days, comparison: 'previous' | 'year'): Days {
  if (comparison === 'year') return { from: addMonths(days.from, -12), to: addMonths(days.to, -12) }
  const to = addDays(days.from, -1)
  const months = wholeMonths(days)
  return { from: months === 0 ? addDays(to, 1 - dayCount(days)) : addMonths(days.from, -months), to }
}

/** The day of the compared period that stands beside `day`; null where that period is shorter. */
export function dayBeside(day: string, days: Days, comparison: 'previous' | 'year'): string | null {
  if (comparison === 'year') return addMonths(day, -12)
  const previous = previousDays(days, comparison)
  const beside = addDays(previous.from, dayNumber(day) - dayNumber(days.from))
  return beside > previous.to ? null : beside
}

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS
}

/** The day so many days after 1970-01-01: `2026-11-23`. */
export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}

function addDays(day: string, days: number): string {
  return dayOf(dayNumber(day) + days)
}

/** The same day of another month, or that month's last. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)) / DAY_MS)
}

function dayCount({ from, to }: Days): number {
  return dayNumber(to) - dayNumber(from) + 1
}

/** How many months of the calendar these days are; 0 when they begin or end within one. */
function wholeMonths({ from, to }: Days): number {
  const after = addDays(to, 1)
  if (!from.endsWith('-01') || !after.endsWith('-01')) return 0
  const [months = 0, before = 0] = [after, from].map(
    (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)),
  )
  return months - before
}

/** The last day that a period from this day on may have. */
function lastDayOf(from: string): string {
  return addDays(addMonths(from, 12 * LIMITS.periodYearsMax), -1)
}

function lastYears(from: string, to: string): Days {
  const earliest = addDays(addMonths(to, -12 * LIMITS.periodYearsMax), 1)
  return { from: from < earliest ? earliest : from, to }
}

/** A year, a month or a day; null when the words are none of these. */
function dated(words: string): Days | null {
  const [, year, month, date] = /^([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(words) ?? []
  if (year === undefined) return null
  const from = `${year}-${month ?? '01'}-${date ?? '01'}`
  if (Number.isNaN(Date.parse(from)) || dayOf(dayNumber(from)) !== from) return null
  if (date !== undefined) return { from, to: from }
  return { from, to: addDays(addMonths(from, month === undefined ? 12 : 1), -1) }
}

function between(words: string): Days | null {
  const [, first = '', last = ''] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(words) ?? []
  const [from, to] = [dated(first), dated(last)]
  return from === null || to === null ? null : { from: from.from, to: to.to }
}

function invalid(words: string, problem: string): AppError {
  return new AppError('PERIOD_INVALID', `Cannot read period "${words}": ${problem}`)
}
