import type { Context } from 'hono'
import { LIMITS } from '../limits.ts'
import type { Question } from '../report/report.ts'
import { firstStepsPage } from './first-steps-page.ts'
import { formQuery } from './forms.ts'
import { columnMain } from './page/column.ts'
import { filterWords } from './page/filters.ts'
import { EVERY_SECONDS, nowFooter, nowMain } from './page/now.ts'
import { overviewMain, reportFooter } from './page/overview.ts'
import { panelLists, wantsBots } from './page/panel-tabs.ts'
import { includesToday, periodTitle } from './periods.ts'
import { readChoice, refuseOthers } from './query.ts'
import { findSite } from './site-list.ts'
import type { View } from './view.ts'
import { parseView } from './view.ts'
import type { World } from './world.ts'
import { answerPage, periodQuery, queryOf } from './world.ts'

/** Rows asked for each panel: more than are shown, so that hosts of all groups and "not known" are among them. */
const PANEL_ROWS = 100

/** A site's overview, or one of its lists at length. */
export async function reportPage(context: Context, world: World): Promise<Response> {
  const { deps, links } = world
  const query = queryOf(context)
  const redirect = formQuery(query)
  if (redirect !== null) return context.redirect(redirect, 303)
  // What the first steps ask for; it stays in the address when the first view has come.
  query.delete('for')
  const view = parseView(query)
  const name = context.req.param('site') ?? ''
  const sites = await world.siteList.readFor(name)
  const { site, firstDay } = findSite(name, sites, deps)
  if (firstDay === null) return firstStepsPage(context, world, { sites, site })
  const { period, filters, show } = view
  const [report, ledger, now] = await Promise.all([
    deps.ask(questionOf(site, view)),
    show === null && wantsBots(view) ? deps.ledger(site, period) : null,
    show === null && filters.length === 0 && includesToday(period) ? deps.lastHour?.(site) : null,
  ])
  const annotations = deps.annotations.filter((one) => one.site === null || one.site === site)
  const bots = ledger?.bots ?? null
  const shown = {
    report,
    view,
    links,
    bots,
    now: now ?? null,
    annotations,
    weekStart: deps.weekStart,
    nowMs: deps.now(),
  }
  const heading = [periodTitle(period, report.period), filterWords(filters)].filter((words) => words !== '')
  return answerPage(context, world, {
    title: `${site}, ${heading.join(', ')}`,
    navigation: { sites, site, tab: 'overview', query: periodQuery(period) },
    main: show === null ? overviewMain(shown) : columnMain(shown, show),
    footer: reportFooter(shown),
  })
}

function questionOf(site: string, view: View): Question {
  const { period, compare, filters, granularity, show, search, offset } = view
  const question = { site, period, compare, filters, granularity }
  return show === null
    ? { ...question, by: panelLists(view), limit: PANEL_ROWS }
    : { ...question, compare: 'none', by: [show], limit: LIMITS.listRowsShown, search, offset }
}

/** The last 60 minutes of a site; it loads itself again only when its address says so. */
export async function nowPage(context: Context, world: World): Promise<Response> {
  const { deps, links } = world
  const query = queryOf(context)
  refuseOthers(query, ['every'], 'the last hour')
  const every = readChoice(query, 'every', { known: [String(EVERY_SECONDS)], fallback: null })
  const name = context.req.param('site') ?? ''
  const sites = await world.siteList.readFor(name)
  const { site } = findSite(name, sites, deps)
  const now = await deps.lastHour?.(site)
  if (now === undefined) return context.notFound()
  if (every !== null) context.header('Refresh', every)
  return answerPage(context, world, {
    title: `${site}, now`,
    navigation: { sites, site, tab: 'now', query: '' },
    main: nowMain(now, { links, every: every !== null }),
    footer: nowFooter(now, deps.now()),
  })
}
