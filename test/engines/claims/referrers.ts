import { EXTRA_PARTS, viewPart } from '../../../src/tag-parts.ts'
import type { Claim, PageParts, Walk } from '../claim.ts'
import { referrers, sources } from '../measures.ts'
import type { PageWorld } from '../page-world.ts'

/** Where a reader came from, by each way to know it. */
export const REFERRER_CLAIMS: readonly Claim[] = [
  {
    id: 'from-nothing',
    name: 'a link on `news.test` is followed, with `c.css` alone',
    reading: 'No resource of a page can say who linked to it.',
    truth: 'news.test',
    page: ({ write, printed }) => ({ head: write(viewPart(printed)) }),
    walk: fromNews('/first'),
    measure: referrers,
  },
  {
    id: 'from-server',
    name: 'the same; a template or a server-side include writes `&r=…`',
    reading: 'The page’s server knows, in any browser.',
    truth: 'news.test',
    page: ({ at, referrer }) => ({
      head: `<link rel="stylesheet" media="none" href="${at('c.css')}&amp;r=${referrer ?? ''}">`,
    }),
    walk: fromNews('/first'),
    measure: referrers,
  },
  {
    id: 'from-report',
    name: 'the same, with `c.css` and a report of a Content-Security-Policy',
    reading: 'A policy that is only reported, and broken on purpose: the report names the referrer.',
    truth: 'news.test',
    page: reported,
    walk: fromNews('/first'),
    measure: referrers,
  },
  {
    id: 'from-campaign',
    name: 'a link with `utm_source=letter` is followed, with `c.css`',
    reading: 'The browser sends the page’s address with its query, where it may.',
    truth: 'letter',
    page: ({ write, unnamed }) => ({ head: write(viewPart(unnamed)) }),
    walk: fromNews('/first?utm_source=letter&secret=1'),
    measure: sources,
  },
]

/** Opens a page of another site, and follows its link to a page of this one. */
function fromNews(path: string): (walk: Walk) => Promise<void> {
  return async (walk) => {
    await walk.openUrl(`https://news.test/today?to=${encodeURIComponent(walk.urlOf(path))}`)
    await walk.press('next')
  }
}

function reported({ write, printed }: PageWorld): PageParts {
  const part = EXTRA_PARTS.referrer(printed)
  const headers = Object.fromEntries(part.besides.map((line) => line.split(/: (.*)/s).slice(0, 2)))
  return { headers, head: write(viewPart(printed)), foot: write(part) }
}
