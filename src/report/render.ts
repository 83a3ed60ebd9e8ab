import { printable } from '../printable.ts'
import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import type { CsvCell } from './csv.ts'
import { csvRecord } from './csv.ts'
import type { Report, SeriesPoint, TopRow, Totals } from './report.ts'

const LABEL_LENGTH_MAX = 60
const LINE_LENGTH = 72
const HEIGHTS = ' ▁▂▃▄▅▆▇█'

const WHOLE = new Intl.NumberFormat('en')
const RATIO = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const SHARE = new Intl.NumberFormat('en', { style: 'percent' })
const CHANGE = new Intl.NumberFormat('en', { style: 'percent', signDisplay: 'exceptZero' })

/** A report as text for a terminal of any width: totals, the course of page views, lists, ledger. */
export function renderText(report: Report): string {
  const { site, period, top, distinct, fresh } = report
  const lists = REPORT_COLUMNS.flatMap((column) => {
    const rows = top[column]
    return rows === undefined || rows.length === 0
      ? []
      : [listText(column, rows, distinct[column] ?? rows.length)]
  })
  const parts = [
    `${site}, ${period.from} to ${period.to} (${period.timezone})\n`,
    totalsText(report),
    courseText(report),
    ...lists,
    `${ledgerText(report)}Fresh to ${fresh ?? '(no hit yet)'}\n`,
  ]
  return parts.filter((part) => part !== '').join('\n')
}

/** A report as CSV (RFC 4180): a row for each total, bucket and listed value, told apart by the first column. */
export function renderCsv({ totals, series, top }: Report): string {
  const header = ['list', 'value', 'channel', 'page_views', 'visitors', 'entries', 'events']
  const total = ['total', null, null, totals.pageViews, totals.visitors, null, totals.events]
  const points = series.map(({ time, pageViews, visitors }) => [
    'time',
    time,
    null,
    pageViews,
    visitors,
    null,
    null,
  ])
  const rows = REPORT_COLUMNS.flatMap((column) => (top[column] ?? []).map((row) => listRecord(column, row)))
  return [header, total, ...points, ...rows].map(csvRecord).join('')
}

function listRecord(column: ReportColumn, row: TopRow): readonly CsvCell[] {
  const { value, channel = null, pageViews, visitors, entries = null, events = null } = row
  return [column, value, channel, pageViews, visitors, entries, events]
}

function totalsText({ totals, previous }: Report): string {
  const line = (label: string, format: Intl.NumberFormat, of: (totals: Totals) => number | null): Line => {
    const now = of(totals)
    return [label, shown(now, format), ...(previous === null ? [] : [changeText(now, of(previous), format)])]
  }
  return tableText([
    line('Page views', WHOLE, ({ pageViews }) => pageViews),
    line('Visitors', WHOLE, ({ visitors }) => visitors),
    line('Views per visitor', RATIO, ({ viewsPerVisitor }) => viewsPerVisitor),
    line('Bounce rate', SHARE, ({ bounceRate }) => bounceRate),
    line('Events', WHOLE, ({ events }) => events),
  ])
}

function changeText(now: number | null, before: number | null, format: Intl.NumberFormat): string {
  if (now === null || before === null) return ''
  return `${before === 0 ? '' : `${CHANGE.format(now / before - 1)} `}from ${format.format(before)}`
}

/** Page views of each bucket as a column of eight heights, and the highest in words; events where views are not known. */
function courseText({ series, granularity }: Report): string {
  const [name, of] = series.some(({ pageViews }) => pageViews !== null)
    ? ['Page views', ({ pageViews }: SeriesPoint) => pageViews ?? 0]
    : ['Events', ({ events }: SeriesPoint) => events ?? 0]
  const highest = Math.max(0, ...series.map(of))
  if (highest === 0) return ''
  const heights = series.map((point) =>
    HEIGHTS.charAt(Math.ceil((of(point) / highest) * (HEIGHTS.length - 1))),
  )
  const lines = heights.join('').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? []
  const time = series.find((point) => of(point) === highest)?.time ?? ''
  return `${lines.join('\n')}\n${name} ${BUCKETS[granularity]}; most: ${WHOLE.format(highest)} (${time})\n`
}

const BUCKETS = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' } as const

function listText(column: ReportColumn, rows: readonly TopRow[], distinct: number): string {
  const heads: Line =
    rows[0]?.events === undefined ? [column, 'Page views', 'Visitors'] : [column, 'Events', '']
  const lines = rows.map((row): Line => {
    const label = labelText(row)
    if (row.events !== undefined) return [label, WHOLE.format(row.events), '']
    return [label, shown(row.pageViews, WHOLE), shown(row.visitors, WHOLE)]
  })
  const rest = distinct > rows.length ? `${WHOLE.format(rows.length)} of ${WHOLE.format(distinct)}\n` : ''
  return tableText([heads, ...lines]) + rest
}

function ledgerText({ ledger: { received, counted, refused } }: Report): string {
  const reasons = Object.entries(refused).map(
    ([verdict, hits]) => `${verdict} ${hits === null ? 'not known' : WHOLE.format(hits)}`,
  )
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`
  const sums = [received, counted, received - counted].map((hits) => WHOLE.format(hits))
  return `Received ${sums[0]} = counted ${sums[1]} + refused ${sums[2]}${why}\n`
}

/** A row of a table: a label, and cells that are set flush right. */
type Line = readonly [label: string, ...cells: readonly string[]]

function tableText(lines: readonly Line[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const row = ([label, ...cells]: Line): string => {
    const padded = cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))
    return [label.padEnd(widths[0] ?? 0), ...padded].join('  ').trimEnd()
  }
  return lines.map((line) => `${row(line)}\n`).join('')
}

function labelText({ value, channel = null }: TopRow): string {
  if (value === null) return channel === null ? '(not known)' : `(${channel}, not known)`
  const text = printable(value)
  return text.length > LABEL_LENGTH_MAX ? `${text.slice(0, LABEL_LENGTH_MAX - 1)}…` : text
}

function shown(value: number | null, format: Intl.NumberFormat): string {
  return value === null ? '–' : format.format(value)
}
