import { html } from 'hono/html'
import { globParts } from '../../report/glob.ts'
import type { Html } from '../html.ts'
import { valueName } from '../names.ts'
import { inPath } from '../links.ts'
import type { View } from '../view.ts'
import { chosenValue } from '../view.ts'

/** Columns of which one value has a page of its own: the overview with the filter on it, headed by its name. */
const SUBJECTS = ['path', 'referrer'] as const

/** The page, or the referrer, that a page of reports is about. */
export interface Subject {
  readonly column: (typeof SUBJECTS)[number]
  readonly value: string
}

/** What a view is about; null where that is the whole site, or a part of it that has no name. */
export function subjectOf(view: View): Subject | null {
  for (const column of SUBJECTS) {
    const chosen = chosenValue(view, column)
    if (typeof chosen !== 'string') continue
    if (column === 'referrer') return { column, value: chosen }
    const [value, ...more] = globParts(chosen)
    if (value !== undefined && more.length === 0) return { column, value }
  }
  return null
}

/** Whether a view is about one value of this column. */
export function isOwnPage(view: View, column: Subject['column']): boolean {
  return subjectOf(view)?.column === column
}

/** The heading of a subject. */
export function subjectName({ column, value }: Subject): string {
  return valueName(column, value)
}

/** The way to the page itself, or to the site that readers came from. */
export function subjectLink({ column, value }: Subject, site: string): Html | null {
  const address = column === 'path' ? `https://${site}${value}` : `https://${inPath(value)}/`
  // What does not begin a path would change the host before it: "@evil.example", ".evil.example".
  const leads = column === 'path' ? value.startsWith('/') : /^[a-z\d-]+(\.[a-z\d-]+)+$/.test(value)
  if (!leads || !URL.canParse(address)) return null
  return html`<a class="link small" href="${address}" rel="noreferrer">${column === 'path' ? 'Open the page' : `Go to ${value}`}</a>`
}
