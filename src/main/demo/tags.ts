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
  /** Style of what the reader can like: the demo's style sheet asks for the picture once it is open. */
  readonly liked: string
  /** Style of the link that leads out: the same, once it is pressed. */
  readonly outbound: string
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
  const page = encodeURIComponent(path.toWellFormed()).replaceAll('%2F', '/').replaceAll("'", '%27')
  const event = (name: string) => `${folder}${STEMS.event}/${name}.svg?p=${page}`
  return {
    view: write(viewPart(resources)),
    windows: write(EXTRA_PARTS.windows(resources)),
    end: write(EXTRA_PARTS.end(resources)),
    liked: `--liked: url('${event('liked')}')`,
    outbound: `--out: url('${event('outbound')}&amp;t=${OUTBOUND}')`,
  }
}

/** On one line an element. */
function write({ elements }: Part): string {
  return elements.map((element) => html(element, '').replaceAll(/\n\s*/g, ' ')).join('\n')
}
