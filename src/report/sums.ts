import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import { kindsWith } from '../segment/carried.ts'
import { MEASURES } from '../segment/measures.ts'
import type { Sources } from './library.ts'
import { rowsSql } from './library.ts'
import { markSql, measureSql } from './marks.ts'
import type { ListName } from './report.ts'
import { ROLLED_TABLE, rolledListsSql } from './rolled.ts'
import type { Sql } from './sql.ts'
import { name, text } from './sql.ts'
import type { Subject } from './subject.ts'
import { columnOf, rankOf } from './subject.ts'

/** A question about one site, as far as SQL is concerned. */
export interface SumsQuestion {
  readonly sources: Sources
  /** Which rows of segments and tail are meant, and which of roll-ups. */
  readonly rows: Sql
  readonly rollupRows: Sql
  /** Whether referrals are among them, so that their mirrors (mirror.ts) are, too. */
  readonly mirrored: boolean
  /** Hour of the wall clock of a row, as of `hourAt`. */
  readonly hour: Sql
  /** Hours that are summed together for the series: 1 or 24. */
  readonly bucketHours: number
  /** What hours of the week are counted by. */
  readonly weekly: Subject
  readonly lists: readonly AskedList[]
  /** The rows that are shown of each list. */
  readonly offset: number
  readonly limit: number
  /** What their values contain, in upper or lower case; empty: anything. */
  readonly search: string
  /** Pages whose end was reported, one `path` each; null: reading to the end is not asked for. */
  readonly endPages: Sql | null
}

/** A list and what it counts. */
export interface AskedList {
  readonly list: ListName
  readonly subject: Subject
}

/**
 * One statement for all that a report shows. `column` tells its rows apart: '' = the sums of a `bucket`; 'week' =
 * the hits of an hour of the week (from Monday), as `bucket`; 'verdict' = the hits of the verdict `value`; 'list' = one
 * of the rows of the list `list`; 'distinct' = how many it has; 'reading' = the sums of pages whose end was reported.
 *
 * Segments and tail are read once, with one grouping set for hours and one for each column; what roll-ups hold is
 * added to that.
 */
export function sumsSql(question: SumsQuestion): Sql {
  const { lists, bucketHours, weekly, endPages } = question
  const columns = keyColumns(question)
  const answers = [
    `SELECT "column", hour // ${bucketHours} AS bucket, ${ALL_SUMS} FROM sums WHERE "column" = '' GROUP BY ALL`,
    `SELECT 'week' AS "column", (hour + ${FIRST_HOUR}) % ${WEEK_HOURS} AS bucket,
      sum(${weekly === 'event' ? 'events' : ALL_VIEWS})::DOUBLE AS hits
      FROM sums WHERE "column" = '' GROUP BY ALL`,
    `SELECT "column", value, hits::DOUBLE AS hits FROM sums WHERE "column" = 'verdict'`,
    ...(lists.length === 0 ? [] : listAnswers(question)),
    ...(endPages === null ? [] : [readingAnswer(endPages)]),
  ]
  return `WITH
    hits AS (${hitsSql(question)}),
    cube AS (${cubeSql(columns)}),
    scanned AS (${[...HOUR_PARTS, ...listPart(columns)].join(' UNION ALL BY NAME ')}),
    sums AS (${question.sources.rollups.length === 0 ? 'FROM scanned' : withRollupsSql(question, columns)}),
    listed AS (${lists.length === 0 ? 'SELECT NULL' : listedSql(question)})
    ${answers.join(' UNION ALL BY NAME ')}`
}

/** Pages whose end was reported, by the hits of some sources: rows of one column, `path`. */
export function endPagesSql({ scanned, rollups, unheld }: Sources, rows: Sql, rollupRows: Sql): Sql {
  const ended = `kind = 'event' AND event = 'end' AND verdict = 'counted' AND path IS NOT NULL`
  const parts = [`SELECT path FROM (${rowsSql(scanned)}) WHERE ${rows} AND ${ended}`]
  const rolled = `WHERE ${rollupRows} AND "column" = 'path' AND ends > 0 AND value IS NOT NULL`
  if (rollups.length > 0) parts.push(`SELECT value AS path FROM ${rolledListsSql(unheld)} ${rolled}`)
  return parts.join(' UNION ')
}

const WEEK_HOURS = 168
/** 1970-01-01 was a Thursday. */
const FIRST_HOUR = 72

/** Page views, those that referrals moved here among them. */
const ALL_VIEWS: Sql = 'page_views + moved_views'

const ALL_SUMS: Sql = MEASURES.map((measure) => `sum(${measure})::DOUBLE AS ${measure}`).join(', ')

function keyColumns({ lists, endPages }: SumsQuestion): readonly ReportColumn[] {
  const listed = lists.map(({ list }) => columnOf(list))
  return [...new Set(endPages === null ? listed : [...listed, 'path' as const])]
}

/** The rows that are meant, mirrors among them, each with its mark. */
function hitsSql({ sources, rows, hour, mirrored }: SumsQuestion): Sql {
  const hits = rowsSql(sources.scanned)
  const mirrors = `SELECT * REPLACE (NULL AS referrer, NULL AS channel, -"count" AS "count")
    FROM (${hits}) WHERE kind = 'referral'`
  return `SELECT *, ${hour} AS hour, ${markSql()} AS mark, channel AS referrer_channel
    FROM (${mirrored ? `${hits} UNION ALL ${mirrors}` : hits}) WHERE ${rows}`
}

