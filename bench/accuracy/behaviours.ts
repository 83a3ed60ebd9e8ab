import type { Random } from '../../src/main/demo/random.ts'
import type { Load, Tag } from './load.ts'
import { TAGS } from './load.ts'

/** Something that browsers, people or bots do, and what share of the day does it. */
export interface Behaviour {
  /** Of what the share is. */
  readonly what: string
  /** Changes one reader's loads, in time order. */
  change(loads: readonly Load[], share: number, random: Random): readonly Load[]
}

/** What readers, browsers and bots do. */
const DEEDS = {
  emptied: {
    what: 'views before which the browser’s cache was emptied',
    change: (loads, share, random) => {
      let times = 0
      return loads.map((load, index) => {
        if (index > 0 && random() < share) times += 1
        return { ...load, cache: `${load.cache}.${times}` }
      })
    },
  },
  hardReload: {
    what: 'later views that are hard reloads',
    change: laterViews((load) => ({ ...load, revalidates: false })),
  },
  privateWindow: {
    what: 'readers who open a new private window for each visit',
    change: readers((load) => ({ ...load, cache: `${load.cache}.${load.visit}` })),
  },
  twoDevices: {
    what: 'readers with two browsers or devices, in turn',
    change: readers((load, index) => ({ ...load, cache: `${load.cache}.${index % 2}` })),
  },
  sharedCache: {
    what: 'readers behind one proxy that shares what is marked private',
    change: readers((load) => ({ ...load, cache: 'proxy' })),
  },
  atOnce: {
    what: 'readers who open their second page while the first still loads',
    change: readers((load, index, [first]) =>
      index === 1 && first !== undefined ? { ...load, timeMs: first.timeMs } : load,
    ),
  },
  back: {
    what: 'later views by the Back button that the browser shows from memory',
    change: laterViews((load) => ({ ...load, requested: false })),
  },
  prerendered: {
    what: 'later views that the browser had rendered in advance',
    change: laterViews((load) => ({ ...load, headers: { 'sec-purpose': 'prefetch;prerender' } })),
  },
  neverShown: {
    what: 'views after which a page is rendered in advance and never shown',
    change: followed((load) => ({ ...load, headers: { 'sec-purpose': 'prefetch;prerender' } })),
  },
  optedOut: {
    what: 'readers who opted out (Sec-GPC)',
    change: readers((load) => ({ ...load, headers: { 'sec-gpc': '1' } })),
  },
  blocked: {
    what: 'readers who block the counter',
    change: readers((load) => ({ ...load, requested: false })),
  },
  disguisedBots: {
    what: 'loads by bots that look like a browser, for each view',
    change: followed((load) => ({ ...load, cache: `bot.${load.reader}.${load.timeMs}` })),
  },
  saidBots: {
    what: 'loads by bots that say so, for each view',
    change: followed((load) => ({ ...load, headers: { 'user-agent': 'curl/8.5.0' } })),
  },
} as const satisfies Readonly<Record<string, Behaviour>>

/** What the site's owner does: other tags on some of the pages. */
const OTHER_TAGS = {
  partlyTagged: {
    what: 'pages that carry c.css instead of v.css',
    change: pages(TAGS.plain),
  },
  pair: {
    what: 'pages that carry c.css?p=… and n.css instead of v.css',
    change: pages(TAGS.pair),
  },
  pathInVisitors: {
    what: 'pages that carry v.css?p=… instead of v.css',
    change: pages(TAGS.pathInVisitors),
  },
} as const satisfies Readonly<Record<string, Behaviour>>

/** All that is replayed, each alone. */
export const BEHAVIOURS = { ...DEEDS, ...OTHER_TAGS }

export type BehaviourName = keyof typeof BEHAVIOURS

/** What is replayed, and with which shares. */
export const PLAN = {
  deeds: { names: namesOf(DEEDS), shares: [0.01, 0.05, 0.1, 0.25] },
  tags: { names: namesOf(OTHER_TAGS), shares: [0.25, 0.5, 1] },
} as const

function namesOf<Name extends string>(behaviours: Readonly<Record<Name, Behaviour>>): readonly Name[] {
  const isName = (name: string): name is Name => name in behaviours
  return Object.keys(behaviours).filter(isName)
}

/** The same for all loads of some readers. */
function readers(change: (load: Load, index: number, loads: readonly Load[]) => Load): Behaviour['change'] {
  return (loads, share, random) => (random() < share ? loads.map(change) : loads)
}

/** The same for some of the views that are not a reader's first. */
function laterViews(change: (load: Load) => Load): Behaviour['change'] {
  return (loads, share, random) =>
    loads.map((load, index) => (index > 0 && random() < share ? change(load) : load))
}

/** One more load, which nobody sees, after some of the views. */
function followed(other: (load: Load) => Load): Behaviour['change'] {
  return (loads, share, random) =>
    loads.flatMap((load) =>
      random() < share ? [load, { ...other(load), timeMs: load.timeMs + 1, seen: false }] : [load],
    )
}

/** Another tag on some of the pages, always the same ones. */
function pages(tag: Tag): Behaviour['change'] {
  return (loads, share) =>
    loads.map((load) => (Number(/\d+/.exec(load.path)) % 4 < share * 4 ? { ...load, tag } : load))
}
