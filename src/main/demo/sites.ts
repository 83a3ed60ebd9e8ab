import { DEMO_SITE, pagesOf } from './pages.ts'
import type { Random } from './random.ts'
import { weightedDraw } from './random.ts'

/** One site of the demo's owner. */
export interface DemoSite {
  readonly name: string
  /** Visits on an ordinary weekday in the middle of the year. */
  readonly visits: number
  /** What its pages carry: the plain tag, the one that counts visitors, or that one and all that goes with it. */
  readonly tags: 'views' | 'visitors' | 'all'
  /** Draws the pages that are read on one day of the demo. */
  pagesOf(demoDay: number): (random: Random) => string
}

/** The blog that the demo year is about, with every tag there is. */
export const MAIN_SITE: DemoSite = { name: DEMO_SITE, visits: 380, tags: 'all', pagesOf }

/** The owner's other sites. */
export const SMALL_SITES: readonly DemoSite[] = [
  { name: 'photos.example', visits: 46, tags: 'visitors', pagesOf: monthly('/') },
  { name: 'letters.example', visits: 22, tags: 'views', pagesOf: monthly('/letter-') },
]

/** A front page and one page a month, the newest read most. */
function monthly(before: string): DemoSite['pagesOf'] {
  return (demoDay) => {
    const months = 3 + Math.floor(demoDay / 30)
    const pages = Array.from(
      { length: months },
      (_, index) => [`${before}${index + 1}`, 40 / (months - index)] as const,
    )
    return weightedDraw([['/', 45], ['/about', 6], ...pages])
  }
}
