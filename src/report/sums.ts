import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import { kindsWith } from '../segment/carried.ts'
import type { Measure } from '../segment/measures.ts'
import { MEASURES } from '../segment/measures.ts'
import type { Sources } from './library.ts'
import { rowsSql } from './library.ts'
import { markSql, measureSql, WEIGHT } from './marks.ts'
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
  /** Only the sums of buckets are wanted. */
  readonly brief: boolean
  /** What hours of the week are counted by. */
  readonly weekly: Subject
  readonly lists: readonly AskedList[]
  /** The rows that are shown of each list. */
  readonly offset: number
  readonly limit: number
  /** What their values contain, in upper or lower case; empty: anything. */
  readonly search: string
  /** Whether a page's end was reported, by its `value` and its `ends`; null: reading to the end is not asked for. */
  readonly isEnding: Sql | null
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
  const { sources, brief, lists, bucketHours } = question
  const columns = keyColumns(question)
  const isScan = isScanned(sources)
  const answers = [
    `SELECT '' AS "column", hour // ${bucketHours} AS bucket, ${ALL_SUMS} FROM hours GROUP BY bucket`,
    ...(brief ? [] : [weekAnswer(question), VERDICT_ANSWER]),
    ...(lists.length === 0 ? [] : listAnswers(question)),
    ...(question.isEnding === null ? [] : [readingAnswer(question.isEnding)]),
  ]
  const parts = [
    ...(isScan ? [`hits AS (${hitsSql(question)})`, `cube AS (${cubeSql(columns)})`] : []),
    `hours AS (${unionOf(isScan ? SCANNED_HOURS : null, rolledHours(question))})`,
    ...(brief
      ? []
      : [`verdicts AS (${unionOf(isScan ? SCANNED_VERDICTS : null, rolledVerdicts(question))})`]),
    ...(columns.length === 0 ? [] : [`counted AS (${countedSql(question, columns)})`]),
    ...(lists.length === 0 ? [] : [`listed AS (${listedSql(question)})`]),
  ]
  return `WITH ${parts.join(',\n')}\n${answers.join('\nUNION ALL BY NAME ')}`
}

/** Pages whose end was reported, by the hits of some sources: rows of one column, `path`. */
export function endPagesSql(sources: Sources, rows: Sql, rollupRows: Sql): Sql {
  const ended = `kind = 'event' AND event = 'end' AND verdict = 'counted' AND path IS NOT NULL`
  const scanned = `SELECT path FROM (${rowsSql(sources.scanned)}) WHERE ${rows} AND ${ended}`
  const rolled = `SELECT value AS path FROM ${rolledListsSql(sources.unheld)}
    WHERE ${rollupRows} AND "column" = 'path' AND ends > 0 AND value IS NOT NULL`
  return unionOf(scanned, sources.rollups.length === 0 ? null : rolled)
}

const WEEK_HOURS = 168
/** 1970-01-01 was a Thursday. */
const FIRST_HOUR = 72

/** Page views, those that referrals moved here among them. */
const ALL_VIEWS: Sql = 'page_views + moved_views'

const ALL_SUMS: Sql = sumsOf(MEASURES)

function sumsOf(measures: readonly Measure[]): Sql {
  return measures.map((measure) => `sum(${measure}) AS ${measure}`).join(', ')
}

function unionOf(...parts: readonly (Sql | null)[]): Sql {
  return parts.filter((part) => part !== null).join(' UNION ALL BY NAME ')
}

function isScanned({ scanned, tail }: Sources): boolean {
  return tail || scanned.length > 0
}

function keyColumns({ lists, isEnding }: SumsQuestion): readonly ReportColumn[] {
  const listed = lists.map(({ list }) => columnOf(list))
  return [...new Set(isEnding === null ? listed : [...listed, 'path' as const])]
}

/** The rows that are meant, mirrors among them, each with its mark. */
function hitsSql({ sources, rows, hour, mirrored }: SumsQuestion): Sql {
  const hits = rowsSql(sources.scanned, sources.tail)
  const mirrors = `SELECT * REPLACE (NULL AS referrer, NULL AS channel, -"count" AS "count")
    FROM (${hits}) WHERE kind = 'referral'`
  return `SELECT *, ${hour} AS hour, ${markSql()} AS mark, channel AS referrer_channel
    FROM (${mirrored ? `${hits} UNION ALL ${mirrors}` : hits}) WHERE ${rows}`
}

/** How many rows there are of each sort in each hour, and of each sort for each value; `weight`: what they count. */
function cubeSql(columns: readonly ReportColumn[]): Sql {
  const hourKeys = ['hour', 'verdict', 'count', 'mark']
  const listKeys = columns.map((column) =>
    column === 'referrer' ? ['referrer', 'referrer_channel'] : [column],
  )
  const names = columns.map((column) => `WHEN grouping(${name(column)}) THEN ${text(column)}`)
  const keys = [...hourKeys, ...listKeys.flat()].map(name)
  const sets = [hourKeys, ...listKeys.map((keys) => [...keys, 'mark'])]
  return `SELECT ${keys.join(', ')}, ${WEIGHT} AS weight,
    CASE 0 WHEN grouping(hour) THEN '' ${names.join(' ')} END AS "column"
    FROM hits GROUP BY GROUPING SETS (${sets.map((set) => `(${set.map(name).join(', ')})`).join(', ')})`
}

