import { LIMITS } from '../../limits.ts'
import { literally } from '../../report/glob.ts'
import type { Question, Report } from '../../report/report.ts'
import type { BadgeWish } from './wish.ts'

/** What badges ask the world for. */
export interface BadgeWorld {
  readonly ask: (question: Question) => Promise<Report>
  /** Ms UTC. */
  readonly now: () => number
}

/** The number of a badge, without what its address adds; null: not known. */
export type BadgeNumber = (site: string, wish: BadgeWish) => Promise<number | null>

/**
 * Numbers of badges, each at most `LIMITS.badgeSeconds` old: a badge that is shown a thousand times a second asks one
 * question in that time.
 */
export function createBadgeNumbers({ ask, now }: BadgeWorld): BadgeNumber {
  const known = new Map<string, { readonly atMs: number; readonly number: Promise<number | null> }>()
  return (site, wish) => {
    const { show, path, period } = wish
    const key = JSON.stringify([site, show, path, period])
    const last = known.get(key)
    if (last !== undefined && now() - last.atMs < LIMITS.badgeSeconds * 1_000) return last.number
    if (known.size >= LIMITS.badgesRememberedMax) known.clear()
    const number = ask(questionOf(site, wish)).then(({ totals }) =>
      show === 'views' ? totals.pageViews : totals.visitors,
    )
    known.set(key, { atMs: now(), number })
    // What failed is asked again; who waits for it is told.
    number.catch(() => known.delete(key))
    return number
  }
}

function questionOf(site: string, { path, period }: BadgeWish): Question {
  const filters =
    path === null ? [] : [{ column: 'path' as const, values: [literally('path', path)], exclude: false }]
  return { site, period, compare: 'none', filters, by: [], limit: 1 }
}