/** How many rows there are of each sort in each hour, and of each sort for each value. */
function cubeSql(columns: readonly ReportColumn[]): Sql {
  const hourKeys = ['hour', 'verdict', 'count', 'mark']
  const listKeys = columns.map((column) =>
    column === 'referrer' ? ['referrer', 'referrer_channel'] : [column],
  )
  const names = columns.map((column) => `WHEN grouping(${name(column)}) THEN ${text(column)}`)
  const keys = [...hourKeys, ...listKeys.flat()].map(name)
  const sets = [hourKeys, ...listKeys.map((keys) => [...keys, 'mark'])]
  return `SELECT ${[...keys, 'count(*) AS n'].join(', ')},
    CASE 0 WHEN grouping(hour) THEN '' ${names.join(' ')} END AS "column"
    FROM hits GROUP BY GROUPING SETS (${sets.map((set) => `(${set.map(name).join(', ')})`).join(', ')})`
}

/** The cube's hours and verdicts, as rows like those of roll-ups. */
const HOUR_PARTS: readonly Sql[] = [
  `SELECT "column", hour, NULL::VARCHAR AS channel, ${MEASURES.map(measureSql).join(', ')}
    FROM cube WHERE "column" = '' GROUP BY ALL`,
  `SELECT 'verdict' AS "column", verdict AS value, ${measureSql('hits')} FROM cube WHERE "column" = '' GROUP BY ALL`,
]

/** Measures that lists add up. */
const LISTED = MEASURES.filter((measure) => measure !== 'second_views' && measure !== 'hits')

/** The cube's lists, as rows like those of roll-ups. */
function listPart(columns: readonly ReportColumn[]): readonly Sql[] {
  if (columns.length === 0) return []
  const channel = columns.includes('referrer') ? 'referrer_channel' : 'NULL::VARCHAR'
  return [
    `SELECT "column", coalesce(${columns.map(name).join(', ')}) AS value, ${channel} AS channel,
      ${LISTED.map(measureSql).join(', ')} FROM cube WHERE "column" <> '' GROUP BY ALL`,
  ]
}

function withRollupsSql({ sources, rollupRows }: SumsQuestion, columns: readonly ReportColumn[]): Sql {
  const sums = MEASURES.map((measure) => `sum(${measure}) AS ${measure}`).join(', ')
  const totals = `SELECT "column", day * 24 + hour AS hour, value, ${MEASURES.join(', ')} FROM ${ROLLED_TABLE}
    WHERE ${rollupRows}`
  const lists = `SELECT "column", value, channel, ${LISTED.join(', ')} FROM ${rolledListsSql(sources.unheld)}
    WHERE ${rollupRows} AND "column" IN (${columns.map(text).join(', ')})`
  const parts = ['FROM scanned', totals, ...(columns.length === 0 ? [] : [lists])]
  return `SELECT "column", hour, value, channel, ${sums} FROM (${parts.join(' UNION ALL BY NAME ')}) GROUP BY ALL`
}

/** Every row of every list, and what it is ranked by. */
function listedSql({ lists, search }: SumsQuestion): Sql {
  const sources = lists.map(({ list }) => `(${text(list)}, ${text(columnOf(list))})`).join(', ')
  const ranks = lists.map(({ list, subject }) => `WHEN ${text(list)} THEN ${rankOf(list, subject)}`).join(' ')
  const views = `CASE WHEN source IN (${MOVING.map(text).join(', ')}) THEN greatest(0, ${ALL_VIEWS}) ELSE page_views END`
  const found = search === '' ? 'true' : `contains(lower(value), lower(${text(search)}))`
  return `SELECT *, CASE list ${ranks} END AS rank
    FROM (SELECT * REPLACE (${views} AS page_views)
      FROM sums JOIN (VALUES ${sources}) AS asked(list, source) ON "column" = source)
    WHERE ${found} AND (rank > 0 OR list IN (${viewedLists(lists)}) AND (page_views > 0 OR entries > 0))`
}

/** Columns that referrals carry. */
const MOVING: readonly ReportColumn[] = REPORT_COLUMNS.filter((column) => kindsWith([column]).has('referral'))

/** Lists with a row for every value that was viewed, whatever they are ranked by. */
function viewedLists(lists: readonly AskedList[]): Sql {
  const viewed = lists.filter(({ list, subject }) => subject === 'view' && list !== 'landing')
  return ['', ...viewed.map(({ list }) => list)].map(text).join(', ')
}

function listAnswers({ offset, limit }: SumsQuestion): readonly Sql[] {
  const sums = LISTED.map((measure) => `${measure}: ${measure}::DOUBLE`)
  const row = `{first: -rank, second: -page_views, value: value, channel: channel, ${sums.join(', ')}}`
  const rows = `list_slice(min(${row}, ${offset + limit}), ${offset + 1}, ${offset + limit})`
  return [
    `SELECT 'list' AS "column", list, unnest(${rows}, max_depth := 2) FROM listed GROUP BY list`,
    `SELECT 'distinct' AS "column", list, count(*)::DOUBLE AS hits FROM listed GROUP BY list`,
  ]
}

/** What pages whose end was reported come to, under the question's filters. */
function readingAnswer(endPages: Sql): Sql {
  const sums = ['ends', 'scripted_views', 'unsure_views'].map(
    (measure) => `sum(${measure})::DOUBLE AS ${measure}`,
  )
  return `SELECT 'reading' AS "column", ${sums.join(', ')} FROM sums
    WHERE "column" = 'path' AND value IN (${endPages})`
}
