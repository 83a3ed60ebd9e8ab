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
  const matches = [
    ...(known.length === 0 ? [] : [`${name(column)} IN (${known.map(text).join(', ')})`]),
    ...(values.includes(null) ? [`${name(column)} IS NULL`] : []),
  ]
  const any = matches.length === 0 ? 'false' : `coalesce(${matches.join(' OR ')}, false)`
  return exclude ? `NOT ${any}` : any
}
