import { html } from 'hono/html'
import type { Report } from '../../report/report.ts'
import type { Html } from '../html.ts'
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

/** How new and how complete a report is, and where the same numbers are as JSON. */
export function reportFooter({ report, view, links, nowMs }: Answer): Html {
  const { fresh, read, ledger, period, site } = report
  const same = queryText([
    ['period', view.period],
    ['compare', view.compare],
    ['granularity', view.granularity],
    ...filterParameters(view.filters),
  ])
  const json = links.report(site, same)
  return html`<p>${freshWords({ fresh, nowMs, timezone: period.timezone })} ${countOf(ledger.received, 'hit')} in ${countOf(read.segments, 'segment')} and a tail of ${countWords(read.tailHits)}, read in ${countWords(Math.round(read.ms))} ms. <a href="">Load again</a></p>
<ul>
${json === null ? null : html`<li><a class="link" href="${json}">JSON</a></li>`}
<li><a class="link" href="${links.help}">Help</a></li>
<li><a class="link" href="https://db-ip.com">IP geolocation by DB-IP</a></li>
</ul>`
}
