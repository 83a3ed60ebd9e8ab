import type { Claim, Walk } from '../claim.ts'
import { paths, views } from '../measures.ts'
import { picturePart, viewPart } from '../../../src/tag-parts.ts'

/** That a page was looked at, and which. */
export const PAGE_CLAIMS: readonly Claim[] = [
  {
    id: 'view',
    name: 'a page is opened, with `c.css`',
    reading: 'One request, one page view.',
    truth: '1 view',
    page: ({ write, unnamed }) => ({ head: write(viewPart(unnamed)) }),
    walk: async (walk) => walk.open('/first'),
    measure: views,
  },
  {
    id: 'path-static',
    name: 'two pages with the same tag, `c.css`',
    reading: 'The browser names the page, where it may.',
    truth: '/first 1, /next 1',
    page: ({ write, unnamed }) => ({ head: write(viewPart(unnamed)) }),
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
    page: ({ write, named }) => ({ head: write(viewPart(named)) }),
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
    page: ({ write, printed }) => ({ body: write(picturePart(printed, 'svg')) }),
    walk: async (walk) => walk.open('/first'),
    measure: views,
  },
  {
    id: 'view-again',
    name: 'a page, another, the first again and reloaded, with `c.css`',
    reading: 'Nothing is kept, so every view asks.',
    truth: '4 views',
    page: ({ write, unnamed }) => ({ head: write(viewPart(unnamed)) }),
    walk: fourViews,
    measure: views,
  },
  {
    id: 'picture-again',
    name: 'the same, with `c.svg`',
    reading: 'Pictures, too.',
    truth: '4 views',
    page: ({ write, printed }) => ({ body: write(picturePart(printed, 'svg')) }),
    walk: fourViews,
    measure: views,
  },
]

async function fourViews(walk: Walk): Promise<void> {
  await walk.open('/first')
  await walk.press('next')
  await walk.open('/first')
  await walk.reload()
}
