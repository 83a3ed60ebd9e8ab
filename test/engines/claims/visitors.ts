import type { Claim, PageParts, PageWorld, Walk } from '../claim.ts'
import { landings, visitors } from '../measures.ts'
import { pageQuery, styleTag } from '../tags.ts'

const TRUTH = '1 visitor, 3 views'

/** Whether views are known to be one reader's, and which was the first. */
export const VISITOR_CLAIMS: readonly Claim[] = [
  {
    id: 'visitor',
    name: 'one reader opens three pages, with `v.css`',
    reading: 'One address for all pages: the browser’s cache counts along.',
    truth: TRUTH,
    page: (world) => ({ head: styleTag(world, 'v.css') }),
    walk: threePages,
    measure: visitors,
  },
  {
    id: 'visitor-pair',
    name: 'the same, with `c.css?p=…` and `n.css`',
    reading: 'One resource for the page and one for the reader: right from any site.',
    truth: TRUTH,
    page: pair,
    walk: threePages,
    measure: visitors,
  },
  {
    id: 'visitor-query',
    name: 'the same, with `v.css?p=…` (do not)',
    reading: 'An address for every page is a cache entry for every page: every page has a “first” view.',
    truth: TRUTH,
    page: (world) => ({ head: styleTag(world, `v.css${pageQuery(world)}`) }),
    walk: threePages,
    measure: visitors,
  },
  {
    id: 'landing',
    name: 'where that reader came in, with `v.css`',
    reading: 'The page of the view that was the first.',
    truth: '/first',
    page: (world) => ({ head: styleTag(world, 'v.css') }),
    walk: threePages,
    measure: landings,
  },
  {
    id: 'landing-pair',
    name: 'the same, with `c.css?p=…` and `n.css`',
    reading: 'The reader’s resource names no page, so nobody knows.',
    truth: '/first',
    page: pair,
    walk: threePages,
    measure: landings,
  },
]

/** The two tags for a counter on another site. */
function pair(world: PageWorld): PageParts {
  return { head: styleTag(world, `c.css${pageQuery(world)}`) + styleTag(world, 'n.css') }
}

async function threePages(walk: Walk): Promise<void> {
  await walk.open('/first')
  await walk.press('next')
  await walk.open('/third')
}
