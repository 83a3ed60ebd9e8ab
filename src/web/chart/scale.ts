/** Bars end a little below the top of the picture. */
const HEADROOM = 1.03
const STEPS = [1, 2, 2.5, 5, 10]
const GRID_LINES_MAX = 4

/** A vertical axis from zero. */
export interface Axis {
  /** The value at the top of the picture; above zero. */
  readonly top: number
  /** Values that have a grid line: three or four, at 1, 2, 2.5 or 5 × 10ⁿ, whole numbers only. */
  readonly grid: readonly number[]
}

/** The axis for values from 0 to `max`. */
export function axisTo(max: number): Axis {
  if (max <= 0) return { top: 1, grid: [] }
  const top = max * HEADROOM
  const power = 10 ** Math.floor(Math.log10(top / GRID_LINES_MAX))
  const step = STEPS.map((factor) => factor * power).find(
    (step) => Number.isInteger(step) && top / step < GRID_LINES_MAX + 1,
  )
  const distance = Math.max(1, step ?? 1)
  return {
    top,
    grid: Array.from({ length: Math.floor(top / distance) }, (_, index) => (index + 1) * distance),
  }
}

/** A part of a whole as an SVG length: `63.82%`. Two decimals are finer than a screen. */
export function percent(part: number, whole: number): string {
  return `${rounded((100 * part) / whole)}%`
}

/** Two decimals; more only make the page longer. */
export function rounded(coordinate: number): number {
  return Math.round(coordinate * 100) / 100
}
