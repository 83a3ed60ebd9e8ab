import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { countWords } from '../words.ts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const SHADES = 6
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** The greatest cell of a table of hours. */
export interface Peak {
  /** `Wed`. */
  readonly weekday: string
  readonly hour: number
  readonly count: number
}

/** Where most happened; the first of equals; null where nothing did. @param hours 7 × 24, Monday first */
export function peakOf(hours: readonly (readonly number[])[]): Peak | null {
  const cells = hours.flatMap((row, day) =>
    row.map((count, hour) => ({ weekday: WEEKDAYS[day] ?? '', hour, count })),
  )
  const peak = cells.reduce<Peak | null>(
    (best, cell) => (cell.count > (best?.count ?? 0) ? cell : best),
    null,
  )
  return peak
}

/** Sums by weekday and hour as a table whose cells are shaded. @param hours 7 × 24, Monday first */
export function heatTable(caption: string, hours: readonly (readonly number[])[]): Html {
  const max = peakOf(hours)?.count ?? 0
  return html`<table class="heat">
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col"><span class="unseen">Weekday</span></th>${HOURS.map(
    (hour) =>
      html`<th scope="col">${hour % 3 === 0 ? hour : html`<span class="unseen">${hour}:00</span>`}</th>`,
  )}</tr></thead>
<tbody>
${hours.map(
  (row, day) => html`<tr><th scope="row">${WEEKDAYS[day]}</th>${row.map((count) => cell(count, max))}</tr>
`,
)}</tbody>
</table>`
}

function cell(count: number, max: number): Html {
  const shade = count === 0 ? 0 : Math.ceil((SHADES * count) / max)
  return html`<td class="h${shade}">${countWords(count)}</td>`
}
