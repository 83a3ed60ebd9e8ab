import { html } from 'hono/html'
import type { Html } from '../html.ts'

/** What stands on a badge: a label and a message, each on its colour (`#0b6e75`). */
export interface BadgeWords {
  readonly label: string
  readonly message: string
  readonly color: string
  readonly labelColor: string
}

const HEIGHT = 20
const PADDING = 6
/** Widths at 11 px of the letters that are narrow or wide in the fonts of badges; all others are `USUAL_WIDTH`. */
const WIDTHS: ReadonlyMap<string, number> = new Map(
  [
    ["iljI|!.,:;'", 3.5],
    ['frt()[] -/', 4.5],
    ['mwMW@%', 10],
  ].flatMap(([letters, width]) => Array.from(String(letters), (letter) => [letter, Number(width)] as const)),
)
const USUAL_WIDTH = 7
/** Letters of East Asian scripts and pictographs are as wide as they are high. */
const WIDE =
  /[\u1100-\u{11ff}\u2e80-\u{a4cf}\uac00-\u{d7ff}\uf900-\u{faff}\uff00-\u{ff60}]|\p{Extended_Pictographic}/u
const WIDE_WIDTH = 11

/** A badge as a self-contained picture. Its title says the same as the picture, for readers who cannot see it. */
export function badgeSvg({ label, message, color, labelColor }: BadgeWords): Html {
  const [labelWidth, messageWidth] = [label, message].map((text) =>
    text === '' ? 0 : widthOf(text) + 2 * PADDING,
  )
  const [left = 0, right = 0] = [labelWidth, messageWidth]
  const title = label === '' ? message : `${label}: ${message}`
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${title}"><title>${title}</title><clipPath id="round"><rect width="${left + right}" height="${HEIGHT}" rx="3"/></clipPath><g clip-path="url(#round)"><rect width="${left}" height="${HEIGHT}" fill="${labelColor}"/><rect x="${left}" width="${right}" height="${HEIGHT}" fill="${color}"/></g><g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">${textAt(label, 0)}${textAt(message, left)}</g></svg>`
}

/** The text keeps to the width that was reckoned for it, whatever font there is. */
function textAt(text: string, left: number): Html | null {
  return text === ''
    ? null
    : html`<text x="${left + PADDING}" y="14" textLength="${widthOf(text)}">${text}</text>`
}

function widthOf(text: string): number {
  const width = Array.from(text).reduce(
    (sum, letter) => sum + (WIDTHS.get(letter) ?? (WIDE.test(letter) ? WIDE_WIDTH : USUAL_WIDTH)),
    0,
  )
  return Math.ceil(width)
}
