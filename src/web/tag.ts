import type { Stems } from '../stems.ts'
import { inPath } from './links.ts'

/** How a site is counted, for the tag to paste. */
export interface TagPlace {
  /** Where the collector is reached from outside: scheme, host and base path, no "/" at the end. */
  readonly publicUrl: string
  /** Null: the collector takes the site from the request. */
  readonly site: string | null
  readonly stems: Stems
}

/** The address of a counting resource. @param ending `css`, `svg`, … */
function tagAddress({ publicUrl, site, stems }: TagPlace, ending: string): string {
  return `${publicUrl}${site === null ? '' : `/${inPath(site)}`}/${stems.view}.${ending}`
}

/**
 * The tag: a stylesheet that applies to no medium, so that nothing waits for it and nothing is drawn, and that
 * asks the browser to name the page.
 */
export function linkTag(place: TagPlace): string {
  return `<link rel="stylesheet" media="none"\n  href="${tagAddress(place, 'css')}"\n  referrerpolicy="no-referrer-when-downgrade">`
}

/** The same as a picture, for where only a page's body can be written. */
export function pictureTag(place: TagPlace): string {
  return `<img src="${tagAddress(place, 'svg')}"\n  alt="" width="1" height="1" referrerpolicy="no-referrer-when-downgrade">`
}
