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

function viewsCell({ report, view, links }: Answer): Html {
  const { pageViews } = report.totals
  if (pageViews === null) return plainCell('Page views', notWithFilters(links.help))
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
  return [visitorsCell(visitors, answer), ...rateCells(report, links.help)]
}

/** Of one page, or one referrer, visitors are those whose first view it was. */
function visitorsCell(visitors: number, { report, view, links }: Answer): Html {
  const name = isOwnPage(view, 'path') ? 'Visitors who began here' : 'Visitors'
  const { visitorsShare } = report.totals
  const moved = Math.abs((visitorsShare ?? 1) - (report.previous?.visitorsShare ?? 1))
  const below = html`${moved > SHARE_MOVED_MAX ? null : countChange(visitors, report.previous?.visitors)}${partly(visitorsShare, links.help)}`
  return chartCell(name, { measure: 'visitors', view }, [countWords(visitors), below])
}

/** Where the share of views that tell visitors moved by more, visitors may have changed for that alone. */
const SHARE_MOVED_MAX = 0.02
/** From this share on nothing is worth saying. */
const SHARE_WHOLE = 0.995

function partly(share: number | null, helpPath: string): Html | null {
  if (share === null || share >= SHARE_WHOLE) return null
  return html`<span>of ${shareWords(share, 1)} of the views <a class="link" href="${helpPath}#visitors-of-a-part">why?</a></span>`
}

/** A reader's later views differ in some columns: with a filter on these, the views of one reader are not all there. */
function rateCells({ totals, previous }: Report, helpPath: string): readonly Html[] {
  const { viewsPerVisitor, bounceRate } = totals
  if (viewsPerVisitor === null || bounceRate === null)
    return [plainCell('Views per visitor, bounce rate', notWithFilters(helpPath))]
  const [ratio, rate] = [previous?.viewsPerVisitor ?? null, previous?.bounceRate ?? null]
  return [
    plainCell('Views per visitor', [
      ratioWords(viewsPerVisitor),
      ratio === null ? null : change(changeWords(viewsPerVisitor, ratio), ratioWords(ratio)),
    ]),
    plainCell('Bounce rate', [
      shareWords(bounceRate, 1),
      rate === null ? null : change(pointsWords(bounceRate, rate), shareWords(rate, 1)),
    ]),
  ]
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

/** A share, but where more ends than views came: of readers whose browser denies its scripts, or who read twice. */
function readingCell({ ends, views }: Reading, helpPath: string): Html {
  const [number, below] =
    ends <= views
      ? [shareWords(ends, views), `of ${countWords(views)} views that could tell`]
      : [countWords(ends), `times; ${countWords(views)} views could tell`]
  return plainCell('Read to the end', [
    number,
    html`<span>${below} <a class="link" href="${helpPath}#read-to-the-end">why?</a></span>`,
  ])
}

type Words = readonly [number: string, below: Html | null]

function notWithFilters(helpPath: string): Words {
  return [
    '–',
    html`<span>not known with these filters <a class="link" href="${helpPath}#filters">why?</a></span>`,
  ]
}

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
