import type { Days } from '../period.ts'
import type { Granularity, Report } from '../report/report.ts'
import type { Settings } from '../settings.ts'
import type { Clock } from './days.ts'
import { dayAfter, daysBetween, monthDayWords, shortMonthWords, weekdayOf } from './days.ts'

/** What one bar of a chart stands for. */
export type Grain = Report['granularity']

/** Head of a table's column of buckets. */
export const GRAIN_HEADS: Readonly<Record<Grain, string>> = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
}

/** Neighbouring points of a series, drawn as one bar. */
export interface Bucket {
  /** Its first and last hour or day, within the period. */
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

/** A series, as far as its times go. */
export interface Course {
  /** Starts of its points: `2026-11-23` or `2026-11-23T14:00`, ascending, without gaps; those to come may be absent. */
  readonly times: readonly string[]
  readonly period: Days
  /** How long its points are. */
  readonly granularity: Grain
  /** What was asked for: with `auto`, points are joined until their bars can be pointed at. */
  readonly asked: Granularity
  readonly weekStart: Settings['weekStart']
}

/** More bars than this are too thin to point at; longer periods are drawn by week, then by month. */
const DAY_BARS_MAX = 92
const WEEK_BARS_MAX = 106
/** Up to here Mondays are named below the axis, then months. */
const MONDAY_TICKS_DAYS_MAX = 45

const HOUR_MS = 3_600_000
/** Weekdays, 0 = Monday. */
export const WEEK_STARTS: Readonly<Record<Settings['weekStart'], number>> = {
  monday: 0,
  saturday: 5,
  sunday: 6,
}

/**
 * The bars of a series: one a point or, where those were too many, one a week or month of the calendar. Those to come
 * are among them, so that they are an empty place in a chart. The first and the last may hold fewer days than others.
 */
export function planBuckets(course: Course): Buckets {
  const grain = grainOf(course)
  const times = timesOf(course)
  const first = WEEK_STARTS[course.weekStart]
  const starts = times.flatMap((time, index) =>
    index === 0 || grain === course.granularity || begins(time, grain, first) ? [index] : [],
  )
  const list = starts.map((start, index) => {
    const end = starts[index + 1] ?? times.length
    const from = laterOf(times[start] ?? '', course.period.from)
    return { from, to: grain === 'hour' ? from : dayAfter(times[end] ?? endOf(course), -1), start, end }
  })
  return { grain, list }
}

/** The bars of a series of days. */
export function planDays(times: readonly string[], rest: Pick<Course, 'period' | 'weekStart'>): Buckets {
  return planBuckets({ ...rest, times, granularity: 'day', asked: 'auto' })
}

function grainOf({ granularity, asked, period }: Course): Grain {
  if (asked !== 'auto' || granularity !== 'day') return granularity
  const days = daysBetween(period.from, period.to)
  if (days <= DAY_BARS_MAX) return 'day'
  return days <= WEEK_BARS_MAX * 7 ? 'week' : 'month'
}

function begins(time: string, grain: Grain, weekStart: number): boolean {
  return grain === 'week' ? weekdayOf(time) === weekStart : time.endsWith('-01')
}

/** The times of all points, those that have not come yet included. */
function timesOf(course: Course): readonly string[] {
  const times = [...course.times]
  const end = endOf(course)
  let next = times.length === 0 ? startOf(course) : timeAfter(times.at(-1) ?? '', course.granularity)
  while (next < end) {
    times.push(next)
    next = timeAfter(next, course.granularity)
  }
  return times
}

function startOf({ period, granularity }: Course): string {
  return granularity === 'hour' ? `${period.from}T00:00` : period.from
}

/** Just behind the last point. */
function endOf({ period, granularity }: Course): string {
  const after = dayAfter(period.to, 1)
  return granularity === 'hour' ? `${after}T00:00` : after
}

function timeAfter(time: string, grain: Grain): string {
  if (grain === 'hour') return new Date(Date.parse(`${time}Z`) + HOUR_MS).toISOString().slice(0, 16)
  if (grain === 'day') return dayAfter(time, 1)
  if (grain === 'week') return dayAfter(time, 7)
  return `${dayAfter(`${time.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other
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

/** The period that a bucket is, in the words of addresses: for an hour its day. */
export function bucketPeriod({ from, to }: Bucket, grain: Grain): string {
  if (grain === 'hour') return from.slice(0, 10)
  if (from === to) return from
  const wholeMonth = from.endsWith('-01') && dayAfter(to, 1).endsWith('-01')
  return grain === 'month' && wholeMonth ? from.slice(0, 7) : `${from}..${to}`
}

/**
 * The words below the axis, one for each bucket, null for most: every third hour, or midnights; Mondays; the first
 * bucket of a month; or years; and "today" where it is. What would touch "today" is left out.
 */
export function ticksOf({ grain, list }: Buckets, clock: Clock): readonly (string | null)[] {
  const today = grain === 'day' ? list.findIndex(({ from }) => from === clock.day) : -1
  const near = list.length / 12
  return list.map((bucket, index) => {
    if (index === today) return 'today'
    if (today >= 0 && Math.abs(index - today) < near) return null
    return TICKS[grain](bucket, list.length)
  })
}

const HOURS_A_DAY = 24
const MONTHS_NAMED_MAX = 13
/** Days that are named below hours. */
const DAY_TICKS_MAX = 8

const TICKS: Readonly<Record<Grain, (bucket: Bucket, buckets: number) => string | null>> = {
  hour: ({ from }, hours) => {
    const hour = Number(from.slice(11, 13))
    if (hours <= HOURS_A_DAY + 1) return hour % 3 === 0 ? from.slice(11, 16) : null
    const days = Math.ceil(hours / HOURS_A_DAY)
    const named = days <= DAY_TICKS_MAX || weekdayOf(from.slice(0, 10)) === 0
    return hour === 0 && named ? monthDayWords(from.slice(0, 10)) : null
  },
  day: (bucket, days) => {
    if (days > MONDAY_TICKS_DAYS_MAX) return monthTick(bucket)
    return weekdayOf(bucket.from) === 0 ? monthDayWords(bucket.from) : null
  },
  week: monthTick,
  month: (bucket, months) => (months <= MONTHS_NAMED_MAX ? monthTick(bucket) : yearTick(bucket)),
}

/** A month's name, or the year's, where the bucket holds its first day. */
function monthTick({ from, to }: Bucket): string | null {
  const first = `${to.slice(0, 7)}-01`
  if (first < from) return null
  return first.slice(5, 7) === '01' ? first.slice(0, 4) : shortMonthWords(first)
}

function yearTick({ from }: Bucket): string | null {
  return from.slice(5, 7) === '01' ? from.slice(0, 4) : null
}
