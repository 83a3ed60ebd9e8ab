import { html } from 'hono/html'
import type { Progress } from '../buckets.ts'
import type { Html } from '../html.ts'
import { compactWords } from '../words.ts'
import type { Axis } from './scale.ts'
import { axisTo, percent, rounded } from './scale.ts'

/** One bar. */
export interface Bar {
  /** Where a click leads; null: nowhere. */
  readonly href: string | null
  readonly progress: Progress
  /** Its whole height. */
  readonly amount: number
  /** The dark part at its top; 0 for none. */
  readonly refused: number
  /** Two lines above the bars while the pointer is on it. */
  readonly value: string
  readonly note: string
  /** Word below the axis. */
  readonly tick: string | null
}

export interface Series {
  readonly bars: readonly Bar[]
  /** Heights of the line behind, one a bar at most; empty for none. */
  readonly before: readonly number[]
  /** Whether each bar has a line on top. */
  readonly capped: boolean
}

/** Share of the width, from either edge, where the words of a bar are aligned with it instead of centred. */
const EDGE = 0.15

/**
 * Sums over time as bars from zero, and those of the period before as a line. Positions are in per cent of
 * the picture, so that text and strokes keep their size; see dashboard.css for what classes fix. It is hidden
 * from screen readers and from the keyboard: the page must have the same numbers, and links, as a table.
 */
export function seriesChart({ bars, before, capped }: Series): Html {
  const axis = axisTo(Math.max(0, ...before, ...bars.map((bar) => bar.amount)))
  const last = bars.length - 1
  return html`<svg class="plot" aria-hidden="true">
${axis.grid.map((value) => gridLine(value, axis))}
${bars.map((bar, index) => barMark(bar, { index, count: bars.length, axis, capped }))}
${before.length > 1 ? beforeLine(before.slice(0, bars.length), bars.length, axis) : null}
<line class="zero" x2="100%" y1="100%" y2="100%"/>${bars.map(({ tick }, index) =>
    tick === null
      ? null
      : html`<text x="${index === last ? '100%' : percent(index + 0.5, bars.length)}" y="100%" dy="18" text-anchor="${index === last ? 'end' : 'middle'}">${tick}</text>`,
  )}
</svg>`
}

function gridLine(value: number, axis: Axis): Html {
  const y = percent(axis.top - value, axis.top)
  return html`<line class="grid" x2="100%" y1="${y}" y2="${y}"/><text x="-8" y="${y}" dy="4" text-anchor="end">${compactWords(value)}</text>`
}

interface Place {
  readonly index: number
  readonly count: number
  readonly axis: Axis
  readonly capped: boolean
}

function barMark(bar: Bar, { index, count, axis, capped }: Place): Html | null {
  if (bar.progress === 'to-come') return null
  const y = percent(axis.top - bar.amount, axis.top)
  const height = percent(bar.amount, axis.top)
  const open = bar.progress === 'unfinished'
  const link = bar.href === null ? null : html` href="${bar.href}" tabindex="-1"`
  return html`<a${link}><svg x="${percent(index, count)}" width="${percent(1, count)}"><rect class="target"/><rect class="area" y="${y}" height="${height}"/>${
    bar.refused > 0 ? html`<rect class="refused" y="${y}" height="${percent(bar.refused, axis.top)}"/>` : null
  }${open ? html`<rect class="hatched" y="${y}" height="${height}" fill="url(#unfinished)"/>` : null}${
    capped ? html`<line class="cap${open ? ' open' : ''}" x1="7%" x2="93%" y1="${y}" y2="${y}"/>` : null
  }${words(bar, (index + 0.5) / count)}</svg></a>
`
}

function words({ value, note }: Bar, middle: number): Html {
  const [x, edge] = middle < EDGE ? ['0', ' left'] : middle > 1 - EDGE ? ['100%', ' right'] : ['50%', '']
  return html`<text class="label${edge}" x="${x}" y="-26">${value}<tspan x="${x}" y="-10">${note}</tspan></text>`
}

/** The only part that is stretched, stroke excepted: a path knows no per cent. */
function beforeLine(before: readonly number[], count: number, axis: Axis): Html {
  const points = before.map((value, index) => `${index + 0.5} ${rounded(100 - (100 * value) / axis.top)}`)
  return html`<svg viewBox="0 0 ${count} 100" preserveAspectRatio="none"><path class="before" d="M${points.join('L')}"/></svg>`
}
