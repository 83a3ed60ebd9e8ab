import type { Relation } from '../../src/same-site.ts'
import { STEMS } from '../../src/stems.ts'
import { html } from '../../src/tag-markup.ts'
import type { Part, Resources } from '../../src/tag-parts.ts'
import { FOLDER } from './web.ts'

/** What the pages of a site are made from: the parts of the tag that `headcount tag` prints for it. */
export interface PageWorld {
  /** Of this page. */
  readonly path: string
  /** Host of the page that linked here, as a server knows it; null where none did. */
  readonly referrer: string | null
  /** The resources in addresses that name no page. */
  readonly unnamed: Resources
  /** The resources in addresses that a template lets name their page. */
  readonly named: Resources
  /** The one or the other, as it is printed for where the collector stands. */
  readonly printed: Resources
  /** Writes a part as a template writes it on this page. */
  readonly write: (part: Part) => string
  /** The address of a resource, in an address that names the page. */
  readonly at: (resource: string) => string
}

/** The world of one page. */
export function pageWorld(url: URL, relation: Relation, referrer: string | null): PageWorld {
  const folder = folderOf(url.host, relation)
  const unnamed = { folder, stems: STEMS, relation, named: false }
  const named = { ...unnamed, named: true }
  const path = encodeURIComponent(url.pathname).replaceAll('%2F', '/')
  return {
    path: url.pathname,
    referrer,
    unnamed,
    named,
    printed: relation === 'cross-site' ? named : unnamed,
    write: ({ elements }) => elements.map((element) => html(element, path)).join('\n'),
    at: (resource) => `${folder}${resource}?p=${path}`,
  }
}

function folderOf(site: string, relation: Relation): string {
  if (relation === 'same-origin') return `${FOLDER}/${site}/`
  return `https://${relation === 'same-site' ? `c.${site}` : 'counter.test'}/${site}/`
}
