import type { ZoneOffset } from '../zone.ts'
import { zoneOffsets } from '../zone.ts'
import type { Table } from './table.ts'

const HOUR_MS = 3_600_000
const DAY_HOURS = 24
/** The zone of hits that named no known site. */
const NO_SITE_ZONE = 'UTC'

/** Rows of a table that lie together. */
interface Range {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** Rows of one hour of a day on the site's calendar. */
export interface HourRun extends Range {
  readonly day: number
  /** 0 to 23. */
  readonly hour: number
}

/** Rows of one site and one day on its calendar. */
export interface SiteDay extends Range {
  readonly site: string | null
  /** Days since 1970-01-01. */
  readonly day: number
  /** Those with hits, in order of time. */
  readonly hours: readonly HourRun[]
}

/** Cuts a table, sorted by (site, time), into the days of each site's zone, and these into hours. */
export function* siteDays(table: Table, zoneOf: (site: string) => string): Generator<SiteDay> {
  for (const { site, ...range } of siteRuns(table)) {
    let hours: HourRun[] = []
    for (const run of hourRuns(table.times, range, site === null ? NO_SITE_ZONE : zoneOf(site))) {
      if (hours[0] !== undefined && hours[0].day !== run.day) {
        yield siteDay(site, hours)
        hours = []
      }
      hours.push(run)
    }
    yield siteDay(site, hours)
  }
}

function siteDay(site: string | null, hours: readonly HourRun[]): SiteDay {
  return { site, day: hours[0]?.day ?? 0, hours, from: hours[0]?.from ?? 0, to: hours.at(-1)?.to ?? 0 }
}

function* siteRuns(table: Table): Generator<Range & { site: string | null }> {
  const { values, codes } = table.column('site')
  let from = 0
  for (let to = 1; to <= table.rows; to++) {
    if (to < table.rows && codes[to] === codes[from]) continue
    const site = values[codes[from] ?? 0] ?? null
    yield { site: site === null ? null : String(site), from, to }
    from = to
  }
}

function* hourRuns(times: Float64Array, { from, to }: Range, zone: string): Generator<HourRun> {
  const offsets = zoneOffsets(zone, times[from] ?? 0, (times[to - 1] ?? 0) + 1)
  for (const [index, offset] of offsets.entries()) {
    const untilMs = offsets[index + 1]?.fromMs ?? Infinity
    while (from < to && (times[from] ?? 0) < untilMs) {
      const run = hourRun(times, { from, to }, { ...offset, untilMs })
      yield run
      from = run.to
    }
  }
}

function hourRun(
  times: Float64Array,
  { from, to }: Range,
  offset: ZoneOffset & { untilMs: number },
): HourRun {
  const hours = Math.floor(((times[from] ?? 0) + offset.offsetMs) / HOUR_MS)
  const endMs = Math.min((hours + 1) * HOUR_MS - offset.offsetMs, offset.untilMs)
  let end = from + 1
  while (end < to && (times[end] ?? 0) < endMs) end++
  const day = Math.floor(hours / DAY_HOURS)
  return { day, hour: hours - day * DAY_HOURS, from, to: end }
}
