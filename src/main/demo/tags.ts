import { createHash } from 'node:crypto'
import { STEMS } from '../../stems.ts'
import { html } from '../../tag-markup.ts'
import type { Part } from '../../tag-parts.ts'
import { EXTRA_PARTS, viewPart } from '../../tag-parts.ts'
import { DEMO_SITE } from './pages.ts'

/** Where a link of the demo site leads out to: the standard that says how browsers keep a cache. */
export const OUTBOUND = 'www.rfc-editor.org/rfc/rfc9111.html'

/** What one page of the demo site counts, as markup. */
export interface DemoTags {
  /** For its head. */
  readonly view: string
  /** For a line that is seen at once. */
  readonly windows: string
  /** For the end of what there is to read. */
  readonly end: string
  /** Rules that ask for a picture once the reader opens `.liked` or presses the link that leads out. */
  readonly style: string
  /** The source expression that lets a Content-Security-Policy allow these rules. */
  readonly styleSource: string
}

/**
 * The tags of a page.
 *
 * @param root where this server is reached, without "/" at the end
 * @param path of the page, whatever was asked for
 */
export function demoTags(root: string, path: string): DemoTags {
  const folder = `${root}/${DEMO_SITE}/`
  const resources = { folder, stems: STEMS, relation: 'same-site', named: false } as const
  const page = encodeURIComponent(path.toWellFormed()).replaceAll('%2F', '/')
  const picture = (name: string, target = '') =>
    `{ background-image: url("${folder}${STEMS.event}/${name}.svg?p=${page}${target}") }`
  const style = `.liked[open] > summary ${picture('liked')}
a[href="https://${OUTBOUND}"]:active ${picture('outbound', `&t=${OUTBOUND}`)}`
  return {
    view: write(viewPart(resources)),
    windows: write(EXTRA_PARTS.windows(resources)),
    end: write(EXTRA_PARTS.end(resources)),
    style,
    styleSource: `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  }
}

/** On one line an element. */
function write({ elements }: Part): string {
  return elements.map((element) => html(element, '').replaceAll(/\n\s*/g, ' ')).join('\n')
}
