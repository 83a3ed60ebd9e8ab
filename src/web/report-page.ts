import type { Context } from 'hono'
import { firstStepsPage } from './first-steps-page.ts'
import { formQuery } from './forms.ts'
import { columnMain } from './page/column.ts'
import { EVERY_SECONDS, nowFooter, nowMain } from './page/now.ts'
import { overviewMain, reportFooter } from './page/overview.ts'
import { readChoice, refuseOthers } from './query.ts'
import { answerTitle, readAnswer } from './read-answer.ts'
import { findSite } from './site-list.ts'
import { parseView } from './view.ts'
import type { World } from './world.ts'
import { answerPage, periodQuery, queryOf } from './world.ts'

/** A site's overview, or one of its lists at length. */
export async function reportPage(context: Context, world: World): Promise<Response> {
  const { deps } = world
  const query = queryOf(context)
  const redirect = formQuery(query)
  if (redirect !== null) return context.redirect(redirect, 303)
  // What the first steps ask for; it stays in the address when the first view has come.
  query.delete('for')
  const view = parseView(query)
  const name = context.req.param('site') ?? ''
  const sites = await world.siteList.readFor(name)
  const { site, firstDay } = findSite(name, sites, deps)
  // How to count is for the owner; others see that nothing was.
  const isOwner = world.sight === undefined
  if (firstDay === null && isOwner) return firstStepsPage(context, world, { sites, site })
  const answer = await readAnswer(site, view, world)
  return answerPage(context, world, {
    title: answerTitle(answer),
    navigation: { sites, site, tab: 'overview', query: periodQuery(view.period) },
    main: view.show === null ? overviewMain(answer) : columnMain(answer, view.show),
    footer: reportFooter(answer),
  })
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
