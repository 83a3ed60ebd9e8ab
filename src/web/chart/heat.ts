import { html } from 'hono/html'
import { scaleQuantize } from 'd3-scale'
import type { Settings } from '../../settings.ts'
import { WEEK_STARTS } from '../buckets.ts'
import type { Html } from '../html.ts'
import { countWords } from '../words.ts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const SHADES = [1, 2, 3, 4, 5, 6] as const
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

/** Sums by weekday and hour. */
export interface Week {
  /** 7 × 24, Monday first. */
  readonly hours: readonly (readonly number[])[]
  readonly weekStart: Settings['weekStart']
}

/** A week as a table whose cells are shaded. */
export function heatTable(caption: string, week: Week): Html {
  return html`<table class="heat">
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col"><span class="unseen">Weekday</span></th>${HOURS.map(
    (hour) =>
      html`<th scope="col">${hour % 3 === 0 ? hour : html`<span class="unseen">${hour}:00</span>`}</th>`,
  )}</tr></thead>
<tbody>
${shadedRows(week).map(
  ({ weekday, cells }) => html`<tr><th scope="row">${weekday}</th>${cells.map(
    ({ count, shade }) => html`<td class="h${shade}">${countWords(count)}</td>`,
  )}</tr>
`,
)}</tbody>
</table>`
}

const CELL = { width: 24, height: 22, gap: 2, left: 40, top: 18 } as const

/** Size of `heatPicture`. */
export const HEAT_SIZE = {
  width: CELL.left + HOURS.length * CELL.width,
  height: CELL.top + WEEKDAYS.length * CELL.height,
} as const

/** A week as a picture, for files of its own. */
export function heatPicture(week: Week): Html {
  const heads = HOURS.filter((hour) => hour % 3 === 0)
  return html`<g class="plot">
${heads.map((hour) => html`<text x="${CELL.left + (hour + 0.5) * CELL.width}" y="10" text-anchor="middle">${hour}</text>`)}
${shadedRows(week).map(({ weekday, cells }, row) => {
  const y = CELL.top + row * CELL.height
  return html`<text y="${y + 15}">${weekday}</text>${cells.map(
    ({ count, shade }, hour) =>
      html`<rect class="h${shade}" x="${CELL.left + hour * CELL.width}" y="${y}" width="${CELL.width - CELL.gap}" height="${CELL.height - CELL.gap}" rx="3"><title>${weekday} ${hour}:00: ${countWords(count)}</title></rect>`,
  )}
`
})}</g>`
}

interface ShadedRow {
  readonly weekday: string
  readonly cells: readonly { readonly count: number; readonly shade: number }[]
}

/** From the first day of the week on; shades are of the greatest cell. */
function shadedRows({ hours, weekStart }: Week): readonly ShadedRow[] {
  const shadeOf = scaleQuantize([0, peakOf(hours)?.count ?? 1], SHADES)
  const first = WEEK_STARTS[weekStart]
  const rows = hours.map((row, day) => ({
    weekday: WEEKDAYS[day] ?? '',
    cells: row.map((count) => ({ count, shade: count === 0 ? 0 : shadeOf(count) })),
  }))
  return [...rows.slice(first), ...rows.slice(0, first)]
}
