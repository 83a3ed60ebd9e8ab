import { html } from 'hono/html'
import type { LedgerReport } from '../../report/report.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import type { TagPlace } from '../tag.ts'
import { linkTag, pictureTag } from '../tag.ts'
import { countOf, countWords } from '../words.ts'
import type { UnknownHost } from './unknown-hosts.ts'

/** What is known before the first page view of a site, or of any (`place.site` is null). */
export interface FirstSteps {
  readonly place: TagPlace
  readonly ledger: LedgerReport
  readonly unknownHosts: readonly UnknownHost[]
  readonly links: Links
}

/** The tag to paste, and why what came so far does not count. */
export function firstStepsMain({ place, ledger, unknownHosts, links }: FirstSteps): Html {
  const { site } = place
  return html`<div class="page">
<section>
<h1>No page view${site === null ? '' : ` of ${site}`} yet</h1>
<p>Put this line into the <code>&lt;head&gt;</code> of every page. One click selects all of it.</p>
${tagBox(linkTag(place))}
<p class="small muted">It fetches an empty stylesheet that no browser applies: no script, no cookie, nothing to wait for. Then open a page${
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
<h2>Another way</h2>
<details class="data"><summary>A picture, where the head is out of reach</summary>${tagBox(pictureTag(place))}</details>
</section>
</div>`
}

function tagBox(tag: string): Html {
  return html`<pre class="tag" tabindex="0"><code>${tag}</code></pre>`
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
