import type { Context } from 'hono'
import { formQuery } from './forms.ts'
import { ledgerFooter, ledgerMain } from './page/ledger.ts'
import { periodTitle } from './periods.ts'
import { readChoice, readOne, refuseOthers } from './query.ts'
import { findSite } from './site-list.ts'
import { FIRST_VIEW } from './view.ts'
import type { World } from './world.ts'
import { answerPage, periodQuery, queryOf, strangers } from './world.ts'

/** What became of every hit of a site, or of all that was received. */
export async function ledgerPage(context: Context, world: World): Promise<Response> {
  const { deps, links } = world
  const query = queryOf(context)
  const redirect = formQuery(query)
  if (redirect !== null) return context.redirect(redirect, 303)
  refuseOthers(query, ['period', 'bots'], 'a ledger')
  const allBots = readChoice(query, 'bots', { known: ['all'], fallback: null }) !== null
  const period = readOne(query, 'period') ?? FIRST_VIEW.period
  const name = context.req.param('site')
  const sites = await world.siteList.readFor(name ?? null)
  const site = name === undefined ? null : findSite(name, sites, deps).site
  const report = await deps.ledger(site, period)
  const unknownHosts = site === null ? strangers(deps) : null
  const shown = { report, period, links, nowMs: deps.now(), weekStart: deps.weekStart, unknownHosts, allBots }
  return answerPage(context, world, {
    title: `Ledger${site === null ? '' : ` of ${site}`}, ${periodTitle(period, report.period)}`,
    navigation: { sites, site, tab: 'ledger', query: periodQuery(period) },
    main: ledgerMain(shown),
    footer: ledgerFooter(shown),
  })
}
