import { textIn } from './duck.ts'
import type { Desk, Sources } from './library.ts'
import { rowsSql } from './library.ts'
import { ROLLED_TABLE } from './rolled.ts'
import type { Sql } from './sql.ts'
import { text } from './sql.ts'

/** Zone of hits that named no known site: as in roll-ups. */
const NO_SITE_ZONE = 'UTC'

/** Sites by the zones of their days. */
export type SiteZones = ReadonlyMap<string, readonly string[]>

/** The sites that the sources have hits of, or one of them. */
export async function readSiteZones(
  { duck, library }: Desk,
  sources: Sources,
  site: string | null = null,
): Promise<SiteZones> {
  const from = [`(${rowsSql(sources.scanned)})`, ROLLED_TABLE]
  const names = await duck.rows(
    from.map((from) => `SELECT DISTINCT site FROM ${from} WHERE ${isSite(site)}`).join(' UNION '),
  )
  const sites = names.map((row) => textIn(row, 'site') ?? '')
  return Map.groupBy(sites, (site) => library.zoneOf(site))
}

/** Whether a row is of a site: of this one, or of any. */
export function isSite(site: string | null): Sql {
  return site === null ? 'site IS NOT NULL' : `site = ${text(site)}`
}

/** A value that depends on a row's site, by its zone alone. */
export function byZone(zones: SiteZones, valueIn: (zone: string) => Sql): Sql {
  const cases = zones
    .entries()
    .map(([zone, sites]) => `WHEN site IN (${sites.map(text).join(', ')}) THEN ${valueIn(zone)}`)
  return zones.size === 0
    ? valueIn(NO_SITE_ZONE)
    : `CASE ${[...cases].join(' ')} ELSE ${valueIn(NO_SITE_ZONE)} END`
}
