import type { Random, Weighted } from './random.ts'
import { seededRandom, weightedDraw } from './random.ts'

/** The site that the demo year belongs to. */
export const DEMO_SITE = 'demo.example'

/** The page that a news site links to, once in the year. */
export const NEWS_PATH = '/workshop/typewriter-as-a-keyboard'

const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  bread: [
    'rye',
    'spelt',
    'brioche',
    'baguette',
    'focaccia',
    'sourdough',
    'pretzel',
    'bagel',
    'naan',
    'stollen',
  ],
  walks: [
    'tatra',
    'harz',
    'vosges',
    'bieszczady',
    'dolomites',
    'lofoten',
    'alentejo',
    'burren',
    'eifel',
    'rila',
  ],
  workshop: [
    'bicycle',
    'bench-plane',
    'radio',
    'lamp',
    'chair',
    'clock',
    'kettle',
    'sash-window',
    'telescope',
    'press',
  ],
  garden: ['quince', 'tomato', 'compost', 'hedge', 'beans', 'bees', 'pond', 'mint', 'leek', 'medlar'],
}
const ASPECTS: Readonly<Record<string, readonly string[]>> = {
  bread: ['for-beginners', 'in-a-cold-oven', 'step-by-step', 'mistakes', 'and-why-it-works'],
  walks: ['in-three-days', 'without-a-car', 'in-the-rain', 'with-children', 'packing-list'],
  workshop: ['repair', 'from-scrap', 'tools', 'restoration', 'measured'],
  garden: ['month-by-month', 'in-a-pot', 'from-seed', 'for-the-lazy', 'after-ten-years'],
}

interface Page {
  readonly path: string
  readonly weight: number
  /** Day of the demo on which it appeared; negative: it was always there. */
  readonly sinceDay: number
}

const STANDING: readonly Page[] = [
  ['/', 210],
  ['/archive', 24],
  ['/about', 30],
  ['/bread/', 22],
  ['/walks/', 14],
  ['/workshop/', 18],
  ['/garden/', 12],
  ['/contact', 5],
  ['/search', 7],
].map(([path, weight]) => ({ path: String(path), weight: Number(weight), sinceDay: -1 }))

const ARTICLES: readonly Page[] = inSomeOrder([NEWS_PATH, ...articlePaths()]).map((path, index) => ({
  path,
  weight: path === NEWS_PATH ? 12 : 400 / (index + 3) ** 0.95,
  sinceDay: index % 4 === 1 ? ((index * 47) % 352) + 1 : -1,
}))

const PAGES = [...STANDING, ...ARTICLES]

/** How many days a new article is news. */
const FRESH_DAYS = 6

/** Draws the pages of one day: a long tail (Zipf) in which new articles are read most. */
export function pagesOf(demoDay: number): (random: Random) => string {
  return weightedDraw(
    PAGES.filter((page) => page.sinceDay <= demoDay).map((page): Weighted<string> => {
      const age = demoDay - page.sinceDay
      return [page.path, page.weight + (page.sinceDay >= 0 && age < FRESH_DAYS ? 120 / (age + 1) : 0)]
    }),
  )
}

function articlePaths(): readonly string[] {
  return Object.entries(SUBJECTS).flatMap(([section, subjects]) =>
    subjects.flatMap((subject) =>
      (ASPECTS[section] ?? []).map((aspect) => `/${section}/${subject}-${aspect}`),
    ),
  )
}

function inSomeOrder(paths: readonly string[]): readonly string[] {
  const random = seededRandom(paths.length)
  const keyed = paths.map((path) => ({ path, key: random() }))
  return keyed.sort((one, other) => one.key - other.key).map(({ path }) => path)
}
