import type { Claim } from '../claim.ts'
import { paths, views } from '../measures.ts'
import { pageQuery, styleTag } from '../tags.ts'

/** That a page was looked at, and which. */
export const PAGE_CLAIMS: readonly Claim[] = [
  {
    id: 'view',
    name: 'a page is opened, with `c.css`',
    reading: 'One request, one page view.',
    truth: '1 view',
    page: (world) => ({ head: styleTag(world, 'c.css') }),
    walk: async (walk) => walk.open('/first'),
    measure: views,
  },
  {
    id: 'path-static',
    name: 'two pages with the same tag, `c.css`',
    reading: 'The browser names the page, where it may.',
    truth: '/first 1, /next 1',
    page: (world) => ({ head: styleTag(world, 'c.css') }),
    walk: async (walk) => {
      await walk.open('/first?q=1')
      await walk.press('next')
    },
    measure: paths,
  },
  {
    id: 'path-template',
    name: 'two pages whose template writes `c.css?p=…`',
    reading: 'The page names itself.',
    truth: '/first 1, /next 1',
    page: (world) => ({ head: styleTag(world, `c.css${pageQuery(world)}`) }),
    walk: async (walk) => {
      await walk.open('/first?q=1')
      await walk.press('next')
    },
    measure: paths,
  },
  {
    id: 'picture',
    name: 'a page is opened, with `c.svg`',
    reading: 'The same with a picture.',
    truth: '1 view',
    page: ({ at, policy }) => ({ body: `<img src="${at('c.svg')}" alt="" width="1" height="1"${policy}>` }),
    walk: async (walk) => walk.open('/first'),
    measure: views,
  },
]
