import type { Link, PageParts } from './claim.ts'
import { LINKS } from './claim.ts'
import { CLAIMS } from './claims.ts'
import { pageWorld } from './page-world.ts'
import { parseSite } from './place.ts'
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
  const referrer = referer === null ? null : new URL(referer).host
  const parts = claim.page(pageWorld(url, site.relation, referrer))
  if (url.pathname === '/site.css')
    return { headers: { 'content-type': 'text/css' }, body: parts.rules ?? '' }
  return { headers: parts.headers ?? {}, body: layout(url, parts) }
}

const RULES: WebPage = {
  headers: { 'content-type': 'application/speculationrules+json' },
  body: JSON.stringify({ prerender: [{ urls: ['/next'], eagerness: 'immediate' }] }),
}

function layout({ search }: URL, { head = '', rules, body = '', foot = '', button = '' }: PageParts): string {
  const to = new URLSearchParams(search).get('to') ?? '/next'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>A page</title>
<style>${STYLE}</style>${rules === undefined ? '' : '\n<link rel="stylesheet" href="/site.css">'}
${head}
<a href="${to}">next</a>
<button type="button"${button}>do</button>
${body}
<main>Something to read</main>
${foot}
</html>
`
}

/** How each link is told from the others. */
const SELECTORS: Readonly<Record<Link, string>> = {
  next: 'a',
  out: "a[href^='https://other.example/']",
  do: 'button',
}

const STYLE =
  LINKS.map((link, index) => {
    const place = `left: ${index * LINK_WIDTH}px; top: 0; width: ${LINK_WIDTH}px; height: ${LINK_HEIGHT}px`
    return `${SELECTORS[link]} { position: absolute; ${place} }`
  }).join(' ') + ` body { margin: 0; padding-top: ${2 * LINK_HEIGHT}px } main { height: ${PAGE_HEIGHT}px }`
