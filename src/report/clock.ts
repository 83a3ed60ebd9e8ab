import type { Days } from '../period.ts'
import { dayNumber } from '../period.ts'
import type { ZoneOffset } from '../zone.ts'
import { dayStartIn, zoneOffsets } from '../zone.ts'
import type { Sql } from './sql.ts'
import { timestamp } from './sql.ts'

const HOUR_MS = 3_600_000
const QUARTER_MS = 900_000
const DAY_MS = 86_400_000
/** Days before and after a period whose offsets are known too. */
const MARGIN_MS = 3 * DAY_MS

/** The days of a zone's calendar around a period. */
export interface Clock {
  readonly zone: string
  readonly offsets: readonly ZoneOffset[]
}

/** Instants, ms UTC: from (inclusive) to (exclusive). */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** The clock of a zone for questions about these days. */
export function openClock(zone: string, { from, to }: Days): Clock {
  const fromMs = dayNumber(from) * DAY_MS - MARGIN_MS
  return { zone, offsets: zoneOffsets(zone, fromMs, dayNumber(to) * DAY_MS + MARGIN_MS) }
}

/** The instants of days, both included. */
export function spanOf(clock: Clock, { from, to }: Days): Span {
  return { fromMs: startOf(clock, dayNumber(from)), toMs: startOf(clock, dayNumber(to) + 1) }
}

/**
 * The hour of another day in which the zone's clock first showed the time that it shows at `timeMs`, as of `hourAt`, and
 * its span up to that time.
 */
export function sameHourOn(
  clock: Clock,
  day: string,
  timeMs: number,
): { readonly hour: number; readonly span: Span } {
  const wallMs = (timeMs + offsetAt(clock, timeMs)) % DAY_MS
  const shownAt = (wallMs: number): number =>
    Math.round(dayStartIn(clock.offsets, dayNumber(day) + wallMs / DAY_MS))
  const hour = Math.floor(wallMs / HOUR_MS)
  const span = { fromMs: shownAt(hour * HOUR_MS), toMs: shownAt(wallMs) }
  return { hour: dayNumber(day) * (DAY_MS / HOUR_MS) + hour, span }
}

/** Hours of the zone's wall clock since 1970-01-01T00:00, whole. */
function hourAt(clock: Clock, timeMs: number): number {
  return Math.floor((timeMs + offsetAt(clock, timeMs)) / HOUR_MS)
}

/** Days since 1970-01-01 that the calendar has, of those that began by `nowMs`. */
export function daysBegun(clock: Clock, { from, to }: Days, nowMs: number): readonly number[] {
  const days: number[] = []
  for (let day = dayNumber(from); day <= dayNumber(to); day++) {
    const startMs = startOf(clock, day)
    if (startMs <= nowMs && startMs < startOf(clock, day + 1)) days.push(day)
  }
  return days
}

/** Hours, as of `hourAt`, that the clock showed on days by `nowMs`: 23 on a day that lost one. */
export function hoursBegun(clock: Clock, days: Days, nowMs: number): readonly number[] {
  const { fromMs, toMs } = spanOf(clock, days)
  const hours = new Set<number>()
  for (let timeMs = fromMs; timeMs < toMs && timeMs <= nowMs; timeMs += QUARTER_MS)
    hours.add(hourAt(clock, timeMs))
  return [...hours]
}

/** `hourAt` of the column `time`, for instants within the span. */
export function hourSql(clock: Clock, span: Span): Sql {
  return `(epoch_ms(time) + ${offsetSql(clock, span)}) // ${HOUR_MS}`
}

/** `2026-11-23T14:00`. */
export function hourText(hour: number): string {
  return `${new Date(hour * HOUR_MS).toISOString().slice(0, 13)}:00`
}

/** `2026-11-23T14:05`, on the zone's clock. */
export function minuteText(clock: Clock, timeMs: number): string {
  return new Date(timeMs + offsetAt(clock, timeMs)).toISOString().slice(0, 16)
}

/** Offset in force at each row's time: constant between clock changes, so that no row needs a time zone's rules. */
function offsetSql({ offsets }: Clock, { fromMs, toMs }: Span): Sql {
  const within = offsets.filter(
    (offset, index) => offset.fromMs < toMs && (offsets[index + 1]?.fromMs ?? Infinity) > fromMs,
  )
  const last = String(within.at(-1)?.offsetMs ?? 0)
  if (within.length < 2) return last
  const cases = within.slice(0, -1).map(({ offsetMs }, index) => {
    return `WHEN time < ${timestamp(within[index + 1]?.fromMs ?? 0)} THEN ${offsetMs}`
  })
  return `CASE ${cases.join(' ')} ELSE ${last} END`
}

function startOf({ offsets }: Clock, day: number): number {
  return dayStartIn(offsets, day)
}

function offsetAt({ offsets }: Clock, timeMs: number): number {
  return (offsets.findLast(({ fromMs }) => fromMs <= timeMs) ?? offsets[0])?.offsetMs ?? 0
}
