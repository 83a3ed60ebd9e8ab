import { DEMO_SITE } from './pages.ts'
import type { Post } from './posts.ts'
import { POSTS } from './posts.ts'
import { DEMO_STYLE } from './style.ts'
import type { DemoTags } from './tags.ts'
import { demoTags, OUTBOUND } from './tags.ts'

/** An answer of the demo site. */
export interface DemoPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The pages under `/demo/`: a small blog that carries all tags, so that a visit can be watched on its
 * way to the dashboard.
 *
 * @param path path of the request without the base path and without query: `/demo/about`
 * @param base where this server is reached, base path included: `http://127.0.0.1:8080`
 * @returns null where the path is not the demo site's
 */
export function demoPage(path: string, base: string): DemoPage | null {
  const root = new URL(base).href.replace(/\/$/, '')
  if (path === '/demo') return { status: 301, headers: { location: `${root}/demo/` }, body: '' }
  if (!path.startsWith('/demo/')) return null
  if (path === '/demo/style.css') {
    return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: DEMO_STYLE }
  }
  const tags = demoTags(root, path)
  const page = pageOf(path.slice('/demo/'.length), root, tags)
  return { status: page.status, headers: htmlHeaders(root), body: layout(page, root, tags) }
}

interface Page {
  readonly slug: string
  readonly status: number
  readonly title: string
  /** Markup of the page's main part. */
  readonly main: string
}

function pageOf(slug: string, root: string, tags: DemoTags): Page {
  if (slug === '') return { slug, status: 200, title: 'Slow things', main: home(root) }
  if (slug === 'about') return { slug, status: 200, title: 'About', main: about(tags) }
  const post = POSTS.find((post) => post.slug === slug)
  if (post !== undefined) return { slug, status: 200, title: post.title, main: article(post, tags) }
  const main = `<h1>No such page</h1>\n<p>Perhaps it is on the <a href="${root}/demo/">first page</a>.</p>`
  return { slug, status: 404, title: 'No such page', main }
}

function htmlHeaders(root: string): Record<string, string> {
  const sources = `'self' ${new URL(root).origin}`
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': `default-src 'none'; style-src ${sources}; style-src-attr 'unsafe-inline'; img-src ${sources} data:; base-uri 'none'; form-action 'none'`,
    'x-content-type-options': 'nosniff',
  }
}

function layout(page: Page, root: string, tags: DemoTags): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Slow things</title>
<link rel="icon" href="${root}/dashboard/headcount.svg">
<link rel="stylesheet" href="${root}/demo/style.css">
${tags.view}
<header>
<a class="name" href="${root}/demo/">Slow things</a>
<nav aria-label="Pages">${tags.windows} ${link('', 'Posts', page, root)} ${link('about', 'About', page, root)}</nav>
</header>
<main>
${page.main}
</main>
<aside class="counted">
This view has just been counted: your browser asked for an empty stylesheet and an empty picture or two,
and that was the whole of it. No script, no cookie, nothing kept that names you.
<a href="${root}/dashboard/${DEMO_SITE}?period=today&amp;path=${encodeURIComponent(`/demo/${page.slug}`)}">See it
on the dashboard</a>.
</aside>
</html>
`
}

function link(slug: string, text: string, ...[page, root]: readonly [Page, string]): string {
  const current = page.slug === slug ? ' aria-current="page"' : ''
  return `<a href="${root}/demo/${slug}"${current}>${text}</a>`
}

function home(root: string): string {
  const posts = POSTS.map(
    (post) => `<li>
<p class="section">${post.section}</p>
<h2><a href="${root}/demo/${post.slug}">${post.title}</a></h2>
<p>${post.summary}</p>
</li>`,
  )
  return `<h1>Slow things</h1>
<p class="lead">Bread, walks, repairs and a garden. A make-believe blog whose visits are really counted.</p>
<ul class="posts">
${posts.join('\n')}
</ul>`
}

function article(post: Post, { end, liked }: DemoTags): string {
  const paragraphs = post.paragraphs.map((paragraph) => `<p>${paragraph}</p>`)
  return `<h1>${post.title}</h1>
<p class="section">${post.section}</p>
${paragraphs.join('\n')}
<details class="liked" style="${liked}"><summary>I liked this</summary> Thank you. That was an event.</details>
${end}`
}

function about({ view, outbound }: DemoTags): string {
  return `<h1>About this demo</h1>
<p class="section">What happens here</p>
<p>One line in the head of every page counts its views:</p>
<p><code>${view.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</code></p>
<p>The browser fetches that empty stylesheet at its lowest priority and never waits for it. The request’s
own headers say which page was read and with what kind of browser; Headcount keeps those and forgets the
address. Two seconds later the view is on the dashboard, below a year that is made up.</p>
<p>Turn JavaScript off and load the page again: it still counts. Let your browser send
<code>Sec-GPC: 1</code>, and of your visit only the page and the time remain.</p>
<h2>What else is counted</h2>
<ul class="counted-too">
<li>Make the window as narrow as a phone and load a page again: a small window.</li>
<li>Read a post to its end: <code>end</code>, where scripts are on. These posts are short, so it comes early.</li>
<li>Open “I liked this” below a post: <code>liked</code>, an event of this site’s own.</li>
<li>Follow the link to <a href="https://${OUTBOUND}" style="${outbound}">how browsers keep a cache</a>: <code>outbound</code>, with where it leads.</li>
</ul>
<p>Each is an empty picture that the browser asks for when it happens, and none of them is a script.</p>`
}
