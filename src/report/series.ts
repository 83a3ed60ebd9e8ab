import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import type { Days } from '../period.ts'
import { dayNumber, dayOf } from '../period.ts'
import type { Settings } from '../settings.ts'
import type { Clock } from './clock.ts'
import { daysBegun, hoursBegun, hourText } from './clock.ts'
import { seriesOf } from './figures.ts'
import type { BucketHours, SliceSums } from './read-sums.ts'
import { addSums } from './read-sums.ts'
import type { Filter, Granularity, Report, SeriesPoint } from './report.ts'

const DAY_HOURS = 24
const WEEK_DAYS = 7

/** Days from the first day of a week to 1970-01-01, a Thursday. */
const WEEK_OFFSETS: Readonly<Record<Settings['weekStart'], number>> = { monday: 3, sunday: 4, saturday: 5 }

/** How a series is cut. */
export interface Grain {
  readonly granularity: Report['granularity']
  /** What its points are summed from. */
  readonly bucketHours: BucketHours
}

/** @throws {AppError} QUESTION_INVALID for more days by hours than `LIMITS.hourlyDaysMax` */
export function planGrain(granularity: Granularity = 'auto', { from, to }: Days): Grain {
  const automatic = from === to ? 'hour' : 'day'
  const grain = granularity === 'auto' ? automatic : granularity
  const days = dayNumber(to) - dayNumber(from) + 1
  if (grain === 'hour' && days > LIMITS.hourlyDaysMax) {
    const what = `a series by hours of ${days} days; at most ${LIMITS.hourlyDaysMax} are possible, by days all of them`
    throw new AppError('QUESTION_INVALID', `Cannot answer the question: it asks for ${what}`)
  }
  return { granularity: grain, bucketHours: grain === 'hour' ? 1 : DAY_HOURS }
}

/** What a series is made for. */
export interface SeriesDeps {
  readonly clock: Clock
  readonly days: Days
  readonly nowMs: number
  readonly weekStart: Settings['weekStart']
  readonly filters: readonly Filter[]
}

/** The points of a series; buckets that have not begun are absent. Weeks and months are sums of days. */
export function readSeries(
  { buckets }: SliceSums,
  { granularity }: Grain,
  deps: SeriesDeps,
): readonly SeriesPoint[] {
  const { clock, days, nowMs, filters } = deps
  if (granularity === 'hour') {
    const points = hoursBegun(clock, days, nowMs).map((bucket) => ({ bucket, time: hourText(bucket) }))
    return seriesOf(buckets, points, filters)
  }
  const startOf = startsBy(granularity, deps.weekStart)
  const grouped = Map.groupBy(buckets, ([hour]) => startOf(Math.floor(hour / DAY_HOURS)))
  const sums = new Map([...grouped].map(([start, all]) => [start, addSums(all.map(([, sums]) => sums))]))
  const starts = new Set(daysBegun(clock, days, nowMs).map(startOf))
  return seriesOf(
    sums,
    [...starts].map((start) => ({ bucket: start, time: dayOf(start) })),
    filters,
  )
}

/** The first day of a day's bucket, both as days since 1970-01-01. */
function startsBy(
  granularity: 'day' | 'week' | 'month',
  weekStart: Settings['weekStart'],
): (day: number) => number {
  if (granularity === 'day') return (day) => day
  if (granularity === 'month') return (day) => dayNumber(`${dayOf(day).slice(0, 7)}-01`)
  const offset = WEEK_OFFSETS[weekStart]
  return (day) => day - ((((day + offset) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS)
}
