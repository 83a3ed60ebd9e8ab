import type { Days } from '../period.ts'
import type { Clock } from './days.ts'
import { dayAfter, daysBetween, monthDayWords, shortMonthWords, weekdayOf } from './days.ts'

/** What one bar of a chart stands for. */
export type Grain = 'hour' | 'day' | 'week' | 'month'

/** Head of a table's column of buckets. */
export const GRAIN_HEADS: Readonly<Record<Grain, string>> = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
}

/** Neighbouring points of a series, drawn as one bar. */
export interface Bucket {
  /** Times of its first and last point. */
  readonly from: string
  readonly to: string
  /** Its points are `points.slice(start, end)`. */
  readonly start: number
  readonly end: number
}

export interface Buckets {
  readonly grain: Grain
  readonly list: readonly Bucket[]
}

/** More bars than this are too thin to point at; longer periods are drawn by week, then by month. */
const DAY_BARS_MAX = 92
const WEEK_BARS_MAX = 106
/** Up to here Mondays are named below the axis, then months. */
const MONDAY_TICKS_DAYS_MAX = 45

/**
 * Groups the points of a series into bars: hours and days as they are, weeks from Monday, months of the
 * calendar. The first and the last may hold fewer days than the others.
 *
 * @param times `2026-11-23` or `2026-11-23T14:00`, ascending, without gaps
 */
export function planBuckets(times: readonly string[]): Buckets {
  const grain = grainOf(times)
  const starts = times.flatMap((time, index) => (index === 0 || begins(time, grain) ? [index] : []))
  const list = starts.map((start, index) => {
    const end = starts[index + 1] ?? times.length
    return { from: times[start] ?? '', to: times[end - 1] ?? '', start, end }
  })
  return { grain, list }
}

/**
 * The times of a period's points, those that have not come yet included, so that what is to come is an empty
 * place in a chart: days to the last one, or hours to midnight.
 *
 * @param begun times of the points there are
 */
export function timesOf(begun: readonly string[], { from, to }: Days): readonly string[] {
  const last = begun.at(-1)
  if (last?.includes('T') === true) {
    const hours = Array.from({ length: 23 - Number(last.slice(11, 13)) }, (_, index) => 23 - index)
    return [...begun, ...hours.reverse().map((hour) => `${from}T${String(hour).padStart(2, '0')}:00`)]
  }
  const next = last === undefined ? from : dayAfter(last, 1)
  const coming = next > to ? 0 : daysBetween(next, to)
  return [...begun, ...Array.from({ length: coming }, (_, index) => dayAfter(next, index))]
}

function grainOf(times: readonly string[]): Grain {
  if (times[0]?.includes('T') === true) return 'hour'
  if (times.length <= DAY_BARS_MAX) return 'day'
  return times.length <= WEEK_BARS_MAX * 7 ? 'week' : 'month'
}

function begins(time: string, grain: Grain): boolean {
  if (grain === 'week') return weekdayOf(time) === 0
  return grain === 'month' ? time.endsWith('-01') : true
}

/** The sum of a bucket's points; null as soon as one of them is not known or not there. */
export function sumOf(bucket: Bucket, values: readonly (number | null)[]): number | null {
  if (values.length < bucket.end) return null
  let sum = 0
  for (const value of values.slice(bucket.start, bucket.end)) {
    if (value === null) return null
    sum += value
  }
  return sum
}

/** Whether a bucket is over, holds the present moment, or has not begun. */
export type Progress = 'whole' | 'unfinished' | 'to-come'

/** Where a bucket stands on the clock of its site. */
export function progressOf(bucket: Bucket, clock: Clock): Progress {
  const now = bucket.from.includes('T') ? `${clock.day}T${clock.minute.slice(0, 2)}` : clock.day
  if (bucket.to.slice(0, now.length) < now) return 'whole'
  return bucket.from.slice(0, now.length) <= now ? 'unfinished' : 'to-come'
}

/** The period that a bucket is, in the words of addresses; null for an hour, which is none. */
export function bucketPeriod({ from, to }: Bucket, grain: Grain): string | null {
  if (grain === 'hour') return null
  if (from === to) return from
  const wholeMonth = from.endsWith('-01') && dayAfter(to, 1).endsWith('-01')
  return grain === 'month' && wholeMonth ? from.slice(0, 7) : `${from}..${to}`
}

/**
 * The words below the axis, one for each bucket, null for most: every third hour, Mondays, the first bucket
 * of a month, or years; and "today" where it is. What would touch "today" is left out.
 */
export function ticksOf({ grain, list }: Buckets, clock: Clock): readonly (string | null)[] {
  const today = grain === 'day' ? list.findIndex(({ from }) => from === clock.day) : -1
  const near = list.length / 12
  return list.map((bucket, index) => {
    if (index === today) return 'today'
    if (today >= 0 && Math.abs(index - today) < near) return null
    return tickOf(bucket, { grain, days: list.length })
  })
}

function tickOf({ from, to }: Bucket, { grain, days }: { grain: Grain; days: number }): string | null {
  if (grain === 'hour') return Number(from.slice(11, 13)) % 3 === 0 ? from.slice(11, 16) : null
  if (grain === 'day' && days <= MONDAY_TICKS_DAYS_MAX)
    return weekdayOf(from) === 0 ? monthDayWords(from) : null
  if (grain === 'month') return from.slice(5, 7) === '01' ? from.slice(0, 4) : null
  const first = `${to.slice(0, 7)}-01`
  if (first < from) return null
  return first.slice(5, 7) === '01' ? first.slice(0, 4) : shortMonthWords(first)
}
