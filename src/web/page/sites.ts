import { html } from 'hono/html'
import type { SiteSummary } from '../../report/report.ts'
import { percent } from '../chart/scale.ts'
import { spark } from '../chart/spark.ts'
import { longDayWords } from '../days.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { changeWords, countOf, countWords, shareWords } from '../words.ts'

/** From so many sites on there is a field to search them. */
const SEARCHED_FROM = 10

/** All sites, and what somebody looks for among them. */
export interface Sites {
  readonly sites: readonly SiteSummary[]
  /** Part of the names to show; empty for all. */
  readonly search: string
  readonly links: Links
  readonly unknownHosts: Html | null
}

/** All sites with their page views of the last 28 days, most first, and those that nobody visited yet. */
export function sitesMain({ sites, search, links, unknownHosts }: Sites): Html {
  const wanted = sites.filter(({ site }) => site.includes(search.trim().toLowerCase()))
  const seen = wanted.filter(({ firstDay }) => firstDay !== null).sort((a, b) => b.pageViews - a.pageViews)
  const waiting = wanted.filter(({ firstDay }) => firstDay === null)
  return html`${head(sites)}
${sites.length < SEARCHED_FROM ? null : searchForm(search)}
<section class="panel full" aria-labelledby="sites-title">
<header><h2 id="sites-title">Sites</h2> <a href="${links.ledger(null)}">Ledger of all sites</a></header>
${wanted.length === 0 ? html`<p class="muted small">No site’s name contains “${search}”.</p>` : null}
${seen.length === 0 ? null : table(seen, { links, whole: viewsOf(sites) })}
${waiting.length === 0 ? null : waitingList(waiting, links)}
</section>
${unknownHosts}`
}

function head(sites: readonly SiteSummary[]): Html {
  const since = sites
    .flatMap(({ firstDay }) => (firstDay === null ? [] : [firstDay]))
    .reduce<string | null>((first, day) => (first === null || day < first ? day : first), null)
  return html`<div class="when"><div>
<h1>${countOf(sites.length, 'site')}</h1>
<p class="muted small">${countOf(viewsOf(sites), 'page view')} in the last 28 days${since === null ? '' : `, the first one counted on ${longDayWords(since)}`}</p>
</div></div>`
}

function viewsOf(sites: readonly SiteSummary[]): number {
  return sites.reduce((sum, { pageViews }) => sum + pageViews, 0)
}

function searchForm(search: string): Html {
  return html`<form class="search" method="get" role="search">
<label>Name contains <input type="search" name="search" value="${search}" autocomplete="off"></label>
<button type="submit">Search sites</button>
</form>`
}

function table(sites: readonly SiteSummary[], { links, whole }: { links: Links; whole: number }): Html {
  const most = Math.max(1, ...sites.map(({ pageViews }) => pageViews))
  return html`<table class="list sites">
<caption class="unseen">Sites by page views in the last 28 days</caption>
<thead><tr><th scope="col">Site</th><th scope="col" class="shape">28 days, own scale</th><th scope="col" class="number">Views</th><th scope="col" class="number">Share</th><th scope="col" class="number">Change</th></tr></thead>
<tbody>
${sites.map(
  (
    one,
  ) => html`<tr><th scope="row"><svg class="bar" aria-hidden="true"><rect width="${percent(one.pageViews, most)}"/></svg><a href="${links.overview(one.site)}">${one.site}</a></th><td class="shape">${spark(one.days.slice(-DAYS), false)}</td><td>${countWords(one.pageViews)}</td><td>${shareWords(one.pageViews, whole)}</td><td>${change(one)}</td></tr>
`,
)}</tbody>
</table>
<p class="muted small">Change: the 27 days before today, against the same weekdays of the four weeks before.</p>`
}

const DAYS = 28

/** Of whole days: today’s part would make every site look worse. */
function change({ days }: SiteSummary): string {
  const sum = (views: readonly number[]) => views.reduce((total, count) => total + count, 0)
  return changeWords(sum(days.slice(-DAYS, -1)), sum(days.slice(0, -DAYS).slice(0, DAYS - 1)))
}

function waitingList(sites: readonly SiteSummary[], links: Links): Html {
  return html`<ul class="idle">
${sites.map(
  ({ site, hits }) =>
    html`<li><a class="link" href="${links.overview(site)}">${site}</a> <span class="muted small">no page view yet${hits > 0 ? `, ${countWords(hits)} refused` : ''}: paste the tag</span></li>
`,
)}</ul>`
}
