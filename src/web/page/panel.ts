import { html } from 'hono/html'
import { LIMITS } from '../../limits.ts'
import type { Report } from '../../report/report.ts'
import type { ReportColumn } from '../../row.ts'
import { heatTable, peakOf } from '../chart/heat.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { COLUMN_NAMES } from '../names.ts'
import type { Panel, Tab } from '../panels.ts'
import { PANELS } from '../panels.ts'
import type { View } from '../view.ts'
import { viewQuery } from '../view.ts'
import { countWords } from '../words.ts'
import type { LineSource } from './lines.ts'
import { columnLines, referrerLines, UNIT_NAMES, unitOf } from './lines.ts'
import { listTable } from './list.ts'

/** The tab that a panel shows. */
function currentTab({ id, tabs }: Panel, view: View): Tab {
  return tabs.find(({ column }) => column === view.tabs[id]) ?? tabs[0]
}

/** The columns that the panels of a page list; hosts come along with their groups. */
export function panelColumns(view: View): readonly ReportColumn[] {
  const columns = PANELS.map((panel) => currentTab(panel, view).column)
  return columns.includes('channel') ? [...columns, 'referrer'] : columns
}

/** All panels of the overview, hours last. */
export function panelGrid(report: Report, view: View, links: Links): Html {
  return html`<div class="panels">
${PANELS.map((panel) => panelSection(panel, { report, view, links }))}
${hoursSection(report)}
</div>`
}

function panelSection(panel: Panel, shown: { report: Report; view: View; links: Links }): Html {
  const { report, view } = shown
  const tab = currentTab(panel, view)
  const unit = unitOf(report.totals, tab.unit)
  const source: LineSource = { ...shown, unit }
  const lines =
    tab.column === 'channel' ? referrerLines(source) : columnLines(source, tab.column, LIMITS.topRowsShown)
  const unitWords = UNIT_NAMES[unit]
  const caption = `${tab.title} by ${unitWords.toLowerCase()}`
  return html`<section class="panel" id="${panel.id}" aria-labelledby="${panel.id}-title">
${panelHead(panel, tab, view)}
${
  lines.length === 0
    ? html`<p class="muted small">No ${COLUMN_NAMES[tab.column].plural} ${view.filters.length > 0 ? 'with these filters' : 'in these days'}.</p>`
    : listTable({ caption, head: tab.head, unit: unitWords, lines, whole: report.totals[unit] ?? 0 })
}
${moreLink(tab.column, { report, view })}
</section>
`
}

function panelHead({ id, tabs }: Panel, shown: Tab, view: View): Html {
  return html`<header>${tabs.map((tab) =>
    tab === shown
      ? html`<h2 id="${id}-title">${tab.title}</h2> `
      : html`<a href="${viewQuery({ ...view, tabs: { ...view.tabs, [id]: tab.column } })}#${id}">${tab.title}</a> `,
  )}</header>`
}

function moreLink(column: ReportColumn, { report, view }: { report: Report; view: View }): Html | null {
  const listed = column === 'channel' ? 'referrer' : column
  const distinct = knownValues(report, listed)
  if (distinct <= (column === 'channel' ? 0 : LIMITS.topRowsShown)) return null
  const href = viewQuery({ ...view, show: listed })
  return html`<a class="more" href="${href}">All ${countWords(distinct)} ${COLUMN_NAMES[listed].plural}</a>`
}

/** How many values a column has, "not known" left out. */
function knownValues({ distinct, top }: Report, column: ReportColumn): number {
  const unknown = (top[column] ?? []).filter(({ value }) => value === null).length
  return (distinct[column] ?? 0) - unknown
}

function hoursSection({ hours, totals, period }: Report): Html {
  const peak = peakOf(hours)
  const most =
    peak === null
      ? ''
      : ` Most on ${peak.weekday} from ${peak.hour}:00: ${countWords(peak.count)} of ${countWords(totals.pageViews ?? 0)}.`
  return html`<section class="panel wide" id="hours" aria-labelledby="hours-title">
<header><h2 id="hours-title">Hours</h2></header>
<p class="muted small">Page views by weekday and hour, ${period.timezone}.${most}</p>
${heatTable('Page views by weekday and hour', hours)}
</section>`
}
