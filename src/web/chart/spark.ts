import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { rounded } from './scale.ts'

const HEIGHT = 20
const BAR_WIDTH = 0.7

/**
 * The shape of a series on its own scale, without axis or words: one bar a value, none for zero.
 * Empty where there is nothing to see. The page must say the numbers elsewhere.
 */
export function spark(values: readonly number[], quiet: boolean): Html | null {
  const max = Math.max(0, ...values)
  if (max === 0) return null
  const bars = values.map((value, index) => {
    if (value === 0) return ''
    return `M${index} ${HEIGHT}V${rounded(HEIGHT - (HEIGHT * value) / max)}h${BAR_WIDTH}V${HEIGHT}z`
  })
  return html`<svg class="spark${quiet ? ' quiet' : ''}" viewBox="0 0 ${values.length} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><path d="${bars.join('')}"/></svg>`
}
