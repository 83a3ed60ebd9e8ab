import type { Context } from 'hono'
import { LIMITS } from '../limits.ts'
import type { SiteSummary } from '../report/report.ts'
import type { Access, Handler } from './access.ts'
import type { WebDeps } from './deps.ts'
import { formQuery } from './forms.ts'
import type { Html } from './html.ts'
import type { Links } from './links.ts'
import { firstStepsMain } from './page/first-steps.ts'
import type { Frame, Navigation } from './page/frame.ts'
import { page } from './page/frame.ts'
import { filterWords } from './page/filters.ts'
import { helpMain } from './page/help.ts'
import { ledgerFooter, ledgerMain } from './page/ledger.ts'
import { columnMain, overviewMain, reportFooter } from './page/overview.ts'
import { panelColumns } from './page/panel.ts'
import { sitesMain } from './page/sites.ts'
import { unknownHostsSection } from './page/unknown-hosts.ts'
import { periodTitle } from './periods.ts'
import { queryText, readOne, refusal } from './query.ts'
import type { SiteList } from './site-list.ts'
import { findSite } from './site-list.ts'
import { FIRST_VIEW, parseView } from './view.ts'

/** Rows asked for each panel: more than are shown, so that hosts of all groups and "not known" are among them. */
const PANEL_ROWS = 50

/** The pages behind the login. */
export interface Dashboard {
  readonly sites: Handler
  readonly overview: Handler
  readonly ledger: Handler
  readonly help: Handler
}

/** What the pages are made from. */
export interface World {
  readonly deps: WebDeps
  readonly links: Links
  readonly access: Access
  readonly siteList: SiteList
}

/** The pages over one set of deps. */
export function createDashboard(world: World): Dashboard {
  return {
    sites: (context) => sitesPage(context, world),
    overview: (context) => overviewPage(context, world),
    ledger: (context) => ledgerPage(context, world),
    help: (context) => helpPage(context, world),
  }
}

/** All sites; with one site only, that one; with none, the tag. */
async function sitesPage(context: Context, world: World): Promise<Response> {
  const { deps, links, siteList } = world
  const sites = await siteList.read()
  const [first] = sites
  if (first === undefined) return firstSteps(context, world, { sites, site: null })
  if (sites.length === 1) return context.redirect(links.overview(first.site), 302)
  return answer(context, world, {
    title: 'Sites',
    navigation: { sites, site: null, tab: 'overview', query: '' },
    main: sitesMain(sites, links, unknownHosts(deps)),
  })
}

async function overviewPage(context: Context, world: World): Promise<Response> {
  const { deps, links } = world
  const query = new URL(context.req.url).searchParams
  const redirect = formQuery(query)
  if (redirect !== null) return context.redirect(redirect, 303)
  const view = parseView(query)
  const name = context.req.param('site') ?? ''
  const sites = await world.siteList.readFor(name)
  const { site, firstDay } = findSite(name, sites, deps)
  if (firstDay === null) return firstSteps(context, world, { sites, site })
  const { period, compare, filters, show } = view
  const by = show === null ? panelColumns(view) : [show]
  const limit = show === null ? PANEL_ROWS : LIMITS.topRowsMax
  const report = await deps.ask({ site, period, compare, filters, by, limit })
  const shown = { report, view, links, nowMs: deps.now() }
  const heading = [periodTitle(period, report.period), filterWords(filters)].filter((words) => words !== '')
  return answer(context, world, {
    title: `${site}, ${heading.join(', ')}`,
    navigation: { sites, site, tab: 'overview', query: periodQuery(period) },
    main: show === null ? overviewMain(shown) : columnMain(shown, show, limit),
    footer: reportFooter(shown),
  })
}

async function ledgerPage(context: Context, world: World): Promise<Response> {
  const { deps, links } = world
  const query = new URL(context.req.url).searchParams
  const redirect = formQuery(query)
  if (redirect !== null) return context.redirect(redirect, 303)
  const other = query.keys().find((name) => name !== 'period')
  if (other !== undefined) throw refusal(`"${other}" is no parameter of a ledger, expected "period"`)
  const period = readOne(query, 'period') ?? FIRST_VIEW.period
  const name = context.req.param('site')
  const sites = await world.siteList.readFor(name ?? null)
  const site = name === undefined ? null : findSite(name, sites, deps).site
  const report = await deps.ledger(site, period)
  const shown = {
    report,
    period,
    links,
    nowMs: deps.now(),
    unknownHosts: site === null ? unknownHosts(deps) : null,
  }
  return answer(context, world, {
    title: `Ledger${site === null ? '' : ` of ${site}`}, ${periodTitle(period, report.period)}`,
    navigation: { sites, site, tab: 'ledger', query: periodQuery(period) },
    main: ledgerMain(shown),
    footer: ledgerFooter(shown),
  })
}

async function helpPage(context: Context, world: World): Promise<Response> {
  return answer(context, world, {
    title: 'Help',
    navigation: { sites: await world.siteList.readFor(null), site: null, tab: null, query: '' },
    main: helpMain(),
  })
}

async function firstSteps(
  context: Context,
  world: World,
  { sites, site }: { sites: readonly SiteSummary[]; site: string | null },
): Promise<Response> {
  const { deps, links } = world
  const place = { publicUrl: deps.publicUrl(context.req.raw), site, stems: deps.stems }
  const ledger = await deps.ledger(site, 'all')
  return answer(context, world, {
    title: `${site ?? 'Headcount'}, first steps`,
    navigation: { sites, site, tab: 'overview', query: '' },
    main: firstStepsMain({ place, ledger, unknownHosts: deps.unknownHosts(), links }),
  })
}

function answer(
  context: Context,
  { links, access }: World,
  frame: Omit<Frame, 'links' | 'navigation'> & { navigation: Omit<Navigation, 'signedIn'> },
): Response | Promise<Response> {
  const navigation = { ...frame.navigation, signedIn: access.signedIn(context) }
  return context.html(page({ ...frame, links, navigation }))
}

function unknownHosts(deps: WebDeps): Html | null {
  const { sitesConfigured } = deps
  return typeof sitesConfigured === 'string'
    ? null
    : unknownHostsSection(deps.unknownHosts(), sitesConfigured)
}

function periodQuery(period: string): string {
  return period === FIRST_VIEW.period ? '' : queryText([['period', period]])
}
