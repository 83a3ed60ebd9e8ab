import type { Days } from '../period.ts'
import { dayNumber, dayOf, parsePeriod } from '../period.ts'
import { localDay } from '../zone.ts'
import type { Span } from './clock.ts'
import { openClock, spanOf } from './clock.ts'
import type { Cells } from './duck.ts'
import { knownNumberIn, numberIn, textIn } from './duck.ts'
import type { Desk, Shelf, Sources } from './library.ts'
import { IS_VIEW, planSources, rowsSql } from './library.ts'
import type { SiteSummary } from './report.ts'
import { ROLLED_TABLE } from './rolled.ts'
import type { SiteZones } from './site-zones.ts'
import { byZone, isSite, readSiteZones } from './site-zones.ts'
import type { Sql } from './sql.ts'
import { timestamp } from './sql.ts'

/** The period of the views that a list of sites shows. */
const SHOWN_PERIOD = '28d'

/** A site with the day of its first hit, counted or not. */
export interface KeptSite extends Omit<SiteSummary, 'days'> {
  readonly firstHitDay: string
}

/** The sites that hits named, those with most views first. */
export async function readSites(
  desk: Desk,
  shelf: Shelf,
  site: string | null = null,
): Promise<readonly KeptSite[]> {
  const { library, duck } = desk
  const sources = await planSources(desk, shelf.segments)
  const zones = await readSiteZones(desk, sources, site)
  const shownIn = (zone: string): Days =>
    parsePeriod(SHOWN_PERIOD, dayOf(localDay(zone, library.now())), null)
  const rows = await duck.rows(sitesSql(sources, zones, { site, shownIn }))
  return rows.map((row) => siteOf(row, library.zoneOf(textIn(row, 'site') ?? '')))
}

function siteOf(row: Cells, zone: string): KeptSite {
  const first = (name: string): string[] => {
    const timeMs = knownNumberIn(row, `${name}_ms`)
    const days = [knownNumberIn(row, `${name}_day`), timeMs === null ? null : localDay(zone, timeMs)]
    return days.filter((day) => day !== null).map(dayOf)
  }
  return {
    site: textIn(row, 'site') ?? '',
    pageViews: numberIn(row, 'page_views'),
    firstDay: first('counted').sort()[0] ?? null,
    firstHitDay: first('hit').sort()[0] ?? '',
    hits: numberIn(row, 'hits'),
  }
}

interface Asked {
  readonly site: string | null
  readonly shownIn: (zone: string) => Days
}

function sitesSql({ scanned }: Sources, zones: SiteZones, asked: Asked): Sql {
  const firsts = ['hit_ms', 'hit_day', 'counted_ms', 'counted_day'].map(
    (first) => `min(${first}) AS ${first}`,
  )
  return `SELECT site, ${firsts.join(', ')}, sum(page_views)::DOUBLE AS page_views, sum(hits)::DOUBLE AS hits
    FROM (${scannedSql(scanned, zones, asked)} UNION ALL BY NAME ${rolledSql(zones, asked)})
    GROUP BY site ORDER BY page_views DESC, site`
}

function scannedSql(scanned: readonly string[], zones: SiteZones, { site, shownIn }: Asked): Sql {
  const spanIn = (zone: string): Span => spanOf(openClock(zone, shownIn(zone)), shownIn(zone))
  const from = byZone(zones, (zone) => timestamp(spanIn(zone).fromMs))
  const to = byZone(zones, (zone) => timestamp(spanIn(zone).toMs))
  return `SELECT site, min(epoch_ms(time)) AS hit_ms, min(epoch_ms(time)) FILTER (verdict = 'counted') AS counted_ms,
    sum("count") AS hits,
    count(*) FILTER (${IS_VIEW} AND time >= ${from} AND time < ${to}) AS page_views
    FROM (${rowsSql(scanned)}) WHERE ${isSite(site)} GROUP BY site`
}

function rolledSql(zones: SiteZones, { site, shownIn }: Asked): Sql {
  const from = byZone(zones, (zone) => String(dayNumber(shownIn(zone).from)))
  const to = byZone(zones, (zone) => String(dayNumber(shownIn(zone).to)))
  return `SELECT site, min(day) AS hit_day, min(day) FILTER ("column" = 'verdict') AS counted_day,
    sum(hits) FILTER ("column" = '') AS hits,
    sum(page_views) FILTER ("column" = '' AND day BETWEEN ${from} AND ${to}) AS page_views
    FROM ${ROLLED_TABLE} WHERE ${isSite(site)}
    AND ("column" = '' OR value = 'counted') GROUP BY site`
}
