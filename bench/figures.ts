/** One line of the result. */
export interface Figure {
  readonly what: string
  readonly measured: string
  /** What was measured beside it in the same run. */
  readonly baseline?: string
  /** The number that the aim is about. */
  readonly value: number
  /** What `value` should be: at most, or at least. Absent: stated for information. */
  readonly aim?: { readonly atMost: number } | { readonly atLeast: number }
}

/** What a benchmark is told. */
export interface BenchOptions {
  /** A million hits instead of ten, and shorter loads. */
  readonly quick: boolean
  /** Folder for what is worth keeping between runs. */
  readonly cacheDir: string
}

/** Figures as lines of text, aligned; with the aim and whether it was met. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.what, figure.measured, figure.baseline ?? '', verdict(figure)])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Whether the aim was met; true where there is none. */
export function isMet({ value, aim }: Figure): boolean {
  if (aim === undefined) return true
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

/** Three significant digits, with commas for thousands. */
export function digits(number: number): string {
  return number.toLocaleString('en', { maximumSignificantDigits: 3 })
}

function verdict(figure: Figure): string {
  if (figure.aim === undefined) return digits(figure.value)
  const aim = 'atMost' in figure.aim ? `≤ ${digits(figure.aim.atMost)}` : `≥ ${digits(figure.aim.atLeast)}`
  return `${digits(figure.value)} (aim ${aim}: ${isMet(figure) ? 'met' : 'MISSED'})`
}
