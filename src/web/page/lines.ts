import type { Report, TopRow, Totals } from '../../report/report.ts'
import type { ReportColumn } from '../../row.ts'
import type { Links } from '../links.ts'
import { valueName } from '../names.ts'
import type { View } from '../view.ts'
import { viewQuery, withFilter } from '../view.ts'
import { whyLink } from './help.ts'
import type { Line } from './list.ts'

/** What a list counts: page views, or visitors where they are known. */
export type Unit = 'pageViews' | 'visitors'

/** The unit of a list. */
export function unitOf({ visitors }: Totals, wanted: 'views' | 'readers'): Unit {
  return wanted === 'views' || visitors === null ? 'pageViews' : 'visitors'
}

/** The head of a list's second column. */
export const UNIT_NAMES: Readonly<Record<Unit, string>> = { pageViews: 'Views', visitors: 'Visitors' }

/** All that lines are made from. */
export interface LineSource {
  readonly report: Report
  readonly view: View
  readonly links: Links
  readonly unit: Unit
}

/** Columns whose null says "there was none" instead of "not known": their lists leave it out. */
const NONE_IS_COMMON: ReadonlySet<ReportColumn> = new Set(['source', 'medium', 'campaign'])

/** The lines of a column, most first, what is not known last. @param max lines, that one not counted */
export function columnLines(source: LineSource, column: ReportColumn, max: number): readonly Line[] {
  const known = (source.report.top[column] ?? []).filter(({ value }) => value !== null)
  const shown = known.map((row) => lineOf(source, row, { column, kind: 'plain' })).sort(byAmount)
  const rest = NONE_IS_COMMON.has(column) ? [] : unknownLine(source, column)
  return [...shown.slice(0, max), ...rest]
}

/** Hosts shown below the first group, the second, …; none below later ones. */
const HOSTS_SHOWN = [3, 2, 2, 1]

/** Referrers in groups: how they lead here, each with its first hosts. */
export function referrerLines(source: LineSource): readonly Line[] {
  const { channel = [], referrer = [] } = source.report.top
  const groups = channel.filter(({ value }) => value !== null)
  const ordered = groups.sort((a, b) => amountOf(b, source.unit) - amountOf(a, source.unit))
  const lines = ordered.flatMap((group, index) => {
    const rows = referrer.filter((row) => row.value !== null && row.channel === group.value)
    const hosts = rows.map((row) => lineOf(source, row, { column: 'referrer', kind: 'sub' })).sort(byAmount)
    const sum = lineOf(source, group, { column: 'channel', kind: 'group' })
    return [sum].concat(hosts.slice(0, HOSTS_SHOWN[index] ?? 0))
  })
  return [...lines, ...unknownLine(source, 'channel')]
}

/** One line for all: a referrer that was not sent has a row for each channel that a campaign names. */
function unknownLine(source: LineSource, column: ReportColumn): readonly Line[] {
  const rows = (source.report.top[column] ?? []).filter(({ value }) => value === null)
  const amount = rows.reduce((sum, row) => sum + amountOf(row, source.unit), 0)
  const [first] = rows
  if (first === undefined || amount === 0) return []
  return [{ ...lineOf(source, first, { column, kind: 'unknown' }), amount }]
}

interface Place {
  readonly column: ReportColumn
  readonly kind: Line['kind']
}

function lineOf({ view, links, unit }: LineSource, row: TopRow, { column, kind }: Place): Line {
  const filtered = withFilter(view, { column, values: [row.value], exclude: false })
  return {
    name: valueName(column, row.value),
    href: viewQuery({ ...filtered, show: null }),
    amount: amountOf(row, unit),
    kind,
    why: kind === 'unknown' ? whyLink(column, links.help) : null,
  }
}

function amountOf(row: TopRow, unit: Unit): number {
  return row[unit] ?? 0
}

function byAmount(a: Line, b: Line): number {
  return b.amount - a.amount
}
