import { viewPart } from '../../../src/tag-parts.ts'
import type { Claim, PageParts, Walk } from '../claim.ts'
import { paths, views, visitors } from '../measures.ts'
import type { PageWorld } from '../page-world.ts'

/** Pages that a browser made ready before anybody asked for them. */
export const PRERENDER_CLAIMS: readonly Claim[] = [
  {
    id: 'prerender-unseen',
    name: 'a page has the next one made ready, nobody goes there; `c.css`',
    reading: 'A page that nobody saw is not counted. Only Chromium makes pages ready.',
    truth: '/first 1',
    page: tagged,
    walk: makeReady,
    measure: paths,
  },
  {
    id: 'prerender-seen',
    name: 'the same, and the reader goes there',
    reading: 'Once it is shown nothing more is asked for: the view is lost, and the ledger says so.',
    truth: '/first 1, /next 1',
    page: tagged,
    walk: goThere,
    measure: paths,
  },
  {
    id: 'shown-unseen',
    name: 'nobody goes there, with a picture that an animation asks for',
    reading: 'The animation does not run before the page is shown.',
    truth: '/first 1',
    page: animated,
    walk: makeReady,
    measure: paths,
  },
  {
    id: 'shown-seen',
    name: 'the same picture, and the reader goes there',
    reading: 'The picture is asked for when the page is shown, once.',
    truth: '/first 1, /next 1',
    page: animated,
    walk: goThere,
    measure: paths,
  },
  {
    id: 'shown-again',
    name: 'a page with that picture is opened, another, and the first again',
    reading: 'WebKit holds on to the picture of a page that it has shown.',
    truth: '/first 2, /next 1',
    page: (world) => animation(world.at('c.svg')),
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('next')
      await walk.open('/first')
    },
    measure: paths,
  },
  {
    id: 'shown-reload',
    name: 'a page with that picture is opened and reloaded',
    reading: 'The same.',
    truth: '2 views',
    page: (world) => animation(world.at('c.svg')),
    walk: async (walk) => {
      await walk.open('/first')
      await walk.reload()
    },
    measure: views,
  },
  {
    id: 'shown-visitor',
    name: 'three pages, with `v.svg` asked for by such an animation',
    reading: 'The view number works there as well; the path is named on the page’s own origin only.',
    truth: '1 visitor, 3 views',
    page: ({ unnamed }) => animation(`${unnamed.folder}v.svg`),
    walk: async (walk) => {
      await walk.open('/first')
      await walk.press('next')
      await walk.open('/third')
    },
    measure: visitors,
  },
]

function tagged(world: PageWorld): PageParts {
  return { headers: rules(world), head: world.write(viewPart(world.printed)) }
}

function animated(world: PageWorld): PageParts {
  return { headers: rules(world), ...animation(world.at('c.svg')) }
}

/** The first page has the next one made ready. */
function rules({ path }: PageWorld): Readonly<Record<string, string>> {
  return path === '/first' ? { 'speculation-rules': '"/rules.json"' } : {}
}

/** A picture that waits for the first frame that is shown. */
function animation(url: string): PageParts {
  const keyframes = '@keyframes shown { to { background-image: var(--shown) } }'
  const rule = '#shown { position: absolute; width: 1px; height: 1px; animation: shown 1ms forwards }'
  return {
    head: `<style>${keyframes} ${rule}</style>`,
    body: `<i id="shown" style="--shown: url('${url}')"></i>`,
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

/** How long a browser may take to make a page ready. */
const PRERENDER_MS = 1_500
