import { html } from 'hono/html'
import { clockAt } from '../days.ts'
import type { Html } from '../html.ts'
import { COLUMN_NAMES } from '../names.ts'
import { periodTitle } from '../periods.ts'
import { filterParameters, queryText } from '../query.ts'
import type { View } from '../view.ts'
import { viewParameters, viewQuery } from '../view.ts'
import { countOf, countWords } from '../words.ts'
import type { Answer } from './answer.ts'
import { filterBar } from './filters.ts'
import { freshWords } from './freshness.ts'
import { columnLines, UNIT_NAMES, unitOf } from './lines.ts'
import { listTable } from './list.ts'
import { panelGrid } from './panel.ts'
import { seriesFigure, shownMeasure } from './series.ts'
import { totalsList } from './totals.ts'
import { compareMenu, whenHead } from './when.ts'

/** The overview of one site: totals, series, panels. */
export function overviewMain(answer: Answer): Html {
  const { report, links, nowMs } = answer
  const view = { ...answer.view, chart: shownMeasure(report, answer.view) }
  return html`${head(answer)}
${totalsList({ ...answer, view })}
${seriesFigure(report, view, clockAt(nowMs, report.period.timezone))}
${panelGrid(report, view, links)}`
}

/** One column at length; a row leads back to the overview with its filter. @param max rows asked for */
export function columnMain(answer: Answer, column: NonNullable<View['show']>, max: number): Html {
  const { report, view } = answer
  const unit = unitOf(report.totals, column === 'path' ? 'views' : 'readers')
  const lines = columnLines({ ...answer, unit }, column, max)
  const { one, many, plural } = COLUMN_NAMES[column]
  const unitWords = UNIT_NAMES[unit]
  const distinct = report.distinct[column] ?? lines.length
  return html`${head(answer)}
<section class="panel long" aria-labelledby="list-title">
<header><h2 id="list-title">${many}</h2> <a href="${viewQuery({ ...view, show: null })}">Back to the overview</a></header>
${
  distinct > max
    ? html`<p class="muted small">The first ${countWords(max)} of ${countWords(distinct)} ${plural}, most ${unitWords.toLowerCase()} first. Filters show the others.</p>`
    : null
}
${
  lines.length === 0
    ? html`<p class="muted small">No ${plural} in these days.</p>`
    : listTable({
        caption: `${many} by ${unitWords.toLowerCase()}`,
        head: one,
        unit: unitWords,
        lines,
        whole: report.totals[unit] ?? 0,
      })
}
</section>`
}

function head({ report, view, nowMs }: Answer): Html {
  return html`${whenHead({
    heading: periodTitle(view.period, report.period),
    period: view.period,
    days: report.period,
    clock: clockAt(nowMs, report.period.timezone),
    linkTo: (period) => viewQuery({ ...view, period }),
    parameters: viewParameters(view),
    compare: compareMenu(view.compare, (compare) => viewQuery({ ...view, compare })),
  })}
${filterBar(view)}`
}

/** How new and how complete a report is, and where the same numbers are as JSON. */
export function reportFooter({ report, view, links, nowMs }: Answer): Html {
  const { fresh, read, ledger, period, site } = report
  const same = queryText([
    ['period', view.period],
    ['compare', view.compare],
    ...filterParameters(view.filters),
  ])
  return html`<p>${freshWords({ fresh, nowMs, timezone: period.timezone })} ${countOf(ledger.received, 'hit')} in ${countOf(read.segments, 'segment')} and a tail of ${countWords(read.tailHits)}, read in ${countWords(Math.round(read.ms))} ms. <a href="">Load again</a>.</p>
<ul>
<li><a class="link" href="${links.report(site, same)}">JSON</a></li>
<li><a class="link" href="${links.help}">Help</a></li>
<li><a class="link" href="https://db-ip.com">IP geolocation by DB-IP</a></li>
</ul>`
}