const SCANNED_HOURS: Sql = `SELECT hour, ${MEASURES.map(measureSql).join(', ')}
  FROM cube WHERE "column" = '' GROUP BY hour`
const SCANNED_VERDICTS: Sql = `SELECT verdict AS value, ${measureSql('hits')} FROM cube WHERE "column" = '' GROUP BY verdict`

function rolledHours({ sources, rollupRows }: SumsQuestion): Sql | null {
  if (sources.rollups.length === 0) return null
  return `SELECT day * 24 + hour AS hour, ${MEASURES.join(', ')} FROM ${ROLLED_TABLE} WHERE ${rollupRows} AND "column" = ''`
}

function rolledVerdicts({ sources, rollupRows }: SumsQuestion): Sql | null {
  if (sources.rollups.length === 0) return null
  return `SELECT value, hits FROM ${ROLLED_TABLE} WHERE ${rollupRows} AND "column" = 'verdict'`
}

/** Measures that lists add up. */
const LISTED = MEASURES.filter((measure) => measure !== 'second_views' && measure !== 'hits')

/** The sums of every value of these columns. */
function countedSql({ sources, rollupRows }: SumsQuestion, columns: readonly ReportColumn[]): Sql {
  const channel = columns.includes('referrer') ? 'referrer_channel' : 'NULL::VARCHAR'
  const scanned = `SELECT "column", coalesce(${columns.map(name).join(', ')}) AS value, ${channel} AS channel,
    ${LISTED.map(measureSql).join(', ')} FROM cube WHERE "column" <> '' GROUP BY ALL`
  const rolled = `SELECT "column", value, channel, ${LISTED.join(', ')} FROM ${rolledListsSql(sources.unheld)}
    WHERE ${rollupRows} AND "column" IN (${columns.map(text).join(', ')})`
  if (sources.rollups.length === 0) return scanned
  const parts = unionOf(isScanned(sources) ? scanned : null, rolled)
  return `SELECT "column", value, channel, ${sumsOf(LISTED)} FROM (${parts}) GROUP BY ALL`
}

/** Every row of every list, and what it is ranked by. */
function listedSql({ lists, search }: SumsQuestion): Sql {
  const sources = lists.map(({ list }) => `(${text(list)}, ${text(columnOf(list))})`).join(', ')
  const ranks = lists.map(({ list, subject }) => `WHEN ${text(list)} THEN ${rankOf(list, subject)}`).join(' ')
  const views = `CASE WHEN source IN (${MOVING.map(text).join(', ')}) THEN greatest(0, ${ALL_VIEWS}) ELSE page_views END`
  const found = search === '' ? 'true' : `contains(lower(value), lower(${text(search)}))`
  return `SELECT *, CASE list ${ranks} END AS rank
    FROM (SELECT * REPLACE (${views} AS page_views)
      FROM counted JOIN (VALUES ${sources}) AS asked(list, source) ON "column" = source)
    WHERE ${found} AND (rank > 0 OR list IN (${viewedLists(lists)}) AND (page_views > 0 OR entries > 0))`
}

/** Columns that referrals carry. */
const MOVING: readonly ReportColumn[] = REPORT_COLUMNS.filter((column) => kindsWith([column]).has('referral'))

/** Lists with a row for every value that was viewed, whatever they are ranked by. */
function viewedLists(lists: readonly AskedList[]): Sql {
  const viewed = lists.filter(({ list, subject }) => subject === 'view' && list !== 'landing')
  return ['', ...viewed.map(({ list }) => list)].map(text).join(', ')
}

function weekAnswer({ weekly }: SumsQuestion): Sql {
  const counted = weekly === 'event' ? 'events' : ALL_VIEWS
  return `SELECT 'week' AS "column", (hour + ${FIRST_HOUR}) % ${WEEK_HOURS} AS bucket, sum(${counted}) AS hits
    FROM hours GROUP BY bucket`
}

const VERDICT_ANSWER: Sql = `SELECT 'verdict' AS "column", value, sum(hits) AS hits FROM verdicts GROUP BY value`

function listAnswers({ offset, limit }: SumsQuestion): readonly Sql[] {
  const sums = LISTED.map((measure) => `${measure}: ${measure}`)
  const row = `{first: -rank, second: -page_views, value: value, channel: channel, ${sums.join(', ')}}`
  const rows = `list_slice(min(${row}, ${offset + limit}), ${offset + 1}, ${offset + limit})`
  return [
    `SELECT 'list' AS "column", list, unnest(${rows}, max_depth := 2) FROM listed GROUP BY list`,
    `SELECT 'distinct' AS "column", list, count(*)::DOUBLE AS hits FROM listed GROUP BY list`,
  ]
}

/** What pages whose end was reported come to, under the question's filters. */
function readingAnswer(isEnding: Sql): Sql {
  return `SELECT 'reading' AS "column", ${sumsOf(['ends', 'scripted_views', 'unsure_views'])} FROM counted
    WHERE "column" = 'path' AND value IS NOT NULL AND ${isEnding}`
}
