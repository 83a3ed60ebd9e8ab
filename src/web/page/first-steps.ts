import { html } from 'hono/html'
import type { Generator } from '../../generators.ts'
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
  const relation = relationTo(site, place.publicUrl)
  const generator = readTool(tool ?? 'html')
  const wish: TagWish = { place, relation: relation ?? 'same-site', generator, visitors: false, extras: [] }
  return html`<div class="page">
<section>
<h1>No page view${site === null ? '' : ` of ${site}`} yet</h1>
<p>What makes your pages?</p>
${toolLinks(generator)}
${adviseTag(wish).pieces.map(pieceBox)}
<p class="small muted">One click selects all of it. ${relation === null ? REACHED : null}It fetches an empty ${generator.picture === undefined ? 'stylesheet that no browser applies' : 'picture of one pixel'}: no script, no cookie. Then open a page${
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
${generator.foreign === true ? null : furtherSection(wish)}
</div>`
}

const REACHED =
  'The address in it is the one by which you opened this page: the browsers of your readers have to reach it. '

function readTool(name: string): Generator {
  const generator = GENERATORS.get(name)
  if (generator !== undefined) return generator
  throw refusal(`"for" is "${name}", expected ${alternatives([...GENERATORS.keys()])}`)
}

function toolLinks(chosen: Generator): Html {
  return html`<nav class="periods" aria-label="What makes the pages">
${Array.from(GENERATORS, ([name, one]) => tab(queryText([['for', name]]), one.title, one === chosen && 'true'))}
</nav>`
}

/** Visitors in place of the tag above, and what goes beside it. */
function furtherSection(wish: TagWish): Html {
  const { pieces, contentPolicy } = adviseTag({ ...wish, visitors: true, extras: EXTRAS })
  return html`<section>
<h2>What else a page can count</h2>
${(wish.generator.picture === undefined ? pieces : pieces.slice(1)).map(furtherBox)}
<p class="small muted">If your pages send a Content-Security-Policy, it has to allow <code>${adviseTag(wish).contentPolicy.join('; ')}</code>; for all of these <code>${contentPolicy.join('; ')}</code>.</p>
</section>`
}

function furtherBox(piece: TagPiece): Html {
  return html`<details class="data"><summary>${capital(piece.counts)}</summary><section>${pieceBox(piece)}</section></details>`
}

function pieceBox({ where, code, notes }: TagPiece): Html {
  return html`<p>Put this into ${where}.</p>
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
