import { html } from 'hono/html'
import type { Report } from '../../report/report.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import type { View } from '../view.ts'
import { countOf, countWords } from '../words.ts'
import type { Answer } from './answer.ts'
import { freshWords } from './freshness.ts'
import { panelGrid } from './panel.ts'
import { filterParameters, queryText } from '../query.ts'
import { reportHead } from './report-head.ts'
import { seriesFigure } from './series.ts'
import { shownMeasure } from './steps.ts'
import { totalsList } from './totals.ts'

/** The overview of one site, or of a part of it: totals, series, panels. */
export function overviewMain(answer: Answer): Html {
  const view = { ...answer.view, chart: shownMeasure(answer) }
  return html`${reportHead(answer)}
${totalsList({ ...answer, view })}
${isDrawn(answer.report) ? seriesFigure({ ...answer, view }) : null}
${panelGrid(answer)}`
}

/** Whether the filters left anything of what a series sums: window classes alone have none. */
function isDrawn({ totals }: Report): boolean {
  return [totals.pageViews, totals.visitors, totals.events].some((sum) => sum !== null)
}

/** How new and how complete a report is, and where the same numbers and their hits are for programs. */
export function reportFooter({ report, view, links, nowMs }: Answer): Html {
  const { fresh, read, ledger, period } = report
  return html`<p>${freshWords({ fresh, nowMs, timezone: period.timezone })} ${countOf(ledger.received, 'hit')} in ${countOf(read.segments, 'segment')} and a tail of ${countWords(read.tailHits)}, read in ${countWords(Math.round(read.ms))} ms. <a href="">Load again</a></p>
<ul>
${dataItems(report.site, view, links)}
<li><a class="link" href="${links.help}">Help</a></li>
<li><a class="link" href="https://db-ip.com">IP geolocation by DB-IP</a></li>
</ul>`
}

const HITS_FILES = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
  ['parquet', 'Parquet'],
] as const

/** The same question to the API; nothing for who may not ask it. */
function dataItems(
  site: string,
  { period, compare, granularity, filters }: View,
  links: Links,
): readonly Html[] {
  const asked = [['period', period], ...filterParameters(filters)] as const
  const report = [...asked, ['compare', compare], ['granularity', granularity]] as const
  const json = links.data(site, 'report', queryText(report))
  if (json === null) return []
  const hits = HITS_FILES.map(([format, words]) => {
    const query = queryText([...asked, ['format', format]])
    return html` <a class="link" href="${links.data(site, 'hits', query)}">${words}</a>`
  })
  return [html`<li><a class="link" href="${json}">JSON</a></li>`, html`<li>Hits as${hits}</li>`]
}
