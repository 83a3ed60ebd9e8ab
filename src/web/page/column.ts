import { html } from 'hono/html'
import { LIMITS } from '../../limits.ts'
import type { ListName } from '../../report/report.ts'
import type { Html } from '../html.ts'
import { COLUMN_NAMES, isNamed } from '../names.ts'
import type { Tab } from '../panels.ts'
import type { View } from '../view.ts'
import { overviewOf, viewParameters, viewQuery } from '../view.ts'
import { countWords } from '../words.ts'
import type { Answer } from './answer.ts'
import { tabLines, UNIT_NAMES, unitOf, wholeOf } from './lines.ts'
import type { Line } from './list.ts'
import { listTable } from './list.ts'
import { reportHead } from './report-head.ts'
import { hiddenFields } from './when.ts'

/** One list at length, a page of it at a time; a row leads to the overview with its filter. */
export function columnMain(answer: Answer, list: ListName): Html {
  const { view } = answer
  const rows = rowsOf(answer, list)
  return html`${reportHead(answer)}
<section class="panel long" aria-labelledby="list-title">
<header><h2 id="list-title">${COLUMN_NAMES[list].many}</h2> <a href="${viewQuery(overviewOf(view))}">Back to the overview</a></header>
${searchForm(view, list)}
${rows.lines.length === 0 ? nothing(answer, list) : table(answer, rows)}
${pager(view, rows.all)}
</section>`
}

/** The rows of a page of a list. */
interface Rows {
  readonly tab: Tab
  readonly lines: readonly Line[]
  /** How many there are on all pages. */
  readonly all: number
}

function rowsOf(answer: Answer, list: ListName): Rows {
  const { report, view } = answer
  const { one, many } = COLUMN_NAMES[list]
  const tab: Tab = { name: list, title: many, head: one, unit: unitWanted(list) }
  const source = { ...answer, unit: unitOf(report, tab) }
  if (!isNamed(list)) {
    const lines = tabLines(source, tab, LIMITS.listRowsShown)
    return { tab, lines, all: report.distinct[list] ?? 0 }
  }
  const wanted = view.search.toLowerCase()
  const found = tabLines(source, tab, LIMITS.topRowsMax).filter(({ name }) =>
    name.toLowerCase().includes(wanted),
  )
  const lines = found.slice(view.offset, view.offset + LIMITS.listRowsShown)
  return { tab, lines, all: found.length }
}

function searchForm(view: View, list: ListName): Html {
  const kept = viewParameters({ ...view, search: '', offset: 0 })
  return html`<form class="search" method="get" role="search">
${hiddenFields(kept)}
<label>Containing <input type="search" name="search" value="${view.search}" autocomplete="off"></label>
<button type="submit">Search ${COLUMN_NAMES[list].plural}</button>
</form>`
}

function nothing({ report, view }: Answer, list: ListName): Html {
  const { plural } = COLUMN_NAMES[list]
  if (report.top[list] === undefined) return html`<p class="muted small">Not known with these filters.</p>`
  return html`<p class="muted small">No ${plural} ${view.search === '' ? 'in these days' : `that contain “${view.search}”`}.</p>`
}

function table({ report }: Answer, { tab, lines }: Rows): Html {
  const unit = UNIT_NAMES[unitOf(report, tab)]
  return listTable({
    caption: `${tab.title} by ${unit.toLowerCase()}`,
    head: tab.head,
    unit,
    share: 'Share',
    lines,
    whole: wholeOf(report, tab, lines),
  })
}

function unitWanted(list: ListName): Tab['unit'] {
  if (list === 'path') return 'views'
  if (list === 'landing') return 'entries'
  return list === 'event' || list === 'target' || list === 'window' ? 'events' : 'readers'
}

/** The way to the rows before and after, and how many there are. */
function pager(view: View, all: number): Html | null {
  const { offset } = view
  const end = offset + LIMITS.listRowsShown
  if (all <= LIMITS.listRowsShown && offset === 0) return null
  const to = (first: number) => viewQuery({ ...view, offset: Math.max(0, first) })
  return html`<nav class="pager" aria-label="Rows">
<span class="muted">${countWords(Math.min(offset + 1, all))} to ${countWords(Math.min(end, all))} of ${countWords(all)}</span>
${offset === 0 ? null : html`<a class="link" href="${to(offset - LIMITS.listRowsShown)}" rel="prev">Before</a>`}
${end >= all ? null : html`<a class="link" href="${to(end)}" rel="next">and ${countWords(all - end)} more</a>`}
</nav>`
}
