import { html } from 'hono/html'
import type { Reading, Report, Totals } from '../../report/report.ts'
import type { Html } from '../html.ts'
import type { Measure, View } from '../view.ts'
import { viewQuery } from '../view.ts'
import { changeWords, countWords, pointsWords, ratioWords, shareWords } from '../words.ts'
import type { Answer } from './answer.ts'
import { nowCell } from './now.ts'
import { isOwnPage } from './subject.ts'

/**
 * The sums of a report with their changes. What a chart can draw leads to it. Where no view numbers exist one muted
 * cell says so, instead of three that could only say zero.
 */
export function totalsList(answer: Answer): Html {
  const { report, view, now, links } = answer
  const cells = [viewsCell(answer), ...readerCells(answer), eventsCell(answer)]
  if (report.reading !== null) cells.push(readingCell(report.reading, links.help))
  if (now !== null) cells.push(nowCell(now, { links, view }))
  const shown = cells.filter((cell) => cell !== null)
  return html`<h2 class="unseen">Totals</h2>
<ul class="totals">
${shown.map(
  (cell) => html`<li>${cell}</li>
`,
)}</ul>`
}

function viewsCell({ report, view }: Answer): Html {
  const { pageViews } = report.totals
  if (pageViews === null) return plainCell('Page views', NOT_WITH_FILTER)
  return chartCell('Page views', { measure: 'views', view }, [
    countWords(pageViews),
    countChange(pageViews, report.previous?.pageViews),
  ])
}

function readerCells(answer: Answer): readonly Html[] {
  const { report, links } = answer
  const { pageViews, visitors } = report.totals
  if (pageViews === null) return []
  if (visitors === null) return [unknownVisitors(report.site, links.help)]
  return [visitorsCell(visitors, answer), ratioCell(report), bounceCell(report)]
}

/** Of one page, or one referrer, visitors are those whose first view it was. */
function visitorsCell(visitors: number, { report, view, links }: Answer): Html {
  const name = isOwnPage(view, 'path') ? 'Visitors who began here' : 'Visitors'
  const below = partly(report, links.help) ?? countChange(visitors, report.previous?.visitors)
  return chartCell(name, { measure: 'visitors', view }, [countWords(visitors), below])
}

/** Visitors are compared only where they are known of all views but a few: else the share may be what changed. */
const SHARE_WHOLE = 0.995

function partly({ totals, previous }: Report, helpPath: string): Html | null {
  const { visitorsShare } = totals
  const before = previous?.visitorsShare ?? 1
  if (visitorsShare === null || Math.min(visitorsShare, before) >= SHARE_WHOLE) return null
  return html`<span>of ${shareWords(visitorsShare, 1)} of the views <a class="link" href="${helpPath}#visitors-of-a-part">why?</a></span>`
}

function ratioCell({ totals, previous }: Report): Html {
  const { viewsPerVisitor } = totals
  const last = previous?.viewsPerVisitor ?? null
  if (viewsPerVisitor === null) return plainCell('Views per visitor', NOT_WITH_FILTER)
  return plainCell('Views per visitor', [
    ratioWords(viewsPerVisitor),
    last === null ? null : change(changeWords(viewsPerVisitor, last), ratioWords(last)),
  ])
}

function bounceCell({ totals, previous }: Report): Html {
  const { bounceRate } = totals
  const last = previous?.bounceRate ?? null
  if (bounceRate === null) return plainCell('Bounce rate', NOT_WITH_FILTER)
  return plainCell('Bounce rate', [
    shareWords(bounceRate, 1),
    last === null ? null : change(pointsWords(bounceRate, last), shareWords(last, 1)),
  ])
}

/** Only where there were any, since most sites have none. */
function eventsCell({ report, view }: Answer): Html | null {
  const { events, pageViews } = report.totals
  if (events === null || (events === 0 && pageViews !== null)) return null
  return chartCell('Events', { measure: 'events', view }, [
    countWords(events),
    countChange(events, report.previous?.events),
  ])
}

function readingCell({ ends, views }: Reading, helpPath: string): Html {
  return plainCell('Read to the end', [
    shareWords(ends, views),
    html`<span>of ${countWords(views)} views that could tell <a class="link" href="${helpPath}#read-to-the-end">why?</a></span>`,
  ])
}

type Words = readonly [number: string, below: Html | null]

/** A reader's later views differ in such a column, so views of one reader cannot be told from here. */
const NOT_WITH_FILTER: Words = ['–', html`<span>not known with these filters</span>`]

function countChange(now: number, before: Totals[keyof Totals] | undefined): Html | null {
  return before === null || before === undefined ? null : change(changeWords(now, before), countWords(before))
}

function change(words: string, before: string): Html {
  return before === '0' ? html`<span>none before</span>` : html`<span><b>${words}</b> from ${before}</span>`
}

function chartCell(
  name: string,
  { measure, view }: { measure: Measure; view: View },
  [number, below]: Words,
): Html {
  const current = view.chart === measure ? html` aria-current="true"` : null
  return html`<div><a href="${viewQuery({ ...view, chart: measure })}"${current}>${name}</a><strong>${number}</strong>${below}</div>`
}

function plainCell(name: string, [number, below]: Words): Html {
  return html`<div><span>${name}</span><strong>${number}</strong>${below}</div>`
}

function unknownVisitors(site: string, helpPath: string): Html {
  return html`<div class="wide"><span>Visitors</span><strong class="not-known">not known</strong><span>The tag of ${site} leaves nothing on the device, so two views by one reader and one view by two look the same. <a class="link" href="${helpPath}#visitors-not-known">Why?</a></span></div>`
}
