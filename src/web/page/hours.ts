import { html } from 'hono/html'
import { heatTable, peakOf } from '../chart/heat.ts'
import type { Html } from '../html.ts'
import { viewQuery } from '../view.ts'
import { countWords } from '../words.ts'
import type { Answer } from './answer.ts'

/** When a site is read: page views by weekday and hour, and where they are most. */
export function hoursSection({ report, view, links, weekStart }: Answer): Html {
  const { hours, totals, period } = report
  const peak = peakOf(hours)
  const most =
    peak === null
      ? ''
      : ` Most on ${peak.weekday} from ${peak.hour}:00: ${countWords(peak.count)} of ${countWords(totals.pageViews ?? 0)}.`
  return html`<section class="panel wide" id="hours" aria-labelledby="hours-title">
<header><h2 id="hours-title">Hours</h2> <a href="${links.picture(report.site, 'heat.svg', viewQuery(view))}">SVG<span class="unseen"> file of these hours</span></a></header>
<p class="muted small">Page views by weekday and hour, ${period.timezone}.${most}</p>
${heatTable('Page views by weekday and hour', { hours, weekStart })}
</section>`
}
