import { html } from 'hono/html'
import type { Letter } from '../../report/letter.ts'
import type { Html } from '../html.ts'
import type { Parts } from './parts.ts'
import { partsOf } from './parts.ts'

/** The letter as one HTML file that loads nothing. */
export function letterHtml(letters: readonly Letter[]): Html {
  const all = letters.map(partsOf)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${all.map(({ title }) => title).join('; ')}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem; line-height: 1.2 } h2 { font-size: 1rem; margin: 1.5rem 0 .25rem }
table { border-collapse: collapse; width: 100% }
th { text-align: start; font-weight: 400; overflow-wrap: anywhere } td { text-align: end; white-space: nowrap; padding-inline-start: 1rem }
tr { border-top: 1px solid #8886 } .total td:first-of-type { font-weight: 600 } .small { font-size: .875rem }
</style>
</head>
<body>
${all.map(letterArticle)}
</body>
</html>
`
}

function letterArticle({ title, zone, totals, notables, lists, closing }: Parts): Html {
  return html`<article>
<h1>${title}</h1>
<p class="small">Days of ${zone}</p>
<table class="total">
${totals.map(({ name, value, change }) => html`<tr><th scope="row">${name}</th><td>${value}</td><td>${change}</td></tr>`)}
</table>
${
  notables.length === 0
    ? null
    : html`<h2>Notable</h2>
<ul>
${notables.map((words) => html`<li>${words}</li>`)}
</ul>`
}
${lists.map(
  ({ title, rows }) => html`<h2>${title}</h2>
<table>
${rows.map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${count}</td></tr>`)}
</table>`,
)}
${closing.map((words) => html`<p class="small">${words}</p>`)}
</article>`
}
