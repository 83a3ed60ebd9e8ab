import { html } from 'hono/html'
import type { SiteSummary } from '../../report/report.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { countWords } from '../words.ts'

/** The way to other pages, above every page that one sees only when logged in. */
export interface Navigation {
  readonly sites: readonly SiteSummary[]
  /** The site of the page; null: all, or none. */
  readonly site: string | null
  readonly tab: 'overview' | 'now' | 'ledger' | null
  /** Query that goes along to the other tab: the period. */
  readonly query: string
  /** Whether there is a session to end. */
  readonly signedIn: boolean
  /** All that the reader may see, in words; null: everything. */
  readonly sight: string | null
  /** Whether that is a part of a site, of which there is no ledger and no last hour. */
  readonly isPart: boolean
}

/** One page. */
export interface Frame {
  readonly title: string
  readonly links: Links
  /** Absent where nobody is logged in. */
  readonly navigation?: Navigation
  /** Without navigation: a text to read, instead of a few words in the middle. */
  readonly text?: true
  readonly main: Html
  readonly footer?: Html
}

/** Sites that the menu names; the rest is on the list of sites. */
const MENU_SITES_MAX = 20

/** What charts and bars fill with; once a page. */
export const PATTERNS = html`<svg class="unseen" aria-hidden="true"><defs>
<pattern id="unfinished" class="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v6"/></pattern>
<pattern id="unknown" class="hatch quiet" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5"/></pattern>
</defs></svg>`

/** A whole page. */
export function page({ title, links, navigation, text, main, footer }: Frame): Html {
  return html`<!DOCTYPE html>
<html lang="en">
${head(title, links)}
<body${navigation === undefined && text === undefined ? html` class="alone"` : null}>
<a class="skip" href="#numbers">Skip to the numbers</a>
${PATTERNS}
${navigation === undefined ? null : top(links, navigation)}
<main id="numbers">
${main}
</main>
${footer === undefined ? null : html`<footer class="bottom">${footer}</footer>`}
</body>
</html>
`
}

function head(title: string, links: Links): Html {
  return html`<head>
<meta charset="utf-8">
<title>${title} · Headcount</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="${links.icon}">
<link rel="stylesheet" href="${links.styles}">
<link rel="stylesheet" href="${links.printStyles}" media="print">
</head>`
}

/** The name with its five strokes. @param href where it leads; null: nowhere */
export function brand(href: string | null): Html {
  const inside = html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 4v12M8 4v12M12 4v12M16 4v12M1.5 14.5l17-9"/></svg>Headcount`
  return href === null
    ? html`<p class="brand">${inside}</p>`
    : html`<a class="brand" href="${href}">${inside}</a>`
}

function top(links: Links, navigation: Navigation): Html {
  const { site, query, sight, isPart } = navigation
  const overview = site === null ? links.sites : links.overview(site, query)
  return html`<header class="top">
${brand(links.sites)}
${sight === null ? siteMenu(links, navigation) : html`<p class="sight">${sight}</p>`}
<nav aria-label="Headcount">
${tab(overview, site === null ? 'Sites' : 'Overview', navigation.tab === 'overview' && 'page')}
${site === null || isPart ? null : tab(links.now(site), 'Now', navigation.tab === 'now' && 'page')}
${isPart ? null : tab(links.ledger(site, query), 'Ledger', navigation.tab === 'ledger' && 'page')}
${
  navigation.signedIn
    ? html`<form action="${links.logout}" method="post"><button class="tab" type="submit">Log out</button></form>`
    : null
}
</nav>
</header>`
}

/** A link in the look of a tab. @param current whether it leads here: to this page, or to this choice of several */
export function tab(href: string, words: string, current: 'page' | 'true' | false): Html {
  return html`<a class="tab" href="${href}"${current === false ? null : html` aria-current="${current}"`}>${words}</a>`
}

function siteMenu(links: Links, { sites, site }: Navigation): Html {
  const shown = sites.slice(0, MENU_SITES_MAX)
  return html`<details class="menu site" name="menu">
<summary><span class="unseen">Site: </span>${site ?? 'All sites'}</summary>
<ul>
<li><a href="${sites.length === 1 ? links.ledger(null) : links.sites}"${current(site === null)}>All sites ${
    sites.length > shown.length ? html`<span class="muted">${countWords(sites.length)}</span>` : null
  }</a></li>
${shown.map(
  (
    one,
  ) => html`<li><a href="${links.overview(one.site)}"${current(one.site === site)}>${one.site} <span class="muted">${viewsOf(one)}</span></a></li>
`,
)}</ul>
</details>`
}

function current(is: boolean): Html | null {
  return is ? html` aria-current="true"` : null
}

function viewsOf({ firstDay, pageViews }: SiteSummary): string {
  return firstDay === null ? 'no view yet' : `${countWords(pageViews)} views`
}
