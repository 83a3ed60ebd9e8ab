import type { Claim, PageWorld, Walk } from '../claim.ts'
import { paths, visitors } from '../measures.ts'
import { pageQuery, styleTag } from '../tags.ts'

/** The first page has the next one made ready. */
function rules({ path }: PageWorld) {
  return path === '/first' ? { 'speculation-rules': '"/rules.json"' } : {}
}

/** Pages that a browser made ready before anybody asked for them. */
export const PRERENDER_CLAIMS: readonly Claim[] = [
  {
    id: 'prerender-unseen',
    name: 'a page makes the next one ready, nobody goes there; `c.css`',
    reading: 'A page that nobody saw is not counted.',
    truth: '/first 1',
    page: (world) => ({ headers: rules(world), head: styleTag(world, `c.css${pageQuery(world)}`) }),
    walk: makeReady,
    measure: paths,
  },
  {
    id: 'prerender-seen',
    name: 'the same, and the reader goes there',
    reading: 'Once it is shown nothing more is asked for: the view is lost, and the ledger says so.',
    truth: '/first 1, /next 1',
    page: (world) => ({ headers: rules(world), head: styleTag(world, `c.css${pageQuery(world)}`) }),
    walk: goThere,
    measure: paths,
  },
  {
    id: 'shown-unseen',
    name: 'nobody goes there, with a picture that an animation asks for',
    reading: 'The animation does not run before the page is shown.',
    truth: '/first 1',
    page: (world) => animated(world),
    walk: makeReady,
    measure: paths,
  },
  {
    id: 'shown-seen',
    name: 'the same, and the reader goes there',
    reading: 'The picture is asked for when the page is shown, once.',
    truth: '/first 1, /next 1',
    page: (world) => animated(world),
    walk: goThere,
    measure: paths,
  },
  {
    id: 'shown-visitor',
    name: 'three pages, with `v.svg` asked for by such an animation',
    reading: 'The view number works there as well; the page’s path comes on its own origin only.',
    truth: '1 visitor, 3 views',
    page: (world) => ({ ...animated(world, 'v.svg'), headers: {} }),
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('next')
      await walk.open('/third')
    },
    measure: visitors,
  },
]

/** A picture that waits for the first frame that is shown. */
function animated(world: PageWorld, resource = `c.svg${pageQuery(world)}`) {
  const url = world.at(resource)
  return {
    headers: rules(world),
    head: `<style>@keyframes shown { to { background-image: url('${url}') } } #shown { position: absolute; width: 1px; height: 1px; animation: shown 1ms forwards }</style>`,
    body: '<div id="shown"></div>',
  }
}

async function makeReady(walk: Walk): Promise<void> {
  await walk.open('/first')
  await walk.pause(PRERENDER_MS)
}

async function goThere(walk: Walk): Promise<void> {
  await makeReady(walk)
  await walk.press('next')
}

/** How long a browser takes to make a page ready. */
const PRERENDER_MS = 1_500
