import type { Context } from 'hono'
import type { Handler } from './access.ts'
import { firstStepsPage } from './first-steps-page.ts'
import { ledgerPage } from './ledger-page.ts'
import { helpMain } from './page/help.ts'
import { sitesMain } from './page/sites.ts'
import { readOne, refuseOthers } from './query.ts'
import { nowPage, reportPage } from './report-page.ts'
import type { World } from './world.ts'
import { answerPage, queryOf, strangers } from './world.ts'

/** The pages behind the login. */
export interface Dashboard {
  readonly sites: Handler
  readonly overview: Handler
  readonly now: Handler
  readonly ledger: Handler
  readonly help: Handler
}

/** The pages over one set of deps. */
export function createDashboard(world: World): Dashboard {
  return {
    sites: (context) => sitesPage(context, world),
    overview: (context) => reportPage(context, world),
    now: (context) => nowPage(context, world),
    ledger: (context) => ledgerPage(context, world),
    help: (context) => helpPage(context, world),
  }
}

/** All sites; with one site only, that one; with none, the tag. */
async function sitesPage(context: Context, world: World): Promise<Response> {
  const { deps, links, siteList } = world
  const query = queryOf(context)
  refuseOthers(query, ['search', 'for'], 'the list of sites')
  const sites = await siteList.read()
  const [first] = sites
  if (first === undefined) return firstStepsPage(context, world, { sites, site: null })
  if (sites.length === 1) return context.redirect(links.overview(first.site), 302)
  const search = readOne(query, 'search') ?? ''
  return answerPage(context, world, {
    title: 'Sites',
    navigation: { sites, site: null, tab: 'overview', query: '' },
    main: sitesMain({ sites, search, links, unknownHosts: strangers(deps) }),
  })
}

async function helpPage(context: Context, world: World): Promise<Response> {
  return answerPage(context, world, {
    title: 'Help',
    navigation: { sites: await world.siteList.readFor(null), site: null, tab: null, query: '' },
    main: helpMain(),
  })
}
