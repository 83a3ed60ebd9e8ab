import { html } from 'hono/html'
import { LIMITS } from '../../limits.ts'
import type { BotHits, ListName, Report } from '../../report/report.ts'
import type { Html } from '../html.ts'
import { COLUMN_NAMES } from '../names.ts'
import type { Panel, Tab } from '../panels.ts'
import { columnOfTab } from '../panels.ts'
import { queryText } from '../query.ts'
import type { View } from '../view.ts'
import { viewQuery } from '../view.ts'
import { countWords } from '../words.ts'
import type { Answer } from './answer.ts'
import { whyLink } from './help.ts'
import { hoursSection } from './hours.ts'
import type { LineSource } from './lines.ts'
import { tabLines, UNIT_NAMES, unitOf, wholeOf } from './lines.ts'
import type { Line } from './list.ts'
import { listTable } from './list.ts'
import { mapFigure } from './map.ts'
import { currentTab, panelsOf } from './panel-tabs.ts'

/** All panels of the overview that there is an answer for, hours last. A tab that was asked for stays, and says that it has none. */
export function panelGrid(answer: Answer): Html {
  const { report, view, links } = answer
  const panels = panelsOf(view)
  const unknown = panels.filter(
    (panel) => view.tabs[panel.id] === undefined && !isAnswered(currentTab(panel, view), report),
  )
  return html`<div class="panels">
${panels.filter((panel) => !unknown.includes(panel)).map((panel) => panelSection(panel, answer))}
${report.totals.pageViews === null ? null : hoursSection(answer)}
</div>
${unknown.length === 0 ? null : notKnown(unknown, links.help)}`
}

function isAnswered(tab: Tab, { top }: Report): boolean {
  return columnOfTab(tab.name) === null || top[listOf(tab)] !== undefined
}

/** What the filters leave no answer for. */
function notKnown(panels: readonly Panel[], helpPath: string): Html {
  const titles = panels.map(({ tabs: [{ title }] }) => title)
  return html`<p class="muted small apart">Not known with these filters: ${titles.join(', ')}. <a href="${helpPath}#filters">Why?</a></p>`
}

function panelSection(panel: Panel, answer: Answer): Html {
  const tab = currentTab(panel, answer.view)
  const style = tab.name === 'map' ? 'panel wide mapped' : 'panel'
  return html`<section class="${style}" id="${panel.id}" aria-labelledby="${panel.id}-title">
${panelHead(panel, tab, answer)}
${columnOfTab(tab.name) === null ? botList(tab, answer) : reportList(tab, answer)}
</section>
`
}

function panelHead({ id, tabs }: Panel, shown: Tab, { view, isPart }: Answer): Html {
  const others = tabs.filter(({ name }) => name !== shown.name && (columnOfTab(name) !== null || !isPart))
  return html`<header><h2 id="${id}-title">${shown.title}</h2>${others.map(
    (tab) =>
      html` <a href="${viewQuery({ ...view, tabs: { ...view.tabs, [id]: tab.name } })}#${id}">${tab.title}</a>`,
  )}</header>`
}

function reportList(tab: Tab, answer: Answer): Html {
  const { report, view, links } = answer
  if (!isAnswered(tab, report))
    return html`<p class="muted small">Not known with these filters. <a href="${links.help}#filters">Why?<span class="unseen"> ${tab.title}</span></a></p>`
  const source: LineSource = { ...answer, unit: unitOf(report, tab) }
  const lines = tabLines(source, tab, LIMITS.topRowsShown)
  if (lines.length === 0) return nothing(tab, answer)
  const unit = UNIT_NAMES[source.unit]
  return html`${tab.name === 'map' ? mapFigure(answer) : null}${listTable({
    caption: `${tab.title} by ${unit.toLowerCase()}`,
    head: tab.head,
    unit,
    share: tab.name === 'event' && report.totals.pageViews !== null ? 'Per view' : 'Share',
    lines,
    whole: wholeOf(report, tab, lines),
  })}
${moreLink(tab, { report, view })}`
}

/** Why a panel is empty. */
function nothing(tab: Tab, { report, view, links }: Answer): Html {
  const list = listOf(tab)
  const where = view.filters.length > 0 ? 'with these filters' : 'in these days'
  const what = tab.name === 'assistant' ? 'readers from assistants' : COLUMN_NAMES[list].plural
  const isKnown = tab.unit !== 'entries' || report.totals.visitors !== null
  const why = whyLink(list, links.help)
  return html`<p class="muted small">${isKnown ? `No ${what} ${where}.` : `Not known ${where}.`}${
    why === null ? null : html` <a href="${why}">Why?<span class="unseen"> ${tab.title}</span></a>`
  }</p>`
}

function listOf({ name }: Tab): ListName {
  return name === 'landing' ? name : (columnOfTab(name) ?? 'referrer')
}

function moreLink(tab: Tab, { report, view }: { report: Report; view: View }): Html | null {
  if (tab.name === 'assistant') return null
  const list = tab.name === 'channel' ? 'referrer' : listOf(tab)
  const distinct = knownValues(report, list)
  if (distinct <= (tab.name === 'channel' ? 0 : LIMITS.topRowsShown)) return null
  const href = viewQuery({ ...view, show: list })
  return html`<a class="more" href="${href}">All ${countWords(distinct)} ${COLUMN_NAMES[list].plural}</a>`
}

/** How many values a list has, "not known" left out. */
function knownValues({ distinct, top }: Report, list: ListName): number {
  const unknown = (top[list] ?? []).filter(({ value }) => value === null).length
  return (distinct[list] ?? 0) - unknown
}

/** Bots by the name they give: those of AI companies, or the others. They are of all hits, whatever the filters. */
function botList(tab: Tab, { report, bots, view, links }: Answer): Html {
  const isCrawler = tab.name === 'crawler'
  const shown = (bots ?? []).filter(({ ai }) => ai === isCrawler)
  if (shown.length === 0) return html`<p class="muted small">None in these days.</p>`
  const all = queryText([
    ['period', view.period],
    ['bots', 'all'],
  ])
  return html`${listTable({
    caption: `${tab.title} by hits`,
    head: tab.head,
    unit: 'Hits',
    share: 'Share',
    lines: shown.slice(0, LIMITS.topRowsShown).map(botLine),
    whole: (bots ?? []).reduce((sum, { hits }) => sum + hits, 0),
  })}
<a class="more" href="${links.ledger(report.site, all)}#${isCrawler ? 'ai' : 'bots'}">All ${countWords(shown.length)} in the ledger</a>`
}

function botLine({ name, hits }: BotHits): Line {
  return { name, href: null, amount: hits, kind: 'plain', why: null }
}
