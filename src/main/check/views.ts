import type { Finding } from '../finding.ts'
import { BROWSERS } from './browsers.ts'
import type { Outcome } from './outcomes.ts'

/**
 * What is wrong with what a page view comes to.
 *
 * @param own the page's path, as reports have it
 */
export function judgeViews(outcomes: readonly Outcome[], own: string): readonly Finding[] {
  return RULES.flatMap((rule) => rule(outcomes, own)).map((what) => ({ ok: false, what }))
}

type Rule = (outcomes: readonly Outcome[], own: string) => readonly string[]

const RULES: readonly Rule[] = [
  function refused([first]) {
    return (first?.refused ?? []).map(
      (verdict) => `verdict: the collector refuses it: ${WHY[verdict] ?? verdict}`,
    )
  },
  function countedTwice([first]) {
    const views = first?.views ?? 0
    return views > 1 ? [`page views: ${views} tags count each of them; keep one`] : []
  },
  function withoutViews([first]) {
    return first?.views === 0 && first.visitors
      ? ['page views: the tag counts visitors alone; add c.css']
      : []
  },
  function namesAnother(outcomes, own) {
    const other = outcomes.find(({ path }) => path !== null && path !== own)
    return other === undefined
      ? []
      : [
          `path: the tag says "${other.path}", but this is "${own}"; the template has to write each page’s own`,
        ]
  },
  function namesNone(outcomes) {
    const silent = outcomes.filter(({ views, path }) => views > 0 && path === null)
    return silent.length === 0
      ? []
      : [`path: ${silent.map(({ browser }) => browser).join(', ')} ${remedy(silent)}`]
  },
]

const WHY: Readonly<Record<string, string>> = {
  'unknown-site':
    'its host, or the one in the tag, is no site of the settings; add it to sites, or to the aliases of one',
  ignored: 'its host is in ignore_hosts',
  malformed: 'its address is none that a tag has',
}

/** Where all of them are silent, nobody asked them to tell. */
function remedy(silent: readonly Outcome[]): string {
  return silent.length === BROWSERS.length
    ? 'do not tell which page it is; on the same site add referrerpolicy="no-referrer-when-downgrade" to the tag, from another name the page in it (tag --cross-site)'
    : 'do not tell a counter on another site which page it is; name the page in the tag (tag --cross-site)'
}
