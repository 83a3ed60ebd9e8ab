import { html } from 'hono/html'
import type { Report } from '../../report/report.ts'
import type { Bucket, Buckets, Grain, Progress } from '../buckets.ts'
import { bucketPeriod, GRAIN_HEADS, planBuckets, progressOf, sumOf, ticksOf, timesOf } from '../buckets.ts'
import type { Bar } from '../chart/series.ts'
import { seriesChart } from '../chart/series.ts'
import type { Clock } from '../days.ts'
import { dayWords, monthWords } from '../days.ts'
import type { Html } from '../html.ts'
import { comparedWords, isUnfinished } from '../periods.ts'
import type { Measure, View } from '../view.ts'
import { viewQuery } from '../view.ts'
import { changeWords, countOf, countWords } from '../words.ts'

/** A bucket with its sums. */
interface Step {
  readonly bucket: Bucket
  readonly name: string
  readonly progress: Progress
  readonly sum: number
  /** Of the compared period's bucket in the same place, whole; null where there is none. */
  readonly before: number | null
  readonly href: string | null
}

/** What the chart shows: visitors only where they are known. */
export function shownMeasure({ totals }: Report, { chart }: View): Measure {
  return totals.visitors === null ? 'views' : chart
}

/** The sums of a report over time as a picture, with the period before, and the same as a table. */
export function seriesFigure(report: Report, view: View, clock: Clock): Html {
  const measure = shownMeasure(report, view)
  const buckets = planBuckets(
    timesOf(
      report.series.map(({ time }) => time),
      report.period,
    ),
  )
  const steps = stepsOf(report, { view, measure, buckets, clock })
  const ticks = ticksOf(buckets, clock)
  const bars = steps.map((step, index) => barOf(step, measure, { clock, tick: ticks[index] ?? null }))
  return html`<figure class="chart" id="chart">
${legend(report, { view, measure, grain: buckets.grain, clock })}
<div class="canvas">${seriesChart({ bars, before: knownBefore(steps), capped: true })}</div>
${seriesTable(steps, { measure, grain: buckets.grain, clock })}
</figure>`
}

function stepsOf(
  { series, previousSeries }: Report,
  { view, measure, buckets, clock }: { view: View; measure: Measure; buckets: Buckets; clock: Clock },
): readonly Step[] {
  const field = measure === 'views' ? 'pageViews' : 'visitors'
  const [now, before] = [series.map((point) => point[field]), previousSeries.map((point) => point[field])]
  return buckets.list.map((bucket) => {
    const period = bucketPeriod(bucket, buckets.grain)
    return {
      bucket,
      name: bucketWords(bucket, buckets.grain),
      progress: progressOf(bucket, clock),
      sum: sumOf(bucket, now) ?? 0,
      before: sumOf(bucket, before),
      href: period === null ? null : viewQuery({ ...view, period }),
    }
  })
}

/** `Wed 11 Nov`, `13:00`, `Mon 2 Nov – Sun 8 Nov`, `November 2026`. */
export function bucketWords({ from, to }: Bucket, grain: Grain): string {
  if (grain === 'hour') return from.slice(11, 16)
  if (grain === 'month') return monthWords(from)
  return from === to ? dayWords(from) : `${dayWords(from)} – ${dayWords(to)}`
}

/** The line ends where the compared period does. */
function knownBefore(steps: readonly Step[]): readonly number[] {
  const sums = steps.map((step) => step.before)
  const end = sums.indexOf(null)
  return sums.slice(0, end === -1 ? sums.length : end).filter((sum) => sum !== null)
}

function barOf(step: Step, measure: Measure, { clock, tick }: { clock: Clock; tick: string | null }): Bar {
  const open = step.progress === 'unfinished'
  const before = step.before === null ? '' : ` · before${open ? ', whole,' : ''} ${countWords(step.before)}`
  return {
    href: step.href,
    progress: step.progress,
    amount: step.sum,
    refused: 0,
    value: countOf(step.sum, measure === 'views' ? 'view' : 'visitor'),
    note: `${step.name}${open ? ` until ${clock.minute}` : ''}${before}`,
    tick,
  }
}

interface Shown {
  readonly measure: Measure
  readonly grain: Grain
  readonly clock: Clock
}

const MEASURE_NAMES: Readonly<Record<Measure, string>> = { views: 'Page views', visitors: 'Visitors' }
const UNFINISHED: Readonly<Record<Grain, string>> = {
  hour: 'this hour',
  day: 'today',
  week: 'this week',
  month: 'this month',
}

function legend({ period, previous }: Report, { view, measure, grain, clock }: Shown & { view: View }): Html {
  const unfinished = isUnfinished(period, clock)
  const compared = previous !== null && view.compare !== 'none' ? comparedWords(previous, view.compare) : null
  return html`<figcaption>
<span class="key"><svg aria-hidden="true"><rect class="area" y="1" width="20" height="11"/><path class="cap" d="M0 1h20"/></svg>${MEASURE_NAMES[measure]} ${grain === 'hour' ? 'an' : 'a'} ${grain}</span>
${compared === null ? null : html`<span class="key"><svg aria-hidden="true"><path class="before" d="M0 6h20"/></svg>${compared}</span>`}
${
  unfinished
    ? html`<span class="key"><svg aria-hidden="true"><rect class="area" y="1" width="20" height="11"/><rect y="1" width="20" height="11" fill="url(#unfinished)" opacity=".35"/><path class="cap open" d="M0 1h20"/></svg>${UNFINISHED[grain]}, unfinished</span>`
    : null
}
${unfinished && compared !== null ? html`<span>Totals compare to the same minute.</span>` : null}
</figcaption>`
}

function seriesTable(steps: readonly Step[], { measure, grain, clock }: Shown): Html {
  const begun = steps.filter(({ progress }) => progress !== 'to-come').reverse()
  const compared = begun.some(({ before }) => before !== null)
  return html`<details class="data">
<summary>The same as a table</summary>
<div tabindex="0" role="region" aria-label="The same as a table"><table>
<thead><tr><th scope="col">${GRAIN_HEADS[grain]}</th><th scope="col" class="number">${MEASURE_NAMES[measure]}</th>${
    compared
      ? html`<th scope="col" class="number">Before</th><th scope="col" class="number">Change</th>`
      : null
  }</tr></thead>
<tbody>
${begun.map((step) => seriesRow(step, { compared, clock }))}</tbody>
</table></div>
</details>`
}

function seriesRow(
  { name, href, progress, sum, before }: Step,
  { compared, clock }: { compared: boolean; clock: Clock },
): Html {
  const open = progress === 'unfinished'
  return html`<tr><th scope="row">${href === null ? name : html`<a href="${href}">${name}</a>`}${open ? `, until ${clock.minute}` : ''}</th><td>${countWords(sum)}</td>${
    compared
      ? html`<td>${before === null ? '' : countWords(before)}</td><td>${changeCell(sum, before, open)}</td>`
      : null
  }</tr>
`
}

function changeCell(sum: number, before: number | null, open: boolean): string {
  if (before === null) return ''
  return open ? 'unfinished' : changeWords(sum, before)
}
