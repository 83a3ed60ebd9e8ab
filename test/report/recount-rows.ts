import type { Kind } from '../../src/hit.ts'
import type { Filter } from '../../src/report/report.ts'
import type { ReportColumn, Row } from '../../src/row.ts'

/** A row as many times as it counts: a referral once for where the reader came from, and once less for "not sent". */
export interface Weighed {
  readonly row: Row
  readonly weight: number
}

/** The columns that say how the reader came. */
const WAY: readonly ReportColumn[] = ['referrer', 'channel']
const AGENT: readonly ReportColumn[] = ['browser', 'browser_version', 'system', 'system_version', 'device']
const PLACE: readonly ReportColumn[] = ['country', 'language']

const CARRIED: Readonly<Record<Kind, readonly ReportColumn[]>> = {
  view: ['path', ...WAY, 'source', 'medium', 'campaign', ...PLACE, ...AGENT],
  number: [...PLACE, ...AGENT],
  event: ['event', 'target', 'path', ...PLACE, ...AGENT],
  window: ['window', 'path', ...AGENT],
  referral: ['path', ...WAY],
  tally: [],
}

/** Whether a hit of the kind has a value, or a null that says something, in each of the columns. */
export function carries(kind: Kind, columns: readonly ReportColumn[]): boolean {
  return columns.every((column) => CARRIED[kind].includes(column))
}

/** The rows that pass. */
export function passing(rows: readonly Row[], filters: readonly Filter[]): readonly Weighed[] {
  const columns = filters.map(({ column }) => column)
  const weighed = rows
    .filter(({ kind }) => filters.length === 0 || carries(kind, columns))
    .flatMap((row) =>
      row.kind === 'referral'
        ? [
            { row, weight: 1 },
            { row: { ...row, referrer: null, channel: null }, weight: -1 },
          ]
        : [{ row, weight: row.count }],
    )
  return weighed.filter(({ row }) =>
    filters.every((filter) => filter.values.some((value) => holds(row, filter, value)) !== filter.exclude),
  )
}

function holds(row: Row, { column }: Filter, value: string | null): boolean {
  const found = row[column]
  if (value === null || found === null) return value === found
  return column === 'path' || column === 'target' ? matches(found, value) : found === value
}

/** Tries every way to spread the text over the pattern's stars. */
function matches(text: string, pattern: string): boolean {
  if (pattern === '') return text === ''
  if (pattern.startsWith('*'))
    return matches(text, pattern.slice(1)) || (text !== '' && matches(text.slice(1), pattern))
  const escaped = pattern.startsWith('\\*') || pattern.startsWith('\\\\')
  const sign = escaped ? pattern.charAt(1) : pattern.charAt(0)
  return text.charAt(0) === sign && text !== '' && matches(text.slice(1), pattern.slice(escaped ? 2 : 1))
}

export const isCounted = ({ row }: Weighed): boolean => row.verdict === 'counted'
/** Page views, and what moves them. */
export const isView = (one: Weighed): boolean =>
  isCounted(one) && (one.row.kind === 'view' || one.row.kind === 'referral')
export const isEvent = (one: Weighed): boolean => isCounted(one) && one.row.kind === 'event'
export const isWindow = (one: Weighed): boolean => isCounted(one) && one.row.kind === 'window'
/** Hits that tell which view of a reader they were. */
export const isNumbered = (one: Weighed): boolean =>
  isCounted(one) && ['view', 'number'].includes(one.row.kind) && one.row.view_number !== null
export const isNth =
  (number: number) =>
  (one: Weighed): boolean =>
    isNumbered(one) && one.row.view_number === number

export function count(rows: readonly Weighed[], holds: (one: Weighed) => boolean): number {
  return rows.filter(holds).reduce((sum, { weight }) => sum + weight, 0)
}

/** Visitors; null where no row tells. */
export function visitorsOf(rows: readonly Weighed[]): number | null {
  return rows.some(isNumbered) ? count(rows, isNth(1)) : null
}
