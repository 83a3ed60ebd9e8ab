import { KINDS } from '../hit.ts'
import type { Deciding, Measure } from '../segment/measures.ts'
import { bitOf, markOf } from '../segment/measures.ts'
import type { Sql } from './sql.ts'
import { text } from './sql.ts'

/** What a row of a segment is added to, by the rule of roll-ups: a number of bits. */
export function markSql(): Sql {
  const refused = markOf(MIRROR)
  const counted = caseSql('kind', KINDS, (kind) =>
    caseSql('view_number', [1, 2, 3, null], (view_number) =>
      caseSql('event', ['end', null], (event) =>
        caseSql('scripts', ['on', 'off', null], (scripts) =>
          String(markOf({ ...MIRROR, verdict: 'counted', kind, view_number, event, scripts })),
        ),
      ),
    ),
  )
  const hits = `CASE WHEN "count" > 0 THEN ${bitOf('hits')} ELSE 0 END`
  return `(CASE verdict WHEN 'counted' THEN ${counted} ELSE ${refused} END + ${hits})::USMALLINT`
}

/**
 * What a group of rows with the same mark, and the same `count` where it matters, adds to sums. A mirror, which is no
 * hit, takes away. A DOUBLE: exact up to 2⁵³, and summed several times as fast as what sums of integers come to.
 */
export const WEIGHT: Sql = `(count(*) * coalesce("count", CASE WHEN mark & ${bitOf('hits')} = 0 THEN -1 ELSE 1 END))::DOUBLE`

/** A measure of groups that have a `mark` and a `weight`. */
export function measureSql(measure: Measure): Sql {
  return `sum(CASE WHEN mark & ${bitOf(measure)} <> 0 THEN weight ELSE 0 END) AS ${measure}`
}

/** A row that is no hit, refused, and of no kind. */
const MIRROR: Deciding = {
  kind: null,
  verdict: null,
  view_number: null,
  event: null,
  scripts: null,
  count: -1,
}

/** What follows from a column; the last of its values stands for all others. One expression where it decides nothing. */
function caseSql<T extends string | number | null>(
  column: Sql,
  values: readonly T[],
  then: (value: T) => Sql,
): Sql {
  const branches = values.map((value) => ({ value, sql: then(value) }))
  const last = branches.at(-1)?.sql ?? 'NULL'
  const others = branches.filter(({ sql }) => sql !== last)
  const whens = others.map(({ value, sql }) => `WHEN ${text(String(value))} THEN ${sql}`)
  return others.length === 0 ? last : `CASE ${column} ${whens.join(' ')} ELSE ${last} END`
}
