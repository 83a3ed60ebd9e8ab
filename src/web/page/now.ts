import { html } from 'hono/html'
import type { NowReport } from '../../report/report.ts'
import { literally } from '../../report/glob.ts'
import { spark } from '../chart/spark.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { valueName } from '../names.ts'
import type { View } from '../view.ts'
import { FIRST_VIEW, overviewOf, viewQuery, withFilter } from '../view.ts'
import { countOf, countWords } from '../words.ts'
import { freshWords } from './freshness.ts'
import { whyLink } from './help.ts'
import { listTable } from './list.ts'

/** Seconds after which a page that was asked to do so loads itself again. */
export const EVERY_SECONDS = 60

/** The last hour in a cell of the totals: views, a bar a minute, the page most read. */
export function nowCell(now: NowReport, { links, view }: { links: Links; view: View }): Html {
  const [most] = now.pages
  return html`<div class="now"><a href="${links.now(now.site)}">Last 60 minutes</a><strong>${countWords(viewsOf(now))}</strong>${minutesOf(now)}${
    most === undefined
      ? null
      : html`<span>Most read: <a class="link" href="${pageQuery(view, most.value)}">${valueName('path', most.value)}</a></span>`
  }</div>`
}

/** The last hour of a site by minute, and its pages. @param every whether the page loads itself again */
export function nowMain(now: NowReport, { links, every }: { links: Links; every: boolean }): Html {
  const views = viewsOf(now)
  const peak = now.minutes.reduce((most, minute) => (minute.pageViews > most.pageViews ? minute : most))
  return html`<div class="when"><div>
<h1>Now</h1>
<p class="muted small">${countOf(views, 'page view')} in the last 60 minutes · ${now.timezone}${
    views === 0 ? '' : html` · most at ${peak.time.slice(11)}: ${countWords(peak.pageViews)}`
  }</p>
</div>
<nav class="periods" aria-label="Load again"><a class="tab" href="">Load again</a> <a class="tab" href="${every ? '?' : `?every=${EVERY_SECONDS}`}"${
    every ? html` aria-current="true"` : null
  }>Every minute${every ? html`<span class="unseen">, on: a click ends it</span>` : null}</a></nav>
</div>
<figure class="minutes">
${minutesOf(now)}
<figcaption class="muted"><span>${now.minutes[0]?.time.slice(11)}</span><span>${now.minutes.at(-1)?.time.slice(11)}</span></figcaption>
${minuteTable(now)}
</figure>
<section class="panel long" aria-labelledby="now-title">
<header><h2 id="now-title">Pages</h2></header>
${pageList(now, views, links)}
</section>`
}

/** How new the last hour is. */
export function nowFooter({ fresh, timezone }: NowReport, nowMs: number): Html {
  return html`<p>${freshWords({ fresh, nowMs, timezone })}</p>`
}

function viewsOf({ minutes }: NowReport): number {
  return minutes.reduce((sum, { pageViews }) => sum + pageViews, 0)
}

function minutesOf({ minutes }: NowReport): Html | null {
  return spark(
    minutes.map(({ pageViews }) => pageViews),
    false,
  )
}

function pageQuery(view: View, path: string | null): string {
  const values = [path === null ? null : literally('path', path)]
  return viewQuery(overviewOf(withFilter(view, { column: 'path', values, exclude: false })))
}

function minuteTable({ minutes }: NowReport): Html {
  const busy = minutes.filter(({ pageViews }) => pageViews > 0).reverse()
  return html`<details class="data"><summary>The same as a table</summary>
<div tabindex="0" role="region" aria-label="The same as a table"><table>
<thead><tr><th scope="col">Minute</th><th scope="col" class="number">Page views</th></tr></thead>
<tbody>${busy.map(
    ({
      time,
      pageViews,
    }) => html`<tr><th scope="row">${time.slice(11)}</th><td>${countWords(pageViews)}</td></tr>
`,
  )}</tbody>
</table></div></details>`
}

function pageList({ pages, site }: NowReport, whole: number, links: Links): Html {
  if (pages.length === 0) return html`<p class="muted small">No page view in the last 60 minutes.</p>`
  const today = { ...FIRST_VIEW, period: 'today' }
  return listTable({
    caption: 'Pages by views in the last 60 minutes',
    head: 'Page',
    unit: 'Views',
    share: 'Share',
    lines: pages.map(({ value, pageViews }) => ({
      name: valueName('path', value),
      href: links.overview(site, pageQuery(today, value)),
      amount: pageViews,
      kind: value === null ? 'unknown' : 'plain',
      why: value === null ? whyLink('path', links.help) : null,
    })),
    whole,
  })
}
