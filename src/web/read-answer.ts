import { LIMITS } from '../limits.ts'
import type { Question } from '../report/report.ts'
import type { WebDeps } from './deps.ts'
import type { Links } from './links.ts'
import type { Answer } from './page/answer.ts'
import { filterWords } from './page/filters.ts'
import { panelLists, wantsBots } from './page/panel-tabs.ts'
import { isNamed } from './names.ts'
import { includesToday, periodTitle } from './periods.ts'
import type { View } from './view.ts'
import type { Sight } from './world.ts'

/** Where answers come from. */
export type Sources = Pick<WebDeps, 'ask' | 'ledger' | 'lastHour' | 'annotations' | 'weekStart' | 'now'>

/** Rows asked for each panel: more than are shown, so that hosts of all groups and "not known" are among them. */
const PANEL_ROWS = 100

/** All that a view of a site shows. @throws {AppError} as `WebDeps.ask` */
export async function readAnswer(
  site: string,
  view: View,
  { deps, links, sight }: { readonly deps: Sources; readonly links: Links; readonly sight?: Sight },
): Promise<Answer> {
  const { period, filters, show } = view
  const [report, ledger, now] = await Promise.all([
    deps.ask(questionOf(site, view)),
    show === null && wantsBots(view) ? deps.ledger(site, period) : null,
    show === null && filters.length === 0 && includesToday(period) ? deps.lastHour?.(site) : null,
  ])
  return {
    report,
    view,
    links,
    isPart: sight !== undefined && sight.filters.length > 0,
    bots: ledger?.bots ?? null,
    now: now ?? null,
    annotations: annotationsOf(site, deps),
    weekStart: deps.weekStart,
    nowMs: deps.now(),
  }
}

/** What the owner noted about a site, or about all. */
export function annotationsOf(
  site: string,
  { annotations }: Pick<Sources, 'annotations'>,
): Answer['annotations'] {
  return annotations.filter((one) => one.site === null || one.site === site)
}

function questionOf(site: string, view: View): Question {
  const { period, compare, filters, granularity, show, search, offset } = view
  const question = { site, period, compare, filters, granularity }
  if (show === null) return { ...question, by: panelLists(view), limit: PANEL_ROWS }
  const list = { ...question, compare: 'none', by: [show] } as const
  // Short lists, which the page searches by the names that it shows.
  if (isNamed(show)) return { ...list, limit: LIMITS.topRowsMax }
  return { ...list, limit: LIMITS.listRowsShown, search, offset }
}

/** `blog.example.org, Last 28 days, Country is Germany`. */
export function answerTitle({ report, view }: Pick<Answer, 'report' | 'view'>): string {
  const words = [report.site, periodTitle(view.period, report.period), filterWords(view.filters)]
  return words.filter((word) => word !== '').join(', ')
}
