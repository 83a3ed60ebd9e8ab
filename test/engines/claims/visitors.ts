import { visitorsPart } from '../../../src/tag-parts.ts'
import type { Claim, Walk } from '../claim.ts'
import { landings, visitors } from '../measures.ts'

const TRUTH = '1 visitor, 3 views'

/** Whether views are known to be one reader's, and which was the first. */
export const VISITOR_CLAIMS: readonly Claim[] = [
  {
    id: 'visitor',
    name: 'one reader opens three pages, with `v.css`',
    reading: 'One address for all pages: the browser’s cache counts along.',
    truth: TRUTH,
    page: ({ write, unnamed }) => ({ head: write(visitorsPart(unnamed)) }),
    walk: threePages,
    measure: visitors,
  },
  {
    id: 'visitor-pair',
    name: 'one reader opens three pages, with `c.css?p=…` and `n.css`',
    reading: 'One resource for the page and one for the reader: right from any site.',
    truth: TRUTH,
    page: ({ write, named }) => ({ head: write(visitorsPart(named)) }),
    walk: threePages,
    measure: visitors,
  },
  {
    id: 'visitor-query',
    name: 'one reader opens three pages, with `v.css?p=…` (do not)',
    reading: 'An address for every page is a cache entry for every page: every page has a “first” view.',
    truth: TRUTH,
    page: ({ at }) => ({ head: `<link rel="stylesheet" media="none" href="${at('v.css')}">` }),
    walk: threePages,
    measure: visitors,
  },
  {
    id: 'visitor-picture',
    name: 'one reader opens three pages, with `v.svg` in an `<img>`',
    reading: 'A picture does as well as a style sheet.',
    truth: TRUTH,
    page: ({ unnamed }) => ({ body: `<img src="${unnamed.folder}v.svg" alt="" width="1" height="1">` }),
    walk: threePages,
    measure: visitors,
  },
  {
    id: 'landing',
    name: 'where that reader came in, with `v.css`',
    reading: 'The page of the view that was the first.',
    truth: '/first',
    page: ({ write, unnamed }) => ({ head: write(visitorsPart(unnamed)) }),
    walk: threePages,
    measure: landings,
  },
  {
    id: 'landing-pair',
    name: 'where that reader came in, with `c.css?p=…` and `n.css`',
    reading: 'The reader’s resource names no page, so nobody knows.',
    truth: '/first',
    page: ({ write, named }) => ({ head: write(visitorsPart(named)) }),
    walk: threePages,
    measure: landings,
  },
]

async function threePages(walk: Walk): Promise<void> {
  await walk.open('/first')
  await walk.press('next')
  await walk.open('/third')
}
