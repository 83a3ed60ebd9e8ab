import { literally } from '../../report/glob.ts'
import type { Report, TopRow } from '../../report/report.ts'
import type { ReportColumn } from '../../row.ts'
import type { Links } from '../links.ts'
import { valueName } from '../names.ts'
import type { Tab } from '../panels.ts'
import { columnOfTab } from '../panels.ts'
import type { View } from '../view.ts'
import { chosenValue, overviewOf, viewQuery, withFilter } from '../view.ts'
import { whyLink } from './help.ts'
import type { Line } from './list.ts'

/** What a list counts. */
export type Unit = 'pageViews' | 'visitors' | 'entries' | 'events'

/** Below this share of views with a number, lists count page views: visitors would leave too much out. */
const NUMBERED_SHARE_MIN = 0.9

/** The unit of a list: visitors only where they are known of nearly all views, and of nearly all that it names. */
export function unitOf({ totals, top }: Report, { name, unit }: Pick<Tab, 'name' | 'unit'>): Unit {
  const { pageViews, visitors, visitorsShare } = totals
  if (unit === 'entries' || unit === 'events') return unit
  if (pageViews === null) return 'events'
  const known = visitors !== null && (visitorsShare ?? 0) >= NUMBERED_SHARE_MIN
  const rows = top[columnOfTab(name) ?? 'path'] ?? []
  return unit === 'views' || !known || !tellVisitors(rows) ? 'pageViews' : 'visitors'
}

/** Whether rows know their visitors: those of a referrer that only a browser's report named do not. */
function tellVisitors(rows: readonly TopRow[]): boolean {
  const viewsOf = (some: readonly TopRow[]) => some.reduce((sum, { pageViews }) => sum + (pageViews ?? 0), 0)
  const named = rows.filter(({ value }) => value !== null)
  const told = named.filter(({ visitors }) => visitors !== null)
  return viewsOf(told) >= viewsOf(named) * NUMBERED_SHARE_MIN
}

/** The head of a list's second column. */
export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  pageViews: 'Views',
  visitors: 'Visitors',
  entries: 'Visitors',
  events: 'Times',
}

/** What the shares of a list are parts of. @param lines all that it shows */
export function wholeOf(report: Report, tab: Tab, lines: readonly Line[]): number {
  const { totals, top } = report
  const { name } = tab
  const wanted = unitOf(report, tab)
  if (wanted === 'visitors' || wanted === 'entries') return totals.visitors ?? 0
  if (wanted === 'pageViews' || (name === 'event' && totals.pageViews !== null)) return totals.pageViews ?? 0
  if (name === 'window') return lines.reduce((sum, { amount }) => sum + amount, 0)
  const aimless = name === 'target' ? top.target?.find(({ value }) => value === null)?.events : 0
  return (totals.events ?? 0) - (aimless ?? 0)
}

/** All that lines are made from. */
export interface LineSource {
  readonly report: Report
  readonly view: View
  readonly links: Links
  readonly unit: Unit
}

/** Columns whose null says "there was none" instead of "not known": their lists leave it out. */
const NONE_IS_COMMON: ReadonlySet<ReportColumn> = new Set(['source', 'medium', 'campaign', 'event', 'target'])

/** The lines of a tab, most first, what is not known last. @param max lines, that one not counted */
export function tabLines(source: LineSource, { name }: Tab, max: number): readonly Line[] {
  if (name === 'channel') return referrerLines(source)
  if (name === 'assistant') return assistantLines(source, max)
  const column = columnOfTab(name)
  if (column === null) return []
  const rows = source.report.top[name === 'landing' ? name : column] ?? []
  const known = rows.filter(({ value }) => value !== null)
  const shown = known.map((row) => lineOf(source, row, { column, kind: 'plain' })).sort(byAmount)
  const counted = shown.filter(({ amount }) => amount > 0).slice(0, max)
  if (name === 'window') return [...counted, ...unsentWindows(source, counted)]
  return [...counted, ...(NONE_IS_COMMON.has(column) ? [] : unknownLine(source, rows, column))]
}

/** Hosts shown below the first group, the second, …; none below later ones. */
const HOSTS_SHOWN = [3, 2, 2, 1]

/** Referrers in groups: how they lead here, each with its first hosts. */
function referrerLines(source: LineSource): readonly Line[] {
  const { channel = [], referrer = [] } = source.report.top
  const groups = channel.filter(({ value }) => value !== null)
  const ordered = groups.toSorted((a, b) => amountOf(b, source.unit) - amountOf(a, source.unit))
  const lines = ordered.flatMap((group, index) => {
    const rows = referrer.filter((row) => row.value !== null && row.channel === group.value)
    const hosts = rows.map((row) => lineOf(source, row, { column: 'referrer', kind: 'sub' })).sort(byAmount)
    const sum = lineOf(source, group, { column: 'channel', kind: 'group' })
    return [sum].concat(hosts.slice(0, HOSTS_SHOWN[index] ?? 0))
  })
  return [...lines, ...unknownLine(source, channel, 'channel')]
}

/** The assistants that readers came from. */
function assistantLines(source: LineSource, max: number): readonly Line[] {
  const rows = source.report.top.referrer ?? []
  const hosts = rows.filter(({ value, channel }) => value !== null && channel === 'assistant')
  return hosts
    .map((row) => lineOf(source, row, { column: 'referrer', kind: 'plain' }))
    .sort(byAmount)
    .slice(0, max)
}

/** Views that told no window class, where others did. */
function unsentWindows({ report, links }: LineSource, sent: readonly Line[]): readonly Line[] {
  const { pageViews } = report.totals
  const amount = (pageViews ?? 0) - sent.reduce((sum, line) => sum + line.amount, 0)
  if (sent.length === 0 || amount <= 0) return []
  const name = valueName('window', null)
  return [{ name, href: null, amount, kind: 'unknown', why: whyLink('window', links.help) }]
}

/** One line for all: a referrer that was not sent has a row for each channel that a campaign names. */
function unknownLine(source: LineSource, rows: readonly TopRow[], column: ReportColumn): readonly Line[] {
  const unknown = rows.filter(({ value }) => value === null)
  const amount = unknown.reduce((sum, row) => sum + amountOf(row, source.unit), 0)
  const [first] = unknown
  if (first === undefined || amount === 0) return []
  return [{ ...lineOf(source, first, { column, kind: 'unknown' }), amount }]
}

interface Place {
  readonly column: ReportColumn
  readonly kind: Line['kind']
}

function lineOf({ view, links, unit }: LineSource, row: TopRow, { column, kind }: Place): Line {
  const { value } = row
  const values = [value === null ? null : literally(column, value)]
  return {
    name: nameOf(view, column, value),
    href: viewQuery(overviewOf(withFilter(view, { column, values, exclude: false }))),
    amount: amountOf(row, unit),
    kind,
    why: kind === 'unknown' ? whyLink(column, links.help) : null,
  }
}

/** A version is named with what it is a version of. */
function nameOf(view: View, column: ReportColumn, value: string | null): string {
  const name = valueName(column, value)
  const whole = { browser_version: 'browser', system_version: 'system' } as const
  if (value === null || (column !== 'browser_version' && column !== 'system_version')) return name
  const owner = chosenValue(view, whole[column])
  return typeof owner === 'string' ? `${owner} ${name}` : name
}

function amountOf(row: TopRow, unit: Unit): number {
  return row[unit] ?? 0
}

function byAmount(a: Line, b: Line): number {
  return b.amount - a.amount
}
