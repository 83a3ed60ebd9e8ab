import { scaleLinear } from 'd3-scale'

/** Bars end a little below the top of the picture. */
const HEADROOM = 1.03
const GRID_LINES = 4

/** A vertical axis from zero. */
export interface Axis {
  /** The value at the top of the picture; above zero. */
  readonly top: number
  /** Values that have a grid line: a few, at 1, 2 or 5 × 10ⁿ, whole numbers only. */
  readonly grid: readonly number[]
}

/** The axis for values from 0 to `max`. */
export function axisTo(max: number): Axis {
  if (max <= 0) return { top: 1, grid: [] }
  const top = max * HEADROOM
  const ticks = scaleLinear([0, top], [0, 1]).ticks(GRID_LINES)
  return { top, grid: ticks.filter((value) => value > 0 && Number.isInteger(value)) }
}

/** A part of a whole as an SVG length: `63.82%`. Two decimals are finer than a screen. */
export function percent(part: number, whole: number): string {
  return `${rounded((100 * part) / whole)}%`
}

/** Two decimals; more only make the page longer. */
export function rounded(coordinate: number): number {
  return Math.round(coordinate * 100) / 100
}
