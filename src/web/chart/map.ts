import { scaleThreshold } from 'd3-scale'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { countWords } from '../words.ts'
import world from './world.json' with { type: 'json' }

/** One country of a map. */
export interface Area {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly amount: number
  /** What the pointer tells: `Germany: 1,234 visitors`. */
  readonly words: string
  /** Where a click leads; null: nowhere. */
  readonly href: string | null
}

/** Size of `worldMap`, in its own units. */
export const MAP_SIZE = { width: world.width, height: world.height } as const

const PATHS: ReadonlyMap<string, string> = new Map(Object.entries(world.countries))
const SHADES = 6

/** Whether a country is large enough to be on the map. */
export function isOnMap(code: string): boolean {
  return PATHS.has(code)
}

/**
 * The world, countries shaded in steps that grow by the same factor, since most readers live in few of them. As
 * `seriesChart` it is hidden from screen readers and from the keyboard: the page must list the same.
 */
export function worldMap(areas: readonly Area[]): Html {
  const shaded = areas.filter(({ code, amount }) => amount > 0 && isOnMap(code))
  const shadeOf = scaleThreshold<number, number>(
    stepsTo(mostOf(areas)),
    Array.from({ length: SHADES }, (_, index) => index + 1),
  )
  const codes = new Set(shaded.map(({ code }) => code))
  const others = [...PATHS].filter(([code]) => !codes.has(code)).map(([, path]) => path)
  return html`<svg class="map" viewBox="0 0 ${world.width} ${world.height}" aria-hidden="true">
<path class="h0" d="${others.join('')}${world.rest}"/>
${shaded.map(
  ({ code, amount, words, href }) =>
    html`<a${href === null ? null : html` href="${href}" tabindex="-1"`}><title>${words}</title><path class="h${shadeOf(amount)}" d="${PATHS.get(code) ?? ''}"/></a>
`,
)}</svg>`
}

/** Height of `keyPicture`. */
export const KEY_HEIGHT = 28
const KEY_STEP = 110

/** What the shades of a map mean, as a picture below it. */
export function keyPicture(areas: readonly Area[]): Html {
  return html`<g class="plot" transform="translate(0 ${MAP_SIZE.height})">${mapKey(areas).map(
    ({ shade, words }, index) =>
      html`<rect class="h${shade}" x="${index * KEY_STEP}" y="10" width="20" height="12"/><text x="${index * KEY_STEP + 26}" y="20">${words}</text>`,
  )}</g>`
}

/** What the shades of a map mean, lightest first: class, and the least amount. */
export function mapKey(
  areas: readonly Area[],
): readonly { readonly shade: number; readonly words: string }[] {
  const steps = [1, ...stepsTo(mostOf(areas))]
  return steps.map((from, index) => {
    const to = (steps[index + 1] ?? Infinity) - 1
    const words =
      to === Infinity
        ? `${countWords(from)} or more`
        : to === from
          ? countWords(from)
          : `${countWords(from)}–${countWords(to)}`
    return { shade: index + 1, words }
  })
}

function mostOf(areas: readonly Area[]): number {
  return Math.max(1, ...areas.filter(({ code }) => isOnMap(code)).map(({ amount }) => amount))
}

/** The least amounts of the second shade and of those above: whole, of one digit that counts. */
function stepsTo(most: number): readonly number[] {
  const steps = Array.from({ length: SHADES - 1 }, (_, index) =>
    Math.max(2, Number((most ** ((index + 1) / SHADES)).toPrecision(1))),
  )
  return [...new Set(steps)].filter((step) => step <= most)
}
