import type { Days } from '../period.ts'
import { dayNumber, dayOf } from '../period.ts'
import { localDay } from '../zone.ts'
import { hourSql, openClock, spanOf } from './clock.ts'
import { numberIn, textIn } from './duck.ts'
import type { Desk, Shelf } from './library.ts'
import { IS_VIEW, planSources, rowsSql } from './library.ts'
import { ROLLED_TABLE } from './rolled.ts'
import type { SiteZones } from './site-zones.ts'
import { byZone, readSiteZones } from './site-zones.ts'
import type { Sql } from './sql.ts'
import { timestamp } from './sql.ts'

/** Days of which a list of sites knows the page views: four weeks, and the four before them. */
const KNOWN_DAYS = 56

/** Page views of each site by day of its calendar, today last. */
export async function readSiteDays(desk: Desk, shelf: Shelf): Promise<(site: string) => readonly number[]> {
  const sources = await planSources(desk, shelf.segments)
  const zones = await readSiteZones(desk, sources)
  const lastIn = (zone: string): number => localDay(zone, desk.library.now())
  const daysIn = (zone: string): Days => ({
    from: dayOf(lastIn(zone) - KNOWN_DAYS + 1),
    to: dayOf(lastIn(zone)),
  })
  const rows = await desk.duck.rows(daysSql(sources.scanned, zones, daysIn))
  const bySite = Map.groupBy(rows, (row) => textIn(row, 'site') ?? '')
  return (site) => {
    const first = lastIn(desk.library.zoneOf(site)) - KNOWN_DAYS + 1
    const own = bySite.get(site) ?? []
    const views = new Map(own.map((row) => [numberIn(row, 'day'), numberIn(row, 'page_views')]))
    return Array.from({ length: KNOWN_DAYS }, (_, index) => views.get(first + index) ?? 0)
  }
}

function daysSql(scanned: readonly string[], zones: SiteZones, daysIn: (zone: string) => Days): Sql {
  const inZone = (zone: string) => {
    const clock = openClock(zone, daysIn(zone))
    return { clock, span: spanOf(clock, daysIn(zone)) }
  }
  const from = byZone(zones, (zone) => timestamp(inZone(zone).span.fromMs))
  const to = byZone(zones, (zone) => timestamp(inZone(zone).span.toMs))
  const hour = byZone(zones, (zone) => hourSql(inZone(zone).clock, inZone(zone).span))
  const first = byZone(zones, (zone) => String(dayNumber(daysIn(zone).from)))
  const last = byZone(zones, (zone) => String(dayNumber(daysIn(zone).to)))
  return `SELECT site, day, sum(page_views)::DOUBLE AS page_views FROM (
      SELECT site, (${hour}) // 24 AS day, 1 AS page_views FROM (${rowsSql(scanned)})
      WHERE site IS NOT NULL AND ${IS_VIEW} AND time >= ${from} AND time < ${to}
      UNION ALL BY NAME
      SELECT site, day, page_views FROM ${ROLLED_TABLE}
      WHERE site IS NOT NULL AND "column" = '' AND day BETWEEN ${first} AND ${last}
    ) GROUP BY site, day`
}
