import { GLOB_COLUMNS, globParts } from './glob.ts'
import type { Filter } from './report.ts'

/** A piece of SQL: made of constants of the code and of what the functions of this file made safe. */
export type Sql = string

/** A string as SQL writes it. DuckDB knows no escapes but the doubled quote, and reads a statement up to its first NUL. */
export function text(value: string): Sql {
  const parts = value.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`)
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`
}

/** A name of a column or table. */
export function name(value: string): Sql {
  return `"${value.replaceAll('"', '""')}"`
}

/** An instant as SQL writes it, in the type of the column `time`. */
export function timestamp(timeMs: number): Sql {
  return `TIMESTAMP ${text(new Date(timeMs).toISOString().replace('Z', ''))}`
}

/** Rows of Parquet files, at least one, their columns by name. */
export function parquet(paths: readonly string[]): Sql {
  return `read_parquet([${paths.map(text).join(', ')}], union_by_name = true)`
}

/** Whether a row passes a filter. */
export function passes({ column, values, exclude }: Filter): Sql {
  const known = values.filter((value) => value !== null)
  const patterns = known.map((value) => (GLOB_COLUMNS.has(column) ? globParts(value) : [value]))
  const exact = patterns.filter((parts) => parts.length === 1).flat()
  const matches = [
    ...(exact.length === 0 ? [] : [`${name(column)} IN (${exact.map(text).join(', ')})`]),
    ...patterns.filter((parts) => parts.length > 1).map((parts) => globSql(name(column), parts)),
    ...(values.includes(null) ? [`${name(column)} IS NULL`] : []),
  ]
  const any = matches.length === 0 ? 'false' : `coalesce(${matches.join(' OR ')}, false)`
  return exclude ? `NOT ${any}` : any
}

/** Whether a column matches what lies between stars, at least one of them. Linear in the column's value (RE2). */
function globSql(column: Sql, parts: readonly string[]): Sql {
  const [first = '', second, ...rest] = parts
  if (second === '' && rest.length === 0) return `starts_with(${column}, ${text(first)})`
  return `regexp_full_match(${column}, ${text(parts.map(quoted).join('.*'))}, 's')`
}

/** Text as a regular expression (RE2) that matches it alone. */
function quoted(part: string): string {
  return part.replaceAll(/[^\p{L}\p{N}/_-]/gu, (sign) => `\\x{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
}
