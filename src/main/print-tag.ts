import type { Relation } from '../same-site.ts'
import type { TagAdvice, TagWish } from '../tag.ts'
import { print, say } from './output.ts'

/** Prints what there is to paste on stdout, and on stderr where each piece goes and what to know of it. */
export async function printTag({ pieces }: TagAdvice): Promise<void> {
  for (const [index, { counts, where, code, notes }] of pieces.entries()) {
    const gap = index === 0 ? '' : '\n'
    say(`${gap}Counts ${counts}. Goes into ${where}:\n`)
    await print(`${gap}${code}\n`)
    if (notes.length > 0) say(`\n${notes.join('\n')}`)
  }
}

/** Says why a tag looks as it does, and what it needs. */
export function sayReasons({ relation, generator }: TagWish, { contentPolicy }: TagAdvice): void {
  const { foreign, picture } = generator
  if (foreign !== true) say(`\n${picture === undefined ? `${REASONS}\n` : ''}${POSITIONS[relation]}`)
  if (contentPolicy.length > 0)
    say(`\nIf your pages send a Content-Security-Policy, it has to allow\n\n  ${contentPolicy.join('; ')}`)
}

const REASONS = `  rel="stylesheet"   an empty style sheet: fetched once a page view, with scripts off as well
  media="none"       for no screen at all: the browser fetches it last and paints the page without waiting for it`

/** What browsers tell of the page, and what the tag does about it. */
const POSITIONS: Readonly<Record<Relation, string>> = {
  'same-origin': '\nPages and counter share one origin: browsers say by themselves which page they are on.',
  'same-site': `  referrerpolicy="no-referrer-when-downgrade"
                     the browser says which page it is on; without it a counter on another host learns only the site

That works in every browser while the counter is on a host of the site’s own domain (count.example.org for
example.org). On any other, Firefox and Safari say only which site they are on: --cross-site writes the path into the tag.`,
  'cross-site': `  ?p=                the page’s path: the counter is on another site than your pages, and to such a one Firefox and
                     Safari do not say which page they are on
  referrerpolicy="no-referrer-when-downgrade"
                     Chromium does, and so tells campaigns (utm_source and the like) as well`,
}
