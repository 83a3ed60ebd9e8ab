import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

/** Least contrast of WCAG 2.2: text (1.4.3), and lines and marks that mean something (1.4.11). */
const TEXT = 4.5
const MARK = 3

const GROUNDS = ['paper', 'raised', 'hush', 'wash'] as const
const SHADES = ['hush', 'wash', 'shade-2', 'shade-3', 'shade-4', 'shade-5', 'accent'] as const

/** What stands on what. `rule` only parts what is apart anyway. */
const PAIRS: readonly (readonly [colour: string, grounds: readonly string[], least: number])[] = [
  ['ink', [...GROUNDS, 'wash-deep', ...SHADES.slice(0, 5)], TEXT],
  ['muted', GROUNDS, TEXT],
  ['accent', GROUNDS, TEXT],
  ['paper', ['ink', 'accent', 'shade-5'], TEXT],
  ['accent', ['wash-deep'], MARK],
  ['edge', ['paper', 'raised', 'hush'], MARK],
]

const styles = ['dashboard.css', 'chart/chart.css', 'print.css'].map((file) =>
  readFileSync(new URL(`../../src/web/${file}`, import.meta.url), 'utf8').replaceAll(/\/\*.*?\*\//gs, ''),
)
const [colours = '', rules = ''] = styles.join('\n').split(/(?<=:root \{[^}]*\})/)
const tokens = new Map(
  [...colours.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
)

for (const theme of ['light', 'dark'] as const) {
  for (const [colour, grounds, least] of PAIRS) {
    for (const ground of grounds) {
      test(`${colour} on ${ground} has a contrast of ${least} or more when it is ${theme}`, () => {
        const both = [colour, ground].map((name) => luminance(tokens.get(name)?.[theme] ?? ''))
        const contrast = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)
        assert.ok(contrast >= least, contrast.toFixed(2))
      })
    }
  }
}

test('every colour of the stylesheet is judged here', () => {
  const judged = new Set(PAIRS.flatMap(([colour, grounds]) => [colour, ...grounds]))
  assert.deepEqual(
    [...tokens.keys()].filter((name) => !judged.has(name)),
    ['rule'],
  )
})

test('no rule has a colour that is not among those', () => {
  assert.deepEqual(rules.match(/#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|hwb)a?\(/gi) ?? [], [])
})

/** Relative luminance as WCAG 2.2 defines it. @param colour `#rgb` or `#rrggbb` */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replaceAll(/\w/g, '$&$&') : colour
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
