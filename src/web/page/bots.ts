import { html } from 'hono/html'
import type { LedgerReport } from '../../report/report.ts'
import type { Html } from '../html.ts'
import { countOf, countWords, shareWords } from '../words.ts'

const SHOWN_MAX = 12

type Bots = LedgerReport['bots']

/** Bots by the name they give, and crawlers of AI companies apart from the others. */
export function botsSections({ bots }: LedgerReport, helpPath: string): Html {
  const whole = hitsOf(bots)
  const [ai, others] = [bots.filter((bot) => bot.ai), bots.filter((bot) => !bot.ai)]
  return html`${section('bots', 'Bots, by the name they give', { bots: others, whole, helpPath })}
${section('ai', 'AI crawlers', { bots: ai, whole, helpPath })}`
}

function section(
  id: string,
  title: string,
  { bots, whole, helpPath }: { bots: Bots; whole: number; helpPath: string },
): Html {
  const shown = bots.slice(0, SHOWN_MAX)
  const rest = bots.slice(SHOWN_MAX)
  return html`<section class="panel" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2> <a href="${helpPath}#bots">why?<span class="unseen"> ${title}</span></a></header>
${
  bots.length === 0
    ? html`<p class="muted small">None in these days.</p>`
    : html`<table class="ledger">
<thead><tr><th scope="col">Name</th><th scope="col" class="number">Hits</th><th scope="col" class="number">Share</th></tr></thead>
<tbody>
${shown.map(({ name, hits }) => row(name, hits, whole))}${
        rest.length === 0 ? null : row(countOf(rest.length, 'other'), hitsOf(rest), whole)
      }</tbody>
</table>`
}
</section>`
}

function row(name: string, hits: number, whole: number): Html {
  return html`<tr><th scope="row">${name}</th><td>${countWords(hits)}</td><td>${shareWords(hits, whole)}</td></tr>
`
}

function hitsOf(bots: Bots): number {
  return bots.reduce((sum, { hits }) => sum + hits, 0)
}
