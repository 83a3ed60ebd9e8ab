/** Bars end a little below the top of the picture. */
const HEADROOM = 1.03
const STEPS = [1, 2, 2.5, 5, 10]
const GRID_LINES_MAX = 5

/** A vertical axis from zero. */
export interface Axis {
  /** The value at the top of the picture; above zero. */
  readonly top: number
  /** Values that have a grid line: three or four where possible, at 1, 2, 2.5 or 5 × 10ⁿ, whole numbers only. */
  readonly grid: readonly number[]
}

/** The axis for values from 0 to `max`. */
export function axisTo(max: number): Axis {
  if (max <= 0) return { top: 1, grid: [] }
  const top = max * HEADROOM
  const power = 10 ** Math.floor(Math.log10(top / GRID_LINES_MAX))
  const lines = (step: number) => Math.floor(top / step)
  const steps = STEPS.map((factor) => factor * power).filter((step) => Number.isInteger(step))
  const fitting = steps.filter((step) => lines(step) <= GRID_LINES_MAX)
  const step = fitting.find((step) => lines(step) === 3 || lines(step) === 4) ?? fitting[0] ?? 1
  return { top, grid: Array.from({ length: lines(step) }, (_, index) => (index + 1) * step) }
}

/** A part of a whole as an SVG length: `63.82%`. Two decimals are finer than a screen. */
export function percent(part: number, whole: number): string {
  return `${rounded((100 * part) / whole)}%`
}

/** Two decimals; more only make the page longer. */
export function rounded(coordinate: number): number {
  return Math.round(coordinate * 100) / 100
}
