import { html } from 'hono/html'
import { percent } from '../chart/scale.ts'
import type { Html } from '../html.ts'
import { countWords, shareWords } from '../words.ts'

/** One line of a list: a value, how much of it there was, and what a click on it does. */
export interface Line {
  readonly name: string
  readonly href: string | null
  readonly amount: number
  /** `group` and `sub`: a bold sum and an indented part of it; `unknown`: what the hits did not say. */
  readonly kind: 'plain' | 'group' | 'sub' | 'unknown'
  /** Where the cause of an unknown is explained. */
  readonly why: string | null
}

export interface List {
  /** What is listed by what, for screen readers. */
  readonly caption: string
  /** Head of the first column. */
  readonly head: string
  /** Head of the second: what is counted. */
  readonly unit: string
  /** Head of the third: `Share`, or `Per view` where more than one may fall on a view. */
  readonly share: 'Share' | 'Per view'
  readonly lines: readonly Line[]
  /** What shares are parts of. */
  readonly whole: number
}

/** A table with a bar behind each name; the longest is as wide as the column. */
export function listTable({ caption, head, unit, share, lines, whole }: List): Html {
  const most = Math.max(1, ...lines.map(({ amount }) => amount))
  return html`<table class="list">
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">${head}</th><th scope="col" class="number">${unit}</th><th scope="col" class="number">${share}</th></tr></thead>
<tbody>
${lines.map((line) => row(line, { most, whole }))}</tbody>
</table>`
}

function row(line: Line, { most, whole }: { most: number; whole: number }): Html {
  const { name, href, amount, kind, why } = line
  const style = kind === 'plain' ? null : html` class="${kind}"`
  const fill = kind === 'unknown' ? html` fill="url(#unknown)"` : null
  const named = href === null ? name : html`<a href="${href}">${name}</a>`
  return html`<tr${style}><th scope="row"><svg class="bar" aria-hidden="true"><rect width="${percent(amount, most)}"${fill}/></svg>${named}${
    why === null ? null : html`<a class="why" href="${why}">why?<span class="unseen"> ${name}</span></a>`
  }</th><td>${countWords(amount)}</td><td>${shareWords(amount, whole)}</td></tr>
`
}
