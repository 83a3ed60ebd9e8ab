import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { Html } from '../html.ts'

/** Colours of a picture in a file: those of light or dark, or as the reader's system has it. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** A picture that stands by itself. */
export interface Picture {
  /** Its name, and what it says in a sentence, for those who do not see it. */
  readonly title: string
  readonly description: string
  readonly width: number
  readonly height: number
  /** Without links. */
  readonly body: Html
  /** Whether it is the body alone, name and description for those who do not see it. */
  readonly alone?: boolean
}

/** An SVG file, and the source that a Content-Security-Policy must allow for its styles. */
export interface PictureFile {
  readonly svg: string
  readonly styleSource: string
}

const MARGIN = 16

/**
 * Makes files of pictures: styles inside, colours resolved, so that programs that know neither `var()` nor
 * `light-dark()` show them too.
 *
 * @param styles what the page's stylesheet says of pictures
 * @param tokens the stylesheet that gives the colours on `:root`, as `--name: light-dark(#light, #dark)`
 */
export function pictureFiles(
  styles: string,
  tokens: string,
): (picture: Picture, theme: Theme) => Promise<PictureFile> {
  const paint = (side: 'light' | 'dark') => resolveColours(FRAME + styles, tokens, side)
  const [light, dark] = [paint('light'), paint('dark')]
  const rules: Readonly<Record<Theme, string>> = {
    light,
    dark,
    auto: `${light}@media (prefers-color-scheme:dark){${dark}}`,
  }
  return async (picture, theme) => {
    const style = rules[theme]
    const hash = createHash('sha256').update(style).digest('base64')
    return { svg: String(await file(picture, style)), styleSource: `'sha256-${hash}'` }
  }
}

const FRAME = `svg{font-family:system-ui,sans-serif;font-variant-numeric:tabular-nums}
.ground{fill:var(--paper)}.name{fill:var(--ink);font-size:14px;font-weight:600}.about{fill:var(--muted);font-size:12px}`
const HEAD_HEIGHT = 44

function file(picture: Picture, style: string): Html {
  const { title, description, width, height, alone = false } = picture
  const [margin, head] = alone ? [0, 0] : [MARGIN, HEAD_HEIGHT]
  const [wide, high] = [width + 2 * margin, height + head + 2 * margin]
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img" aria-labelledby="name about">
<title id="name">${title}</title>
<desc id="about">${description}</desc>
<style>${raw(style)}</style>
<defs>
<pattern id="unfinished" class="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v6"/></pattern>
</defs>
${alone ? null : headOf(picture)}
<svg x="${margin}" y="${margin + head}" width="${width}" height="${height}">
${picture.body}
</svg>
</svg>
`
}

function headOf({ title, description }: Picture): Html {
  return html`<rect class="ground" width="100%" height="100%"/>
<text class="name" x="${MARGIN}" y="${MARGIN + 14}">${title}</text>
<text class="about" x="${MARGIN}" y="${MARGIN + 32}">${description}</text>`
}

/** The rules with each `var(--name)` replaced by its colour. */
function resolveColours(styles: string, tokens: string, side: 'light' | 'dark'): string {
  const colours = new Map(
    [...tokens.matchAll(/--([\w-]+): ?light-dark\((#\w+), ?(#\w+)\)/g)].map(([, name, light, dark]) => [
      name,
      side === 'light' ? light : dark,
    ]),
  )
  return styles.replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) => colours.get(name) ?? 'currentColor')
}
