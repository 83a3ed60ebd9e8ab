import type { Days } from '../period.ts'
import type { Clock } from './days.ts'
import { dayAfter, daysBetween, daysWords, fullDayWords, monthWords } from './days.ts'

/** Periods that every page offers by link: words of addresses and what people call them. */
export const PERIODS: readonly (readonly [period: string, words: string])[] = [
  ['today', 'Today'],
  ['yesterday', 'Yesterday'],
  ['7d', '7 days'],
  ['28d', '28 days'],
  ['90d', '90 days'],
  ['month', 'This month'],
  ['12mo', '12 months'],
  ['all', 'All'],
]

/** The name of a period, for a heading. @param period the words of its address */
export function periodTitle(period: string, days: Days): string {
  const [, count, unit] = /^(\d+)(d|mo)$/.exec(period) ?? []
  if (count !== undefined) return `Last ${count} ${unit === 'd' ? 'days' : 'months'}`
  if (period === 'today') return 'Today'
  if (period === 'yesterday') return 'Yesterday'
  if (period === 'all') return 'All days'
  if (days.from === days.to) return fullDayWords(days.from)
  if (isYear(days)) return days.from.slice(0, 4)
  return isMonth(days) || period === 'month' ? monthWords(days.from) : daysWords(days.from, days.to)
}

/** The name of the days that a report is compared with, for the legend of a chart. */
export function comparedWords(days: Days, comparison: 'previous' | 'year'): string {
  if (comparison === 'year') return 'the same days a year before'
  if (isMonth(days)) return monthWords(days.from)
  const count = daysBetween(days.from, days.to)
  return count === 1 ? 'the day before' : `the ${count} days before`
}

/** The days of a period that have begun: those to come are left out. */
export function begunDays({ from, to }: Days, clock: Clock): Days {
  return { from, to: to > clock.day && from <= clock.day ? clock.day : to }
}

/** Whether the words of a period always mean days up to this one. */
export function includesToday(period: string): boolean {
  return period !== 'yesterday' && PERIODS.some(([words]) => words === period)
}

/** Days beyond which a chart by hours is too wide to point at. */
const HOURLY_DAYS_SHOWN = 14

/** Whether a chart of these days may be drawn by hours. */
export function fitsHours({ from, to }: Days): boolean {
  return daysBetween(from, to) <= HOURLY_DAYS_SHOWN
}

/** Whether the present moment lies in the period, so that its sums still grow. */
export function isUnfinished({ from, to }: Days, clock: Clock): boolean {
  return from <= clock.day && clock.day <= to
}

/**
 * The periods of the same length before and after, as words of addresses: months beside months, years beside
 * years, else days. Null for what lies ahead, and for both where the period is all there is.
 */
export function neighbours(
  period: string,
  days: Days,
  clock: Clock,
): { earlier: string | null; later: string | null } {
  if (period === 'all') return { earlier: null, later: null }
  const later = beside(days, 1)
  return { earlier: beside(days, -1).words, later: later.from > clock.day ? null : later.words }
}

function beside(days: Days, direction: 1 | -1): { words: string; from: string } {
  if (isYear(days)) {
    const year = String(Number(days.from.slice(0, 4)) + direction)
    return { words: year, from: `${year}-01-01` }
  }
  if (isMonth(days)) {
    const month = direction === 1 ? dayAfter(days.to, 1) : dayAfter(days.from, -1)
    return { words: month.slice(0, 7), from: `${month.slice(0, 7)}-01` }
  }
  const step = direction * daysBetween(days.from, days.to)
  const [from, to] = [dayAfter(days.from, step), dayAfter(days.to, step)]
  return { words: from === to ? from : `${from}..${to}`, from }
}

/** A month, `2026-11`, and those before it, latest first. @param day of the first one */
export function monthsBack(day: string, count: number): readonly string[] {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back)).toISOString().slice(0, 7),
  )
}

function isYear({ from, to }: Days): boolean {
  return from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`
}

function isMonth({ from, to }: Days): boolean {
  return from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && dayAfter(to, 1).endsWith('-01')
}
