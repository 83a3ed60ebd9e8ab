import { isAiCrawler } from '../bot.ts'
import { LIMITS } from '../limits.ts'
import type { Days } from '../period.ts'
import { dayNumber, dayOf, parsePeriod } from '../period.ts'
import { localDay } from '../zone.ts'
import type { Span } from './clock.ts'
import { daysBegun, hourSql, openClock } from './clock.ts'
import type { Cells } from './duck.ts'
import { numberIn, textIn } from './duck.ts'
import { ledgerOf } from './figures.ts'
import type { Desk, Shelf, Sources } from './library.ts'
import { freshness, listShelf, planSources, rowsSql, segmentsWithin } from './library.ts'
import { daysSql } from './read-sums.ts'
import type { BotHits, LedgerDay, LedgerReport } from './report.ts'
import { ROLLED_TABLE, rolledListsSql } from './rolled.ts'
import type { SiteZones } from './site-zones.ts'
import { byZone, isSite, readSiteZones } from './site-zones.ts'
import { readSites } from './sites.ts'
import type { Sql } from './sql.ts'
import { timestamp } from './sql.ts'

const DAY_MS = 86_400_000
const DAY_HOURS = 24

/** Whose ledger of which period is asked for. */
export interface LedgerQuestion {
  readonly site: string | null
  readonly period: string
}

/**
 * The ledger of a period.
 *
 * @throws {AppError} PERIOD_INVALID
 */
export async function readLedger(desk: Desk, { site, period }: LedgerQuestion): Promise<LedgerReport> {
  const { library } = desk
  const zone = library.zoneOf(site ?? '')
  const shelf = await listShelf(desk)
  const firstDay = period === 'all' ? await firstDayOf(desk, shelf, site) : null
  const days = parsePeriod(period, dayOf(localDay(zone, library.now())), firstDay)
  const rows = Map.groupBy(await readRows(desk, shelf, { site, days }), (row) => textIn(row, 'column'))
  const verdicts = rows.get('verdict') ?? []
  return {
    site,
    period: { ...days, timezone: zone },
    ledger: ledgerOf(hitsByVerdict(verdicts), shelf.tallied),
    days: ledgerDays(verdicts, daysBegun(openClock(zone, days), days, library.now())),
    bots: (rows.get('bot') ?? []).map(botOf).slice(0, LIMITS.topRowsMax),
    fresh: freshness(shelf),
  }
}

async function firstDayOf(desk: Desk, shelf: Shelf, site: string | null): Promise<string | null> {
  if (site !== null) return (await readSites(desk, shelf, site))[0]?.firstHitDay ?? null
  return shelf.times === null ? null : dayOf(localDay(desk.library.zoneOf(''), shelf.times.oldestMs))
}

interface Asked {
  readonly site: string | null
  readonly days: Days
}

/** Hits by day and verdict, and by bot, those with most hits first. */
async function readRows(desk: Desk, shelf: Shelf, asked: Asked): Promise<readonly Cells[]> {
  const span = widestSpan(asked.days)
  const segments = segmentsWithin(shelf.segments, span)
  const sources = await planSources(desk, segments)
  const zones = await readSiteZones(desk, sources, asked.site)
  const parts = [scannedSql(sources.scanned, { ...asked, zones, span }), ...rolledParts(sources, asked)]
  return desk.duck.rows(`SELECT "column", day, value, sum(hits)::DOUBLE AS hits
    FROM (${parts.join(' UNION ALL BY NAME ')}) GROUP BY ALL ORDER BY hits DESC, value`)
}

/** The days in whatever zone. */
function widestSpan({ from, to }: Days): Span {
  return { fromMs: (dayNumber(from) - 1) * DAY_MS, toMs: (dayNumber(to) + 2) * DAY_MS }
}

function scannedSql(
  scanned: readonly string[],
  { site, days, zones, span }: Asked & { zones: SiteZones; span: Span },
): Sql {
  const day = byZone(zones, (zone) => `${hourSql(openClock(zone, days), span)} // ${DAY_HOURS}`)
  const between = `time >= ${timestamp(span.fromMs)} AND time < ${timestamp(span.toMs)}`
  return `FROM (
    WITH hits AS (SELECT *, ${day} AS day FROM (${rowsSql(scanned)}) WHERE ${between} AND ${ofSite(site)}),
    sums AS (SELECT day, verdict, bot, sum("count") AS hits FROM hits WHERE ${daysSql(days)} GROUP BY ALL)
    SELECT 'verdict' AS "column", day, verdict AS value, hits FROM sums UNION ALL
    SELECT 'bot' AS "column", NULL AS day, bot AS value, hits FROM sums WHERE bot IS NOT NULL)`
}

function rolledParts({ rollups, unheld }: Sources, { site, days }: Asked): readonly Sql[] {
  const rows = `${daysSql(days)} AND ${ofSite(site)}`
  const verdicts = `SELECT "column", day, value, hits FROM ${ROLLED_TABLE} WHERE ${rows} AND "column" = 'verdict'`
  if (rollups.length === 0) return [verdicts]
  const bots = `SELECT "column", value, hits FROM ${rolledListsSql(unheld)} WHERE ${rows} AND "column" = 'bot'`
  return [verdicts, `${bots} AND value IS NOT NULL`]
}

/** Whether a row is of the site, or there at all: hits that named no site are in the ledger of all. */
function ofSite(site: string | null): Sql {
  return site === null ? 'true' : isSite(site)
}

function ledgerDays(rows: readonly Cells[], days: readonly number[]): readonly LedgerDay[] {
  const byDay = Map.groupBy(rows, (row) => numberIn(row, 'day'))
  return days.map((day) => {
    const verdicts = hitsByVerdict(byDay.get(day) ?? [])
    const { received, counted } = ledgerOf(verdicts, true)
    return { day: dayOf(day), counted, refused: received - counted, byVerdict: Object.fromEntries(verdicts) }
  })
}

function hitsByVerdict(rows: readonly Cells[]): ReadonlyMap<string, number> {
  const hits = new Map<string, number>()
  for (const row of rows) {
    const verdict = textIn(row, 'value') ?? ''
    hits.set(verdict, (hits.get(verdict) ?? 0) + numberIn(row, 'hits'))
  }
  return hits
}

function botOf(row: Cells): BotHits {
  const name = textIn(row, 'value') ?? ''
  return { name, hits: numberIn(row, 'hits'), ai: isAiCrawler(name) }
}
