import { html } from 'hono/html'
import type { LedgerReport } from '../../report/report.ts'
import type { Html } from '../html.ts'
import { countWords, shareWords } from '../words.ts'

const SHOWN_MAX = 12

type Bots = LedgerReport['bots']

/** What the sections of bots need beside the bots. */
export interface BotsShown {
  readonly helpPath: string
  /** Address of the same page with all of them; null where it has them all. */
  readonly allHref: string | null
}

/** Bots by the name they give, and crawlers of AI companies apart from the others. */
export function botsSections({ bots }: LedgerReport, shown: BotsShown): Html {
  const [ai, others] = [bots.filter((bot) => bot.ai), bots.filter((bot) => !bot.ai)]
  const sectionOf = sectionFor(hitsOf(bots), shown)
  return html`${sectionOf('bots', 'Bots, by the name they give', others)}
${sectionOf('ai', 'AI crawlers', ai)}`
}

function sectionFor(whole: number, { helpPath, allHref }: BotsShown) {
  return (id: string, title: string, bots: Bots): Html => {
    const shown = allHref === null ? bots : bots.slice(0, SHOWN_MAX)
    const rest = bots.slice(shown.length)
    const more = html`<a class="link" href="${allHref}#${id}">and ${countWords(rest.length)} more</a>`
    return html`<section class="panel" id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2> <a href="${helpPath}#bots">why?<span class="unseen"> ${title}</span></a></header>
${
  bots.length === 0
    ? html`<p class="muted small">None in these days.</p>`
    : html`<table class="ledger">
<thead><tr><th scope="col">Name</th><th scope="col" class="number">Hits</th><th scope="col" class="number">Share</th></tr></thead>
<tbody>
${shown.map(({ name, hits }) => row(name, hits, whole))}${rest.length === 0 ? null : row(more, hitsOf(rest), whole)}</tbody>
</table>`
}
</section>`
  }
}

function row(name: string | Html, hits: number, whole: number): Html {
  return html`<tr><th scope="row">${name}</th><td>${countWords(hits)}</td><td>${shareWords(hits, whole)}</td></tr>
`
}

function hitsOf(bots: Bots): number {
  return bots.reduce((sum, { hits }) => sum + hits, 0)
}
