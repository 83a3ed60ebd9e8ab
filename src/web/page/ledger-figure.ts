import { html } from 'hono/html'
import type { LedgerReport } from '../../report/report.ts'
import { VERDICTS } from '../../verdict.ts'
import type { Bucket, Buckets } from '../buckets.ts'
import { bucketPeriod, GRAIN_HEADS, progressOf, sumOf, ticksOf } from '../buckets.ts'
import type { Bar, Series } from '../chart/series.ts'
import { seriesChart } from '../chart/series.ts'
import type { Clock } from '../days.ts'
import type { Html } from '../html.ts'
import { queryText } from '../query.ts'
import { countWords } from '../words.ts'
import { bucketWords } from './steps.ts'

const REFUSALS = VERDICTS.filter((verdict) => verdict !== 'counted')

/** A ledger over time. */
export interface LedgerCourse {
  readonly report: LedgerReport
  readonly buckets: Buckets
  readonly clock: Clock
}

/** Hits over time, what was refused on top, and the same as a table by verdict. @param file its picture; null: none */
export function ledgerFigure(course: LedgerCourse, file: string | null): Html {
  const { buckets, clock, report } = course
  const series = ledgerSeries(course)
  return html`<figure class="chart" id="chart">
<figcaption>
<span class="key"><svg aria-hidden="true"><rect class="area" width="20" height="12"/></svg>counted a ${buckets.grain}</span>
<span class="key"><svg aria-hidden="true"><rect class="refused" width="20" height="12"/></svg>refused</span>
${
  series.bars.some(({ progress }) => progress === 'unfinished')
    ? html`<span class="key"><svg aria-hidden="true"><rect class="hatched" width="20" height="12" fill="url(#unfinished)"/></svg>unfinished</span>`
    : null
}
${file === null ? null : html`<a class="file" href="${file}">SVG<span class="unseen"> file of this picture</span></a>`}
</figcaption>
<div class="canvas">${seriesChart(series)}</div>
${table(buckets, new DaySums(report.days), clock)}
</figure>`
}

/** The bars of a ledger. */
export function ledgerSeries({ report, buckets, clock }: LedgerCourse): Series {
  const ticks = ticksOf(buckets, clock)
  const sums = new DaySums(report.days)
  const bars = buckets.list.map((bucket, index) =>
    barOf(bucket, { sums, buckets, clock, tick: ticks[index] ?? null }),
  )
  return { bars, before: [], capped: false, notes: [] }
}

/** The columns of a ledger's days, by bucket. */
class DaySums {
  readonly #days: LedgerReport['days']

  constructor(days: LedgerReport['days']) {
    this.#days = days
  }

  counted(bucket: Bucket): number {
    return this.#sum(bucket, (day) => day.counted)
  }

  refused(bucket: Bucket): number {
    return this.#sum(bucket, (day) => day.refused)
  }

  of(verdict: (typeof REFUSALS)[number], bucket: Bucket): number {
    return this.#sum(bucket, (day) => day.byVerdict[verdict] ?? 0)
  }

  #sum(bucket: Bucket, value: (day: LedgerReport['days'][number]) => number): number {
    return sumOf(bucket, this.#days.map(value)) ?? 0
  }
}

interface Shown {
  readonly sums: DaySums
  readonly buckets: Buckets
  readonly clock: Clock
  readonly tick: string | null
}

function barOf(bucket: Bucket, { sums, buckets, clock, tick }: Shown): Bar {
  const period = bucketPeriod(bucket, buckets.grain)
  const refused = sums.refused(bucket)
  const received = sums.counted(bucket) + refused
  const progress = progressOf(bucket, clock)
  const until = progress === 'unfinished' ? ` until ${clock.minute}` : ''
  return {
    href: queryText([['period', period]]),
    progress,
    amount: received,
    refused,
    value: `${countWords(received)} received`,
    note: `${bucketWords(bucket, buckets.grain, false)}${until} · ${countWords(refused)} refused`,
    tick,
  }
}

function table({ grain, list }: Buckets, sums: DaySums, clock: Clock): Html {
  const begun = list.filter((bucket) => progressOf(bucket, clock) !== 'to-come').reverse()
  const shown = REFUSALS.filter((verdict) => begun.some((bucket) => sums.of(verdict, bucket) > 0))
  return html`<details class="data">
<summary>The same as a table</summary>
<div tabindex="0" role="region" aria-label="The same as a table"><table>
<thead><tr><th scope="col">${GRAIN_HEADS[grain]}</th><th scope="col" class="number">Received</th>${shown.map(
    (verdict) => html`<th scope="col" class="number">${verdict}</th>`,
  )}<th scope="col" class="number">Counted</th></tr></thead>
<tbody>
${begun.map((bucket) => {
  const period = bucketPeriod(bucket, grain)
  const name = bucketWords(bucket, grain, false)
  const counted = sums.counted(bucket)
  return html`<tr><th scope="row"><a href="${queryText([['period', period]])}">${name}</a></th><td>${countWords(counted + sums.refused(bucket))}</td>${shown.map(
    (verdict) => html`<td>${countWords(sums.of(verdict, bucket))}</td>`,
  )}<td>${countWords(counted)}</td></tr>
`
})}</tbody>
</table></div>
</details>`
}
