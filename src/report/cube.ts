import type { ReportColumn } from '../row.ts'
import { rowsSql } from './library.ts'
import { markSql, WEIGHT } from './marks.ts'
import type { Sql } from './sql.ts'
import { name, text } from './sql.ts'
import type { SumsQuestion } from './sums-question.ts'

/** The rows that are meant, mirrors among them, each with its mark. */
export function hitsSql({ sources, rows, hour, mirrored }: SumsQuestion): Sql {
  const hits = rowsSql(sources.scanned, sources.tail)
  const mirrors = `SELECT * REPLACE (NULL AS referrer, NULL AS channel, -"count" AS "count")
    FROM (${hits}) WHERE kind = 'referral'`
  return `SELECT *, ${hour} AS hour, ${markSql()} AS mark, channel AS referrer_channel
    FROM (${mirrored ? `${hits} UNION ALL ${mirrors}` : hits}) WHERE ${rows}`
}

/** How many rows there are of each sort in each hour, and of each sort for each value; `weight`: what they count. */
export function cubeSql(columns: readonly ReportColumn[]): Sql {
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
