import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { html } from 'hono/html'
import type { Progress } from '../buckets.ts'
import type { Html } from '../html.ts'
import type { Axis } from './scale.ts'

/** The shape of one bar. */
export interface BarShape {
  readonly progress: Progress
  /** Its whole height. */
  readonly amount: number
  /** The dark part at its top; 0 for none. */
  readonly refused: number
}

export interface BarShapes {
  readonly bars: readonly BarShape[]
  /** Heights of the line behind, one a bar at most; empty for none. */
  readonly before: readonly number[]
  /** Whether each bar has a line on top. */
  readonly capped: boolean
}

/** Units of this part of a picture: so many a bar in width, and its height. A bar leaves a gap on either side. */
const STEP = 100
const WIDTH = 86
const HEIGHT = 1000

/**
 * Bars from zero, and the line behind them, in a part of a picture that is stretched to its place, thin strokes
 * excepted. All bars are the strokes of one path: an element for each is ten times as long.
 */
export function barShapes({ bars, before, capped }: BarShapes, axis: Axis): Html {
  const y = scaleLinear([0, axis.top], [HEIGHT, 0]).rangeRound([HEIGHT, 0])
  const begun = bars.flatMap((bar, index) =>
    bar.progress === 'to-come' ? [] : [{ ...bar, x: (index + 0.5) * STEP }],
  )
  const [whole, open] = [withProgress(begun, 'whole'), withProgress(begun, 'unfinished')]
  const rise = (x: number, from: number, to: number) => `M${x} ${y(from)}V${y(to)}`
  const cap = ({ x, amount }: { x: number; amount: number }) => `M${x - WIDTH / 2} ${y(amount)}h${WIDTH}`
  const refused = begun.filter((bar) => bar.refused > 0)
  const behind = line<number>((_, index) => (index + 0.5) * STEP, y).digits(0)
  return html`<svg viewBox="0 0 ${bars.length * STEP} ${HEIGHT}" preserveAspectRatio="none"><g stroke-width="${WIDTH}">${[
    path(
      'area',
      begun.map(({ x, amount }) => rise(x, 0, amount)),
    ),
    path(
      'refused',
      refused.map((bar) => rise(bar.x, bar.amount - bar.refused, bar.amount)),
    ),
  ]}</g>${[
    path('before', [before.length > 1 ? (behind(before.slice(0, bars.length)) ?? '') : '']),
    path('cap', capped ? whole.map(cap) : []),
    path('cap open', capped ? open.map(cap) : []),
  ]}</svg>`
}

function withProgress<T extends BarShape>(bars: readonly T[], progress: Progress): readonly T[] {
  return bars.filter((bar) => bar.progress === progress)
}

function path(look: string, parts: readonly string[]): Html | null {
  const shape = parts.join('')
  return shape === '' ? null : html`<path class="${look}" d="${shape}"/>`
}
