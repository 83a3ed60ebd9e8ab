import type { Link, PageParts, PageWorld } from './claim.ts'
import { LINKS } from './claim.ts'
import { CLAIMS } from './claims.ts'
import { addressOf, parseSite } from './place.ts'
import type { Point } from './reader.ts'
import type { WebPage } from './web.ts'

/** Where the reader is told to press for a link. */
export function pointOf(link: Link): Point {
  return [LINKS.indexOf(link) * LINK_WIDTH + LINK_WIDTH / 2, LINK_HEIGHT / 2]
}

const LINK_WIDTH = 100
const LINK_HEIGHT = 40

/** Long enough that no engine takes its end for near. */
const PAGE_HEIGHT = 12_000

/** The page at an address: with the parts of its site's claim, or, on every other site, with none. */
export function pageAt(url: URL, referer: string | null): WebPage | null {
  if (url.pathname === '/favicon.ico') return null
  if (url.pathname === '/rules.json') return RULES
  const site = parseSite(url.host)
  const claim = CLAIMS.find(({ id }) => id === site?.claim)
  if (site === null || claim === undefined) return { headers: {}, body: layout(url, {}) }
  const world: PageWorld = {
    path: url.pathname,
    at: addressOf(url.host, site.relation),
    policy: site.relation === 'same-origin' ? '' : ' referrerpolicy="no-referrer-when-downgrade"',
    referrer: referer === null ? null : new URL(referer).host,
  }
  const parts = claim.page(world)
  return { headers: parts.headers ?? {}, body: layout(url, parts) }
}

const RULES: WebPage = {
  headers: { 'content-type': 'application/speculationrules+json' },
  body: JSON.stringify({ prerender: [{ urls: ['/next'], eagerness: 'immediate' }] }),
}

function layout(
  { search }: URL,
  { head = '', body = '', foot = '', out = '', outStyle = '' }: PageParts,
): string {
  const to = new URLSearchParams(search).get('to') ?? '/next'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>A page</title>
${head}
<body style="margin: 0; padding-top: 60px">
${body}
<a href="${to}" style="${placeOf('next')}">next</a>
<a href="https://elsewhere.test/landing?x=1" ${out} style="${placeOf('out')}; ${outStyle}">out</a>
<button type="button" id="do" style="${placeOf('do')}">do</button>
<main style="height: ${PAGE_HEIGHT}px">Something to read</main>
${foot}
</html>
`
}

function placeOf(link: Link): string {
  const left = LINKS.indexOf(link) * LINK_WIDTH
  return `position: absolute; left: ${left}px; top: 0; width: ${LINK_WIDTH}px; height: ${LINK_HEIGHT}px`
}
