import { localDay } from '../zone.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Says what day it is in a time zone: `2026-11-23`. */
export type DayOf = (zone: string, timeMs: number) => string

/** Opening a zone takes longer than all else of a hit, so days are remembered for the minute: none begins within one. */
export function createCalendar(): DayOf {
  let minute = Number.NaN
  let days = new Map<string, string>()
  return (zone, timeMs) => {
    const now = Math.floor(timeMs / MINUTE_MS)
    if (now !== minute) days = new Map()
    minute = now
    const known = days.get(zone)
    if (known !== undefined) return known
    const day = new Date(localDay(zone, timeMs) * DAY_MS).toISOString().slice(0, 10)
    days.set(zone, day)
    return day
  }
}
