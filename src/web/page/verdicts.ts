import { html } from 'hono/html'
import type { LedgerReport } from '../../report/report.ts'
import type { Verdict } from '../../verdict.ts'
import type { Buckets } from '../buckets.ts'
import { sumOf } from '../buckets.ts'
import { spark } from '../chart/spark.ts'
import type { Html } from '../html.ts'
import { countWords, shareWords } from '../words.ts'

type Refused = Exclude<Verdict, 'counted'>

/** What each verdict means, in the order of the account: first what is most common. */
const MEANINGS: readonly (readonly [verdict: Refused, meaning: string])[] = [
  ['bot', 'The User-Agent is a known bot’s, or the referrer a known spammer’s'],
  ['prefetch', 'Fetched ahead of a click; the page may never be seen'],
  ['prerender', 'Made ready ahead of a click; a look at it later sends nothing more'],
  ['opt-out', 'Sec-GPC or DNT, where the setting is “refuse”'],
  ['ignored', 'Your own addresses, and hosts that the settings ignore'],
  ['unknown-site', 'Named no site of the settings; summed by the minute, not kept'],
  ['flood', 'More from one source than the limit lets in; summed by the minute'],
  ['malformed', 'Not a request that a tag would send; summed by the minute'],
]

/** Received, less each refusal, is counted: every verdict a line, those without hits muted. */
export function verdictsSection(report: LedgerReport, buckets: Buckets): Html {
  const { ledger, days } = report
  const line = lineFor(report.ledger, buckets)
  return html`<section class="panel" aria-labelledby="verdicts-title">
<header><h2 id="verdicts-title">Every hit, by verdict</h2></header>
<table class="ledger">
<thead><tr><th scope="col">Verdict</th><th scope="col" class="number">Hits</th><th scope="col" class="number">Share</th><th scope="col" class="shape">Over time, own scale</th></tr></thead>
<tbody>
${line({ name: 'received', meaning: 'Requests for a counting resource', hits: ledger.received, days: days.map((day) => day.counted + day.refused), style: 'plain' })}
${MEANINGS.map(([verdict, meaning]) => {
  const { [verdict]: hits = 0 } = ledger.refused
  const byDay = days.map((day) => day.byVerdict[verdict] ?? 0)
  const full = verdict === 'prerender' ? `${meaning}${prerenderCost(hits)}` : meaning
  return line({
    name: verdict,
    meaning: full,
    hits,
    days: byDay,
    style: (hits ?? 0) === 0 ? 'muted' : 'refused',
  })
})}
${line({ name: 'counted', meaning: 'What reports are made of', hits: ledger.counted, days: days.map((day) => day.counted), style: 'sum' })}
</tbody>
</table>
</section>`
}

/** Nobody can tell which of them were looked at. */
function prerenderCost(hits: number | null): string {
  return hits === null || hits === 0 ? '' : `: 0 to ${countWords(hits)} views are missed`
}

interface Line {
  readonly name: string
  readonly meaning: string
  /** null: not known. */
  readonly hits: number | null
  readonly days: readonly number[]
  readonly style: 'plain' | 'refused' | 'muted' | 'sum'
}

function lineFor(ledger: LedgerReport['ledger'], buckets: Buckets): (line: Line) => Html {
  return ({ name, meaning, hits, days, style }) => {
    const shape = spark(
      buckets.list.map((bucket) => sumOf(bucket, days) ?? 0),
      style === 'refused',
    )
    const named = style === 'muted' || style === 'sum' ? html` class="${style}"` : null
    return html`<tr${named}><th scope="row">${name}<span>${meaning}</span></th>${amount(hits, style === 'refused', ledger.received)}<td class="shape">${shape}</td></tr>
`
  }
}

function amount(hits: number | null, isLess: boolean, received: number): Html {
  if (hits === null) return html`<td>not known</td><td></td>`
  return html`<td>${isLess ? '−' : ''}${countWords(hits)}</td><td>${shareWords(hits, received)}</td>`
}
