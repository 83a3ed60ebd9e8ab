import { DEMO_SITE } from './pages.ts'
import type { Post } from './posts.ts'
import { POSTS } from './posts.ts'
import { DEMO_STYLE } from './style.ts'

/** An answer of the demo site. */
export interface DemoPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The pages under `/demo/`: a small blog that carries the tag, so that a visit can be watched on its
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
  const page = pageOf(path.slice('/demo/'.length), root)
  return { status: page.status, headers: htmlHeaders(root), body: layout(page, root) }
}

interface Page {
  readonly slug: string
  readonly status: number
  readonly title: string
  /** Markup of the page's main part. */
  readonly main: string
}

function pageOf(slug: string, root: string): Page {
  if (slug === '') return { slug, status: 200, title: 'Slow things', main: home(root) }
  if (slug === 'about') return { slug, status: 200, title: 'About', main: about(root) }
  const post = POSTS.find((post) => post.slug === slug)
  if (post !== undefined) return { slug, status: 200, title: post.title, main: article(post) }
  const main = `<h1>No such page</h1>\n<p>Perhaps it is on the <a href="${root}/demo/">first page</a>.</p>`
  return { slug, status: 404, title: 'No such page', main }
}

function htmlHeaders(root: string): Record<string, string> {
  const sources = `'self' ${new URL(root).origin}`
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': `default-src 'none'; style-src ${sources}; img-src ${sources}; base-uri 'none'; form-action 'none'`,
    'x-content-type-options': 'nosniff',
  }
}

function layout(page: Page, root: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Slow things</title>
<link rel="icon" href="${root}/dashboard/headcount.svg">
<link rel="stylesheet" href="${root}/demo/style.css">
<link rel="stylesheet" href="${root}/${DEMO_SITE}/c.css" media="none" referrerpolicy="no-referrer-when-downgrade">
<header>
<a class="name" href="${root}/demo/">Slow things</a>
<nav aria-label="Pages">${link('', 'Posts', page, root)} ${link('about', 'About', page, root)}</nav>
</header>
<main>
${page.main}
</main>
<aside class="counted">
This view has just been counted: your browser asked for one empty stylesheet, and that request was the
whole of it. No script, no cookie, nothing kept that names you.
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

function article(post: Post): string {
  const paragraphs = post.paragraphs.map((paragraph) => `<p>${paragraph}</p>`)
  return `<h1>${post.title}</h1>\n<p class="section">${post.section}</p>\n${paragraphs.join('\n')}`
}

function about(root: string): string {
  return `<h1>About this demo</h1>
<p class="section">What happens here</p>
<p>Every page of this site holds one line, and nothing else that counts:</p>
<p><code>&lt;link rel="stylesheet" href="${root}/${DEMO_SITE}/c.css" media="none" referrerpolicy="no-referrer-when-downgrade"&gt;</code></p>
<p>The browser fetches that empty stylesheet at its lowest priority and never waits for it. The request’s
own headers say which page was read and with what kind of browser; Headcount keeps those and forgets the
address. Two seconds later the view is on the dashboard, below a year that is made up.</p>
<p>Turn JavaScript off and load the page again: it still counts. Let your browser send
<code>Sec-GPC: 1</code>, and of your visit only the page and the time remain.</p>`
}
