import { dayNumber, dayOf } from '../period.ts'

const SHORT = dayFormat({ weekday: 'short', day: 'numeric', month: 'short' })
const FULL = dayFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const LONG = dayFormat({ day: 'numeric', month: 'long', year: 'numeric' })
const MONTH = dayFormat({ month: 'long', year: 'numeric' })
const MONTH_SHORT = dayFormat({ month: 'short' })
const MONTH_DAY = dayFormat({ day: 'numeric', month: 'short' })

function dayFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
}

/** Days are `2026-11-23`. */
function at(day: string): number {
  return Date.parse(day)
}

/** `Wed 11 Nov`. */
export function dayWords(day: string): string {
  return SHORT.format(at(day)).replace(',', '')
}

/** `Wednesday 11 November 2026`. */
export function fullDayWords(day: string): string {
  return FULL.format(at(day)).replace(',', '')
}

/** `11 November 2026`. */
export function longDayWords(day: string): string {
  return LONG.format(at(day))
}

/** `11 Nov`. */
export function monthDayWords(day: string): string {
  return MONTH_DAY.format(at(day))
}

/** `November 2026`. */
export function monthWords(day: string): string {
  return MONTH.format(at(day))
}

/** `Nov`. */
export function shortMonthWords(day: string): string {
  return MONTH_SHORT.format(at(day))
}

/** `27 October – 23 November 2026`: days, both included; the year once where it is one. */
export function daysWords(from: string, to: string): string {
  if (from === to) return longDayWords(from)
  return LONG.formatRange(at(from), at(to)).replaceAll('\u2009', ' ')
}

/** The day so many days later, or earlier when `days` is below zero. */
export function dayAfter(day: string, days: number): string {
  return dayOf(dayNumber(day) + days)
}

/** Days from `from` to `to`, both included. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from) + 1
}

/** 0 = Monday. */
export function weekdayOf(day: string): number {
  return (dayNumber(day) + 3) % 7
}

/** What a clock on the wall of a time zone shows. */
export interface Clock {
  /** `2026-11-23`. */
  readonly day: string
  /** `14:35`. */
  readonly minute: string
  /** `14:35:07`. */
  readonly second: string
}

/** The zone's clock at an instant (ms UTC). */
export function clockAt(timeMs: number, zone: string): Clock {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone })
  const [day = '', second = ''] = format.format(timeMs).split(' ')
  return { day, minute: second.slice(0, 5), second }
}

const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** `3 seconds ago`, `2 days ago`, for a span of milliseconds; what lies ahead is now. */
export function agoWords(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000))
  if (seconds < 60) return AGO.format(-seconds, 'second')
  if (seconds < 3_600) return AGO.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return AGO.format(-Math.floor(seconds / 3_600), 'hour')
  return AGO.format(-Math.floor(seconds / 86_400), 'day')
}
