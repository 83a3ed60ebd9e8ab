import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import { kindsWith } from '../segment/carried.ts'
import { MEASURES } from '../segment/measures.ts'
import { measureSql } from './marks.ts'
import { rolledListsSql } from './rolled.ts'
import type { Sql } from './sql.ts'
import { name, text } from './sql.ts'
import { columnOf, rankOf } from './subject.ts'
import type { AskedList, SumsQuestion } from './sums-question.ts'
import { ALL_VIEWS, isScanned, sumsOf, unionOf } from './sums-question.ts'

/** Measures that lists add up. */
const LISTED = MEASURES.filter((measure) => measure !== 'second_views' && measure !== 'hits')

/** The sums of every value of these columns. */
export function countedSql({ sources, rollupRows }: SumsQuestion, columns: readonly ReportColumn[]): Sql {
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
export function listedSql({ lists, search }: SumsQuestion): Sql {
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

/** The shown rows of each list, and how many it has. */
export function listAnswers({ offset, limit }: SumsQuestion): readonly Sql[] {
  const sums = LISTED.map((measure) => `${measure}: ${measure}`)
  const row = `{first: -rank, second: -page_views, value: value, channel: channel, ${sums.join(', ')}}`
  const rows = `list_slice(min(${row}, ${offset + limit}), ${offset + 1}, ${offset + limit})`
  return [
    `SELECT 'list' AS "column", list, unnest(${rows}, max_depth := 2) FROM listed GROUP BY list`,
    `SELECT 'distinct' AS "column", list, count(*)::DOUBLE AS hits FROM listed GROUP BY list`,
  ]
}

/** What pages whose end was reported come to, under the question's filters. */
export function readingAnswer(isEnding: Sql): Sql {
  return `SELECT 'reading' AS "column", ${sumsOf(['ends', 'scripted_views', 'unsure_views'])} FROM counted
    WHERE "column" = 'path' AND value IS NOT NULL AND ${isEnding}`
}
