import { html } from 'hono/html'
import type { Totals } from '../../report/report.ts'
import type { Html } from '../html.ts'
import type { Answer } from './answer.ts'
import type { Measure, View } from '../view.ts'
import { viewQuery } from '../view.ts'
import { changeWords, countWords, pointsWords, ratioWords, shareWords } from '../words.ts'

/**
 * The sums of a report with their changes. Page views and visitors lead to their chart. Where no view numbers
 * exist one muted cell says so, instead of three that could only say zero.
 */
export function totalsList({ report, view, links }: Answer): Html {
  const { totals, previous } = report
  const cells = [viewsCell(totals, previous, view)]
  if (totals.visitors === null) cells.push(unknownVisitors(report.site, links.help))
  else
    cells.push(
      visitorsCell(totals.visitors, previous, view),
      ratioCell(totals, previous),
      bounceCell(totals, previous),
    )
  return html`<h2 class="unseen">Totals</h2>
<ul class="totals${totals.visitors === null ? ' few' : ''}">
${cells.map(
  (cell) => html`<li>${cell}</li>
`,
)}</ul>`
}

type Before = Totals | null

function viewsCell({ pageViews }: Totals, before: Before, view: View): Html {
  const last = before?.pageViews ?? null
  return chartCell('Page views', { measure: 'views', view }, [
    pageViews === null ? '–' : countWords(pageViews),
    pageViews === null || last === null ? null : change(changeWords(pageViews, last), countWords(last)),
  ])
}

function visitorsCell(visitors: number, before: Before, view: View): Html {
  const last = before?.visitors ?? null
  return chartCell('Visitors', { measure: 'visitors', view }, [
    countWords(visitors),
    last === null ? null : change(changeWords(visitors, last), countWords(last)),
  ])
}

function ratioCell({ viewsPerVisitor }: Totals, before: Before): Html {
  const last = before?.viewsPerVisitor ?? null
  if (viewsPerVisitor === null) return plainCell('Views per visitor', NOT_WITH_FILTER)
  return plainCell('Views per visitor', [
    ratioWords(viewsPerVisitor),
    last === null ? null : change(changeWords(viewsPerVisitor, last), ratioWords(last)),
  ])
}

function bounceCell({ bounceRate }: Totals, before: Before): Html {
  const last = before?.bounceRate ?? null
  if (bounceRate === null) return plainCell('Bounce rate', NOT_WITH_FILTER)
  return plainCell('Bounce rate', [
    shareWords(bounceRate, 1),
    last === null ? null : change(pointsWords(bounceRate, last), shareWords(last, 1)),
  ])
}

type Words = readonly [number: string, below: Html | null]

/** A reader's later views differ in such a column, so views of one reader cannot be told from here. */
const NOT_WITH_FILTER: Words = ['–', html`<span>not known with these filters</span>`]

function change(words: string, before: string): Html {
  return before === '0' ? html`<span>none before</span>` : html`<span><b>${words}</b> from ${before}</span>`
}

function chartCell(
  name: string,
  { measure, view }: { measure: Measure; view: View },
  [number, below]: Words,
): Html {
  const current = view.chart === measure ? html` aria-current="true"` : null
  return html`<a href="${viewQuery({ ...view, chart: measure })}"${current}><span>${name}</span><strong>${number}</strong>${below}</a>`
}

function plainCell(name: string, [number, below]: Words): Html {
  return html`<div><span>${name}</span><strong>${number}</strong>${below}</div>`
}

function unknownVisitors(site: string, helpPath: string): Html {
  return html`<div><span>Visitors</span><strong class="not-known">not known</strong><span>The tag of ${site} leaves nothing on the device, so two views by one reader and one view by two look the same. <a class="link" href="${helpPath}#visitors-not-known">Why?</a></span></div>`
}
