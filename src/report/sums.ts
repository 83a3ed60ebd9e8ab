import type { ReportColumn } from '../row.ts'
import type { Measure } from '../segment/measures.ts'
import { MEASURES } from '../segment/measures.ts'
import type { Sources } from './library.ts'
import { rowsSql } from './library.ts'
import { ROLLED_TABLE } from './rolled.ts'
import type { Sql } from './sql.ts'
import { name, parquet, text } from './sql.ts'

/** A question about one site, as far as SQL is concerned. */
export interface SumsQuestion {
  readonly sources: Sources
  /** Which rows of segments and tail are meant, and which of roll-ups. */
  readonly rows: Sql
  readonly rollupRows: Sql
  /** Hour of the wall clock of a row, as of `hourAt`. */
  readonly hour: Sql
  /** Hours that are summed together for the series: 1 or 24. */
  readonly bucketHours: number
  readonly by: readonly ReportColumn[]
  readonly limit: number
}

/** Which hits a measure adds up: the same as in roll-ups. */
export const MARKS: Readonly<Record<Measure, Sql>> = {
  page_views: `verdict = 'counted' AND kind = 'view'`,
  visitors: `verdict = 'counted' AND kind IN ('view', 'number') AND view_number = 1`,
  second_views: `verdict = 'counted' AND kind IN ('view', 'number') AND view_number = 2`,
  numbered_views: `verdict = 'counted' AND kind = 'view' AND view_number IS NOT NULL`,
  entries: `verdict = 'counted' AND kind = 'view' AND view_number = 1`,
  events: `verdict = 'counted' AND kind = 'event'`,
  hits: 'true',
}

/** Whether only hits other than page views carry the column, so that its list counts those. */
export function isOfEvents(column: ReportColumn): boolean {
  return column === 'event' || column === 'target' || column === 'window'
}

/**
 * One statement for all that a report shows. `column` tells its rows apart: '' = the sums of a `bucket`; 'week' =
 * the page views of an hour of the week (from Monday), as `bucket`; 'verdict' = the hits of the verdict `value`; a
 * listed column = one of the first rows of its list, beside the number of `distinct_values`.
 *
 * Segments and tail are read once, with one grouping set for hours and one for each list; what roll-ups hold is
 * added to that.
 */
export function sumsSql(question: SumsQuestion): Sql {
  const { sources, by, bucketHours } = question
  const parts = by.length === 0 ? HOUR_PARTS : [...HOUR_PARTS, listPart(by)]
  const answers = [
    `SELECT "column", hour // ${bucketHours} AS bucket, ${ALL_SUMS} FROM sums WHERE "column" = '' GROUP BY ALL`,
    `SELECT 'week' AS "column", (hour + ${FIRST_HOUR}) % ${WEEK_HOURS} AS bucket, sum(page_views)::DOUBLE AS page_views
      FROM sums WHERE "column" = '' GROUP BY ALL`,
    `SELECT "column", value, hits::DOUBLE AS hits FROM sums WHERE "column" = 'verdict'`,
    ...(by.length === 0 ? [] : [listsSql(question)]),
  ]
  return `WITH
    hits AS (${hitsSql(question)}),
    cube AS (${cubeSql(by)}),
    scanned AS (${parts.join(' UNION ALL BY NAME ')}),
    sums AS (${sources.rollups.length === 0 ? 'FROM scanned' : withRollupsSql(question)})
    ${answers.join(' UNION ALL BY NAME ')}`
}

const WEEK_HOURS = 168
/** 1970-01-01 was a Thursday. */
const FIRST_HOUR = 72

const ALL_SUMS: Sql = MEASURES.map((measure) => `sum(${measure})::DOUBLE AS ${measure}`).join(', ')

/** The rows that are meant, each with 1 for every measure of lists that it adds to. */
function hitsSql({ sources, rows, hour, by }: SumsQuestion): Sql {
  const marks = listMeasures(by).map((measure) => `CASE WHEN ${MARKS[measure]} THEN 1 END AS ${measure}`)
  return `SELECT *, ${hour} AS hour, ${['channel AS referrer_channel', ...marks].join(', ')}
    FROM (${rowsSql(sources.scanned)}) WHERE ${rows}`
}

