import { html } from 'hono/html'
import { GENERATORS } from '../../generators.ts'
import type { LedgerReport } from '../../report/report.ts'
import { relationTo } from '../../same-site.ts'
import type { TagPiece, TagPlace, TagWish } from '../../tag.ts'
import { adviseTag } from '../../tag.ts'
import { EXTRAS } from '../../tag-parts.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { queryText, refusal } from '../query.ts'
import { alternatives, countOf, countWords } from '../words.ts'
import { tab } from './frame.ts'
import type { UnknownHost } from './unknown-hosts.ts'

/** What is known before the first page view of a site, or of any (`place.site` is null). */
export interface FirstSteps {
  readonly place: TagPlace
  /** What makes the pages: a name of `GENERATORS`; null where nobody said. */
  readonly tool: string | null
  readonly ledger: LedgerReport
  readonly unknownHosts: readonly UnknownHost[]
  readonly links: Links
}

/**
 * The tag to paste, and why what came so far does not count.
 *
 * @throws {AppError} QUESTION_INVALID when there is no such tool
 */
export function firstStepsMain({ place, tool, ledger, unknownHosts, links }: FirstSteps): Html {
  const { site } = place
  const wish = readWish(place, tool ?? 'html')
  const { pieces, contentPolicy } = adviseTag(wish)
  return html`<div class="page">
<section>
<h1>No page view${site === null ? '' : ` of ${site}`} yet</h1>
<p>What makes your pages?</p>
${toolLinks(wish)}
${pieces.map(pieceBox)}
<p class="small muted">It fetches an empty ${wish.generator.picture === undefined ? 'stylesheet that no browser applies' : 'picture of one pixel'}: no script, no cookie. Then open a page${
    site === null ? null : html` of <a href="https://${site}/" rel="noreferrer">${site}</a>`
  } and <a href="">load this page again</a>.</p>
</section>
<section>
<h2>Received so far</h2>
<ul class="checks">
<li><span>The collector answers.${detail('It sent you this page.')}</span></li>
${refusals(ledger)}
${strangers(unknownHosts, site)}
<li class="waiting"><span>The first page view.${detail('None yet')}</span></li>
</ul>
<p class="small"><a href="${links.ledger(site, '?period=all')}">All of it in the ledger</a></p>
</section>
<section>
<h2>What else a page can count</h2>
${wish.generator.foreign === true ? html`<p class="small muted">Nothing: this is no page of yours.</p>` : furtherPieces(wish).map(furtherBox)}
${contentPolicy.length === 0 ? null : html`<p class="small muted">If your pages send a Content-Security-Policy, it has to allow <code>${contentPolicy.join('; ')}</code>.</p>`}
</section>
</div>`
}

function readWish(place: TagPlace, name: string): TagWish {
  const generator = GENERATORS.get(name)
  if (generator === undefined)
    throw refusal(`"for" is "${name}", expected ${alternatives([...GENERATORS.keys()])}`)
  const relation = relationTo(place.site, place.publicUrl) ?? 'same-site'
  return { place, relation, generator, visitors: false, extras: [] }
}

function toolLinks({ generator }: TagWish): Html {
  return html`<nav class="periods" aria-label="What makes the pages">
${Array.from(GENERATORS, ([name, one]) => tab(queryText([['for', name]]), one.title, one === generator && 'true'))}
</nav>`
}

/** Visitors in place of the tag above, and what goes beside it. */
function furtherPieces(wish: TagWish): readonly TagPiece[] {
  const further = adviseTag({ ...wish, visitors: true, extras: EXTRAS }).pieces
  return wish.generator.picture === undefined ? further : further.slice(1)
}

function furtherBox(piece: TagPiece): Html {
  return html`<details class="data"><summary>${capital(piece.counts)}</summary>${pieceBox(piece)}</details>`
}

function pieceBox({ where, code, notes }: TagPiece): Html {
  return html`<p>Put this into ${where}. One click selects all of it.</p>
<pre class="tag" tabindex="0"><code>${code}</code></pre>
${notes.length === 0 ? null : html`<p class="small muted">${notes.join(' ')}</p>`}`
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

function detail(words: string): Html {
  return html` <span class="muted small">${words}</span>`
}

function refusals({ site, ledger }: LedgerReport): Html | null {
  const refused = ledger.received - ledger.counted
  if (refused === 0) return null
  const reasons = Object.entries(ledger.refused).flatMap(([verdict, hits]) =>
    hits === null ? [] : [`${countWords(hits)} × ${verdict}`],
  )
  return html`<li class="look"><span>${countOf(refused, 'hit')}${site === null ? '' : ` of ${site}`} came and ${refused === 1 ? 'was' : 'were'} refused.${detail(reasons.join(', '))}</span></li>`
}

function strangers(hosts: readonly UnknownHost[], site: string | null): Html | null {
  const [first] = hosts
  if (first === undefined) return null
  const hits = hosts.reduce((sum, host) => sum + host.hits, 0)
  const others = hosts.length > 1 ? ` and ${countOf(hosts.length - 1, 'other')}` : ''
  const spelling = site === null ? '' : ` Is the host in the tag spelled “${site}”?`
  return html`<li class="look"><span>${countOf(hits, 'hit')} named a host that is not in the settings.${detail(`${first.host}${others}.${spelling}`)}</span></li>`
}
