import { html } from 'hono/html'
import { LIMITS } from '../../limits.ts'
import type { BotHits, ListName, Report } from '../../report/report.ts'
import type { Html } from '../html.ts'
import { COLUMN_NAMES } from '../names.ts'
import type { Panel, Tab } from '../panels.ts'
import { columnOfTab, DETAILS, PANELS } from '../panels.ts'
import type { View } from '../view.ts'
import { chosenValue, viewQuery } from '../view.ts'
import { countWords } from '../words.ts'
import type { Answer } from './answer.ts'
import { whyLink } from './help.ts'
import { hoursSection } from './hours.ts'
import type { LineSource } from './lines.ts'
import { tabLines, UNIT_NAMES, unitOf, wholeOf } from './lines.ts'
import type { Line } from './list.ts'
import { listTable } from './list.ts'
import { mapFigure } from './map.ts'
import { isOwnPage } from './subject.ts'

/** The tab that a panel shows: the one of the address, or what there is to see within the one value that is chosen. */
function currentTab({ id, tabs }: Panel, view: View): Tab {
  const named = tabs.find(({ name }) => name === view.tabs[id])
  const [first] = tabs
  const column = columnOfTab(first.name)
  const isChosen = column !== null && typeof chosenValue(view, column) === 'string'
  return named ?? (isChosen ? DETAILS[first.name] : undefined) ?? first
}

/** The panels of a view: the one that would list a page, or a referrer, on its own page is not among them. */
function panelsOf(view: View): readonly Panel[] {
  return PANELS.filter(
    ({ id }) =>
      !(id === 'pages' && isOwnPage(view, 'path')) && !(id === 'referrers' && isOwnPage(view, 'referrer')),
  )
}

/** What the report of a page has to list; hosts come along with their groups. */
export function panelLists(view: View): readonly ListName[] {
  const names = panelsOf(view).map((panel) => currentTab(panel, view).name)
  const lists = names.flatMap((name): readonly ListName[] => {
    if (name === 'channel') return ['channel', 'referrer']
    const column = columnOfTab(name)
    if (column === null) return []
    return [name === 'landing' ? name : column]
  })
  return [...new Set(lists)]
}

/** Whether a panel of the page lists what only the ledger knows. */
export function wantsBots(view: View): boolean {
  return panelsOf(view).some((panel) => columnOfTab(currentTab(panel, view).name) === null)
}

/** All panels of the overview, hours last. */
export function panelGrid(answer: Answer): Html {
  return html`<div class="panels">
${panelsOf(answer.view).map((panel) => panelSection(panel, answer))}
${hoursSection(answer)}
</div>`
}

function panelSection(panel: Panel, answer: Answer): Html {
  const tab = currentTab(panel, answer.view)
  return html`<section class="panel" id="${panel.id}" aria-labelledby="${panel.id}-title">
${panelHead(panel, tab, answer.view)}
${columnOfTab(tab.name) === null ? botList(tab, answer) : reportList(tab, answer)}
</section>
`
}

function panelHead({ id, tabs }: Panel, shown: Tab, view: View): Html {
  const others = tabs.filter((tab) => tab !== shown)
  return html`<header><h2 id="${id}-title">${shown.title}</h2>${others.map(
    (tab) =>
      html` <a href="${viewQuery({ ...view, tabs: { ...view.tabs, [id]: tab.name } })}#${id}">${tab.title}</a>`,
  )}</header>`
}

function reportList(tab: Tab, answer: Answer): Html {
  const { report, view } = answer
  const source: LineSource = { ...answer, unit: unitOf(report.totals, tab.unit) }
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
  const { plural } = COLUMN_NAMES[listOf(tab)]
  const isAsked = tab.name === 'assistant' || report.top[listOf(tab)] !== undefined
  const where = view.filters.length > 0 ? 'with these filters' : 'in these days'
  const why = whyLink(listOf(tab), links.help)
  const known = tab.unit === 'entries' && report.totals.visitors === null ? false : isAsked
  const words = known
    ? `No ${tab.name === 'assistant' ? 'readers from assistants' : plural} ${where}.`
    : `Not known ${where}.`
  return html`<p class="muted small">${words}${
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
  const shown = (bots ?? []).filter(({ ai }) => ai === (tab.name === 'crawler'))
  const more = html`<a class="more" href="${links.ledger(report.site, viewQuery({ ...view, filters: [] }))}">More in the ledger</a>`
  if (shown.length === 0) return html`<p class="muted small">None in these days.</p>`
  return html`${listTable({
    caption: `${tab.title} by hits`,
    head: tab.head,
    unit: 'Hits',
    share: 'Share',
    lines: shown.slice(0, LIMITS.topRowsShown).map(botLine),
    whole: (bots ?? []).reduce((sum, { hits }) => sum + hits, 0),
  })}
${more}`
}

function botLine({ name, hits }: BotHits): Line {
  return { name, href: null, amount: hits, kind: 'plain', why: null }
}
