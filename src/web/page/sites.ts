import { html } from 'hono/html'
import type { SiteSummary } from '../../report/report.ts'
import { longDayWords } from '../days.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { countOf, countWords } from '../words.ts'
import { listTable } from './list.ts'

/** All sites with their page views of the last 28 days, most first, and those that nobody visited yet. */
export function sitesMain(sites: readonly SiteSummary[], links: Links, unknownHosts: Html | null): Html {
  const seen = sites.filter(({ firstDay }) => firstDay !== null).sort((a, b) => b.pageViews - a.pageViews)
  const waiting = sites.filter(({ firstDay }) => firstDay === null)
  const views = seen.reduce((sum, { pageViews }) => sum + pageViews, 0)
  const since = seen.map(({ firstDay }) => firstDay ?? '').sort((a, b) => a.localeCompare(b))[0]
  return html`<div class="when"><div>
<h1>${countOf(sites.length, 'site')}</h1>
<p class="muted small">${countOf(views, 'page view')} in the last 28 days${since === undefined ? '' : `, the first one counted on ${longDayWords(since)}`}</p>
</div></div>
<div class="panels">
<section class="panel wide" aria-labelledby="sites-title">
<header><h2 id="sites-title">Sites</h2> <a href="${links.ledger(null)}">Ledger of all sites</a></header>
${listTable({
  caption: 'Sites by page views in the last 28 days',
  head: 'Site',
  unit: 'Views',
  lines: seen.map(({ site, pageViews }) => ({
    name: site,
    href: links.overview(site),
    amount: pageViews,
    kind: 'plain',
    why: null,
  })),
  whole: views,
})}
${waiting.length === 0 ? null : waitingList(waiting, links)}
</section>
</div>
${unknownHosts}`
}

function waitingList(sites: readonly SiteSummary[], links: Links): Html {
  return html`<ul class="idle">
${sites.map(
  ({ site, hits }) =>
    html`<li><a class="link" href="${links.overview(site)}">${site}</a> <span class="muted small">no page view yet${hits > 0 ? `, ${countWords(hits)} refused` : ''}: paste the tag</span></li>
`,
)}</ul>`
}
