import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import type { Filter } from '../report/report.ts'
import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import { alternatives } from './words.ts'

/** One parameter of a query, not encoded. */
export type Parameter = readonly [name: string, value: string]

/** Says what is wrong with an address; the page or the API answers it with 400. */
export function refusal(what: string): AppError {
  return new AppError('QUESTION_INVALID', `Cannot read the question: ${what}`)
}

/** The one value of a parameter, or null where it is absent. @throws {AppError} QUESTION_INVALID when there are two */
export function readOne(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name)
  if (values.length > 1) throw refusal(`"${name}" stands in it ${values.length} times, expected once`)
  return values[0] ?? null
}

/** One of the known words; `fallback` where the parameter is absent. @throws {AppError} QUESTION_INVALID */
export function readChoice<T extends string, F>(
  query: URLSearchParams,
  name: string,
  { known, fallback }: { readonly known: readonly T[]; readonly fallback: F },
): T | F {
  const value = readOne(query, name)
  if (value === null) return fallback
  return oneOf(value, known, name)
}

/** A whole number within bounds, both included; null where the parameter is absent. @throws {AppError} QUESTION_INVALID */
export function readWhole(
  query: URLSearchParams,
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | null {
  const value = readOne(query, name)
  if (value === null) return null
  const whole = /^\d{1,9}$/.test(value) ? Number(value) : NaN
  if (whole >= min && whole <= max) return whole
  throw refusal(`"${name}" is "${value}", expected a whole number from ${min} to ${max}`)
}

/** @throws {AppError} QUESTION_INVALID when `value` is none of the known words */
export function oneOf<T extends string>(value: string, known: readonly T[], name: string): T {
  const found = known.find((word) => word === value)
  if (found !== undefined) return found
  throw refusal(`"${name}" is "${value}", expected ${alternatives(known)}`)
}

/** The column of a name, or null. */
export function columnOf(name: string): ReportColumn | null {
  return REPORT_COLUMNS.find((column) => column === name) ?? null
}

/**
 * The filters of an address: `country=DE&country=AT` keeps either, `country!=DE` keeps all others.
 * The empty value stands for null, what is not known (`country=`): no column has an empty value of its own.
 *
 * @throws {AppError} QUESTION_INVALID when a column is both kept and left out, or has too many values
 */
export function readFilters(query: URLSearchParams): readonly Filter[] {
  const filters = new Map<ReportColumn, { values: Set<string | null>; exclude: boolean }>()
  for (const [name, value] of query) {
    const exclude = name.endsWith('!')
    const column = columnOf(exclude ? name.slice(0, -1) : name)
    if (column === null) continue
    const filter = filters.get(column) ?? { values: new Set(), exclude }
    if (filter.exclude !== exclude) throw refusal(`"${column}" has both "=" and "!=", expected one of them`)
    filters.set(column, { exclude, values: filter.values.add(value === '' ? null : value) })
  }
  for (const [column, { values }] of filters) {
    if (values.size > LIMITS.filterValuesMax)
      throw refusal(`"${column}" has ${values.size} values, expected at most ${LIMITS.filterValuesMax}`)
  }
  return Array.from(filters, ([column, { values, exclude }]) => ({ column, values: [...values], exclude }))
}

/** The parameters of filters, in the way `readFilters` reads them. */
export function filterParameters(filters: readonly Filter[]): readonly Parameter[] {
  return filters.flatMap(({ column, values, exclude }) =>
    values.map((value): Parameter => [exclude ? `${column}!` : column, value ?? '']),
  )
}

/**
 * Refuses what nobody would read: a filter that is misspelt must not look like an answer.
 *
 * @throws {AppError} QUESTION_INVALID naming the parameter
 */
export function refuseUnknown(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (known.includes(name) || columnOf(name.replace(/!$/, '')) !== null) continue
    throw refusal(`"${name}" is no parameter, expected ${alternatives([...known, 'a column'])}`)
  }
}

/**
 * Refuses what a page that takes no filters would not read.
 *
 * @throws {AppError} QUESTION_INVALID naming the parameter
 */
export function refuseOthers(query: URLSearchParams, known: readonly string[], page: string): void {
  const other = query.keys().find((name) => !known.includes(name))
  const expected = alternatives(known.map((name) => `"${name}"`))
  if (other !== undefined) throw refusal(`"${other}" is no parameter of ${page}, expected ${expected}`)
}

/** A query with its "?", never empty, so that as a link it also replaces a query that is there. */
export function queryText(parameters: readonly Parameter[]): string {
  return `?${parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`
}

/** Percent-encoding that leaves what a query may hold readable (RFC 3986, section 3.4). */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(/%(2F|3A|40|2C)/g, decodeURIComponent)
}
