import type { ReportColumn } from '../row.ts'
import { MEASURES } from '../segment/measures.ts'
import { cubeSql, hitsSql } from './cube.ts'
import type { Sources } from './library.ts'
import { rowsSql } from './library.ts'
import { countedSql, listAnswers, listedSql, readingAnswer } from './list-sums.ts'
import { measureSql } from './marks.ts'
import { ROLLED_TABLE, rolledListsSql } from './rolled.ts'
import type { Sql } from './sql.ts'
import { columnOf } from './subject.ts'
import type { SumsQuestion } from './sums-question.ts'
import { ALL_VIEWS, isScanned, sumsOf, unionOf } from './sums-question.ts'

/**
 * One statement for all that a report shows. `column` tells its rows apart: '' = the sums of a `bucket`; 'week' =
 * the hits of an hour of the week (from Monday), as `bucket`; 'verdict' = the hits of the verdict `value`; 'list' = one
 * of the rows of the list `list`; 'distinct' = how many it has; 'reading' = the sums of pages whose end was reported.
 *
 * Segments and tail are read once, with one grouping set for hours and one for each column; what roll-ups hold is
 * added to that.
 */
export function sumsSql(question: SumsQuestion): Sql {
  const { sources, brief, lists, isEnding, bucket } = question
  const columns = keyColumns(question)
  const scans = (sql: Sql): Sql | null => (isScanned(sources) ? sql : null)
  const tables: Readonly<Record<string, Sql | null>> = {
    hits: scans(hitsSql(question)),
    cube: scans(cubeSql(columns)),
    hours: unionOf(scans(SCANNED_HOURS), rolledHours(question)),
    verdicts: brief ? null : unionOf(scans(SCANNED_VERDICTS), rolledVerdicts(question)),
    counted: columns.length === 0 ? null : countedSql(question, columns),
    listed: lists.length === 0 ? null : listedSql(question),
  }
  const answers = [
    `SELECT '' AS "column", ${bucket} AS bucket, ${sumsOf(MEASURES)} FROM hours GROUP BY bucket`,
    ...(brief ? [] : [weekAnswer(question), VERDICT_ANSWER]),
    ...(lists.length === 0 ? [] : listAnswers(question)),
    ...(isEnding === null ? [] : [readingAnswer(isEnding)]),
  ]
  const needed = Object.entries(tables).filter(([, sql]) => sql !== null)
  return `WITH ${needed.map(([name, sql]) => `${name} AS (${sql})`).join(',\n')}\n${unionOf(...answers)}`
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

function keyColumns({ lists, isEnding }: SumsQuestion): readonly ReportColumn[] {
  const listed = lists.map(({ list }) => columnOf(list))
  return [...new Set(isEnding === null ? listed : [...listed, 'path' as const])]
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

function weekAnswer({ weekly }: SumsQuestion): Sql {
  const counted = weekly === 'event' ? 'events' : ALL_VIEWS
  return `SELECT 'week' AS "column", (hour + ${FIRST_HOUR}) % ${WEEK_HOURS} AS bucket, sum(${counted}) AS hits
    FROM hours GROUP BY bucket`
}

const VERDICT_ANSWER: Sql = `SELECT 'verdict' AS "column", value, sum(hits) AS hits FROM verdicts GROUP BY value`