/** How many hits of each sort there are in each hour, and of each measure for each value. */
function cubeSql(by: readonly ReportColumn[]): Sql {
  const hourKeys = ['hour', 'kind', 'view_number', 'verdict', 'count']
  const listKeys = by.map((column) => (column === 'referrer' ? ['referrer', 'referrer_channel'] : [column]))
  const keys = [...hourKeys, ...listKeys.flat()].map(name)
  const columns = by.map((column) => `WHEN grouping(${name(column)}) THEN ${text(column)}`)
  const counts = listMeasures(by).map((measure) => `count(${measure}) AS ${measure}`)
  const sets = [hourKeys, ...listKeys].map((set) => `(${set.map(name).join(', ')})`)
  return `SELECT ${[...keys, 'count(*) AS n', ...counts].join(', ')},
    CASE 0 WHEN grouping(hour) THEN '' ${columns.join(' ')} END AS "column"
    FROM hits GROUP BY GROUPING SETS (${sets.join(', ')})`
}

/** The cube's hours and verdicts, as rows like those of roll-ups. */
const HOUR_PARTS: readonly Sql[] = [
  `SELECT "column", hour, NULL::VARCHAR AS channel,
    ${MEASURES.map((measure) => `sum(CASE WHEN ${MARKS[measure]} THEN n * "count" ELSE 0 END) AS ${measure}`).join(', ')}
    FROM cube WHERE "column" = '' GROUP BY ALL`,
  `SELECT 'verdict' AS "column", verdict AS value, sum(n * "count") AS hits FROM cube WHERE "column" = '' GROUP BY ALL`,
]

/** The cube's lists, as rows like those of roll-ups. */
function listPart(by: readonly ReportColumn[]): Sql {
  const channel = by.includes('referrer') ? 'referrer_channel' : 'NULL::VARCHAR'
  return `SELECT "column", coalesce(${by.map(name).join(', ')}) AS value, ${channel} AS channel,
    ${listMeasures(by).join(', ')} FROM cube WHERE "column" <> ''`
}

function withRollupsSql({ sources, rollupRows, by }: SumsQuestion): Sql {
  const sums = MEASURES.map((measure) => `sum(${measure}) AS ${measure}`).join(', ')
  const totals = `SELECT "column", day * 24 + hour AS hour, value, ${MEASURES.join(', ')} FROM ${ROLLED_TABLE}
    WHERE ${rollupRows}`
  const lists = `SELECT "column", value, channel, ${listMeasures(by).join(', ')} FROM ${parquet(sources.rollups)}
    WHERE ${rollupRows} AND "column" IN (${by.map(text).join(', ')})`
  const parts = ['FROM scanned', totals, ...(by.length === 0 ? [] : [lists])]
  return `SELECT "column", hour, value, channel, ${sums} FROM (${parts.join(' UNION ALL BY NAME ')}) GROUP BY ALL`
}

/** The first rows of each list: pages by views, events by events, all else by visitors, then by views. */
function listsSql({ by, limit }: SumsQuestion): Sql {
  const measures = listMeasures(by)
  const events = ['', ...by.filter((column) => isOfEvents(column))].map(text).join(', ')
  const ranks = `CASE WHEN "column" IN (${events}) THEN events WHEN "column" = 'path' THEN page_views ELSE visitors END`
  const row = measures.map((measure) => `${measure}: ${measure}::DOUBLE`)
  return `SELECT "column", count(*) AS distinct_values,
    unnest(min({first: -rank, second: -page_views, value: value, channel: channel, ${row.join(', ')}}, ${limit}), max_depth := 2)
    FROM (SELECT *, ${ranks} AS rank FROM sums WHERE "column" IN (${by.map(text).join(', ')}))
    WHERE CASE WHEN "column" IN (${events}) THEN events > 0 ELSE page_views > 0 OR visitors > 0 END
    GROUP BY "column"`
}

/** Each grouping set pays for each measure, so lists have few: that of events only where a list is of events. */
function listMeasures(by: readonly ReportColumn[]): readonly Measure[] {
  if (by.length === 0) return []
  const measures: readonly Measure[] = ['page_views', 'visitors', 'numbered_views']
  return by.some((column) => isOfEvents(column)) ? [...measures, 'events'] : measures
}
