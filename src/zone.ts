const DAY_MS = 86_400_000
/** No two changes since 1970 were nearer than a week to each other (America/Recife, October 2000). */
const STEP_MS = 4 * DAY_MS
/** Farther than any zone's clock was ever from UTC, with room for a change in between. */
const REACH_MS = 2 * DAY_MS

/** From `fromMs` on (until the next one begins) local time is UTC plus `offsetMs`. */
export interface ZoneOffset {
  readonly fromMs: number
  readonly offsetMs: number
}

/**
 * The offsets of an IANA time zone over [fromMs, toMs): the first begins at `fromMs`, each further one at a
 * clock change, to the second. For many instants ask once for their range; each call opens the zone anew.
 *
 * @throws {RangeError} when the zone is not known
 */
export function zoneOffsets(zone: string, fromMs: number, toMs: number): readonly ZoneOffset[] {
  const offsetAt = openZone(zone)
  const offsets: ZoneOffset[] = []
  let offsetMs = offsetAt(fromMs)
  offsets.push({ fromMs, offsetMs })
  for (let stepMs = fromMs; stepMs < toMs; stepMs += STEP_MS) {
    const nextMs = Math.min(stepMs + STEP_MS, toMs)
    if (offsetAt(nextMs) === offsetMs) continue
    const changeMs = findChange(offsetAt, stepMs, nextMs)
    offsetMs = offsetAt(changeMs)
    if (changeMs < toMs) offsets.push({ fromMs: changeMs, offsetMs })
  }
  return offsets
}

/** The day on the zone's calendar at an instant, as days since 1970-01-01. */
export function localDay(zone: string, timeMs: number): number {
  return Math.floor((timeMs + openZone(zone)(timeMs)) / DAY_MS)
}

/**
 * The first instant of a day (days since 1970-01-01) on the zone's calendar, ms UTC: midnight, or the clock
 * change that left midnight out. A day that the zone left out altogether begins where the next one does.
 */
export function dayStartMs(zone: string, day: number): number {
  return dayStartIn(zoneOffsets(zone, day * DAY_MS - REACH_MS, day * DAY_MS + REACH_MS), day)
}

/** As `dayStartMs`, by offsets that begin two days before the day or earlier and end two days behind it or later. */
export function dayStartIn(offsets: readonly ZoneOffset[], day: number): number {
  for (const [index, { fromMs, offsetMs }] of offsets.entries()) {
    const startMs = Math.max(fromMs, day * DAY_MS - offsetMs)
    if (startMs < (offsets[index + 1]?.fromMs ?? Infinity)) return startMs
  }
  return day * DAY_MS
}

/** First whole second of (lowMs, highMs] at which the offset is no longer that of `lowMs`. */
function findChange(offsetAt: (timeMs: number) => number, lowMs: number, highMs: number): number {
  const before = offsetAt(lowMs)
  let low = Math.floor(lowMs / 1000)
  let high = Math.ceil(highMs / 1000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * 1000) === before) low = middle
    else high = middle
  }
  return high * 1000
}

function openZone(zone: string): (timeMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (timeMs) => {
    const wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
    for (const { type, value } of format.formatToParts(timeMs)) {
      if (isWallPart(type, wall)) wall[type] = Number(value)
    }
    const localMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)
    return localMs - Math.floor(timeMs / 1000) * 1000
  }
}

function isWallPart<T extends object>(type: string, wall: T): type is Extract<keyof T, string> {
  return Object.hasOwn(wall, type)
}
