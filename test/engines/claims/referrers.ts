import type { Claim, Walk } from '../claim.ts'
import { referrers, sources } from '../measures.ts'
import { pageQuery, styleTag } from '../tags.ts'

/** Where a reader came from, by each way to know it. */
export const REFERRER_CLAIMS: readonly Claim[] = [
  {
    id: 'from-nothing',
    name: 'a link on `news.test` is followed, with `c.css` alone',
    reading: 'No resource of a page can say who linked to it.',
    truth: 'news.test',
    page: (world) => ({ head: styleTag(world, 'c.css') }),
    walk: fromNews('/first'),
    measure: referrers,
  },
  {
    id: 'from-server',
    name: 'the same; the page’s server writes `?r=…`',
    reading: 'The server knows, in any browser.',
    truth: 'news.test',
    page: (world) => ({
      head: styleTag(
        world,
        `c.css${pageQuery(world)}${world.referrer === null ? '' : `&amp;r=${world.referrer}`}`,
      ),
    }),
    walk: fromNews('/first'),
    measure: referrers,
  },
  {
    id: 'from-report',
    name: 'the same, by a `Content-Security-Policy` report',
    reading: 'A policy that is only reported, and broken on purpose: the report names the referrer.',
    truth: 'news.test',
    page: (world) => ({
      headers: {
        'content-security-policy-report-only': `frame-src * blob:; report-uri ${world.at('csp')}`,
      },
      body: '<iframe hidden src="data:text/html,"></iframe>',
    }),
    walk: fromNews('/first'),
    measure: referrers,
  },
  {
    id: 'from-campaign',
    name: 'a link with `utm_source=letter` is followed, with `c.css`',
    reading: 'The browser sends the page’s address with its query, where it may.',
    truth: 'letter',
    page: (world) => ({ head: styleTag(world, 'c.css') }),
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
