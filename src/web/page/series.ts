import { html } from 'hono/html'
import type { Grain } from '../buckets.ts'
import { GRAIN_HEADS, ticksOf } from '../buckets.ts'
import type { Bar, Series } from '../chart/series.ts'
import { seriesChart } from '../chart/series.ts'
import type { Html } from '../html.ts'
import { comparedWords, isUnfinished } from '../periods.ts'
import type { Links } from '../links.ts'
import type { Measure, View } from '../view.ts'
import { viewQuery } from '../view.ts'
import { changeWords, countOf, countWords } from '../words.ts'
import type { Answer } from './answer.ts'
import type { SeriesSource, Step, Steps } from './steps.ts'
import { MEASURE_NAMES, planSteps } from './steps.ts'

/** The sums of a report over time as a picture, with the period before, and the same as a table. */
export function seriesFigure(source: SeriesSource & Pick<Answer, 'links'>): Html {
  const steps = planSteps(source)
  const series = seriesOf(steps)
  return html`<figure class="chart" id="chart">
${
  source.view.view === 'table'
    ? html`<div class="data whole">${otherView(source.view, 'pictures', 'The same as a picture')}${seriesTable(steps)}</div>`
    : html`${legend(steps, lineWords(steps, series), source.links)}
<div class="canvas">${seriesChart(series)}</div>
${tableBelow(steps)}`
}
</figure>`
}

/** Rows up to which the table comes along with the picture; a longer one is a page of its own. */
const ROWS_BELOW_MAX = 45

function tableBelow(steps: Steps): Html {
  return steps.list.length > ROWS_BELOW_MAX ? otherView(steps.view, 'table', TABLE_WORDS) : foldedTable(steps)
}

const TABLE_WORDS = 'The same as a table'

function foldedTable(steps: Steps): Html {
  return html`<details class="data">
<summary>${TABLE_WORDS}</summary>
${seriesTable(steps)}
</details>`
}

/** The table that is a page of its own, for those who cannot go there; null where it stands with its picture. */
export function longTable(source: SeriesSource): Html | null {
  const steps = planSteps(source)
  return source.view.view !== 'table' && steps.list.length > ROWS_BELOW_MAX ? foldedTable(steps) : null
}

function otherView(from: View, view: View['view'], words: string): Html {
  return html`<p><a class="link" href="${viewQuery({ ...from, view })}#chart">${words}</a></p>`
}

/** The bars, the line behind them and the notes of a chart. */
export function seriesOf(steps: Steps): Series {
  const ticks = ticksOf(steps.buckets, steps.clock)
  return {
    bars: steps.list.map((step, index) => barOf(step, { ...steps, tick: ticks[index] ?? null })),
    before: knownBefore(steps),
    capped: true,
    notes: steps.list.flatMap(({ notes }, bar) =>
      notes.length === 0 ? [] : [{ bar, text: notes.join(', ') }],
    ),
  }
}

/** What the line behind the bars of a chart is; null where there is none. */
export function lineWords({ report: { previous }, view }: Steps, { before }: Series): string | null {
  if (previous === null || view.compare === 'none' || before.length === 0) return null
  return comparedWords(previous, view.compare)
}

/** The line ends where the compared period does; there is none where that has nothing. */
function knownBefore({ list }: Steps): readonly number[] {
  const sums = list.map((step) => step.before)
  const end = sums.indexOf(null)
  const known = sums.slice(0, end === -1 ? sums.length : end).filter((sum) => sum !== null)
  return known.some((sum) => sum > 0) ? known : []
}

const UNITS: Readonly<Record<Measure, string>> = { views: 'view', visitors: 'visitor', events: 'event' }

function barOf(step: Step, { measure, clock, tick }: Steps & { tick: string | null }): Bar {
  const { href, progress, sum, before, name, notes } = step
  const open = progress === 'unfinished'
  const words = [
    `${name}${open ? ` until ${clock.minute}` : ''}`,
    ...(before === null ? [] : [`before${open ? ', whole,' : ''} ${countWords(before)}`]),
    ...notes,
  ]
  return {
    href,
    progress,
    amount: sum,
    refused: 0,
    value: countOf(sum, UNITS[measure]),
    note: words.join(' · '),
    tick,
  }
}

const UNFINISHED: Readonly<Record<Grain, string>> = {
  hour: 'this hour',
  day: 'today',
  week: 'this week',
  month: 'this month',
}

function legend(steps: Steps, compared: string | null, links: Links): Html {
  const { report, view, measure, buckets, clock } = steps
  const { grain } = buckets
  const unfinished = isUnfinished(report.period, clock)
  return html`<figcaption>
<span class="key"><svg aria-hidden="true"><rect class="area" y="1" width="20" height="11"/><path class="cap" d="M0 1h20"/></svg>${MEASURE_NAMES[measure]} ${grain === 'hour' ? 'an' : 'a'} ${grain}</span>
${compared === null ? null : html`<span class="key"><svg aria-hidden="true"><path class="before" d="M0 6h20"/></svg>${compared}</span>`}
${
  unfinished
    ? html`<span class="key"><svg aria-hidden="true"><rect class="area" y="1" width="20" height="11"/><rect class="hatched" y="1" width="20" height="11" fill="url(#unfinished)"/><path class="cap open" d="M0 1h20"/></svg>${UNFINISHED[grain]}, unfinished</span>`
    : null
}
${unfinished && compared !== null ? html`<span>Totals compare to the same minute.</span>` : null}
<a class="file" href="${links.picture(report.site, 'series.svg', viewQuery(view))}">SVG<span class="unseen"> file of this picture</span></a>
</figcaption>`
}

function seriesTable(steps: Steps): Html {
  const begun = steps.list.filter(({ progress }) => progress !== 'to-come').reverse()
  const compared = begun.some(({ before }) => before !== null)
  return html`<div tabindex="0" role="region" aria-label="The same as a table"><table>
<thead><tr><th scope="col">${GRAIN_HEADS[steps.buckets.grain]}</th><th scope="col" class="number">${MEASURE_NAMES[steps.measure]}</th>${
    compared
      ? html`<th scope="col" class="number">Before</th><th scope="col" class="number">Change</th>`
      : null
  }</tr></thead>
<tbody>
${begun.map((step) => seriesRow(step, { compared, until: steps.clock.minute }))}</tbody>
</table></div>`
}

function seriesRow(step: Step, { compared, until }: { compared: boolean; until: string }): Html {
  const { name, href, progress, sum, before, notes } = step
  const open = progress === 'unfinished'
  return html`<tr><th scope="row">${href === null ? name : html`<a href="${href}">${name}</a>`}${open ? `, until ${until}` : ''}${notes.map((note) => ` · ${note}`)}</th><td>${countWords(sum)}</td>${
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
