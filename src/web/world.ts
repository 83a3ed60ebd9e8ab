import type { Context } from 'hono'
import type { Filter } from '../report/report.ts'
import type { Access } from './access.ts'
import type { WebDeps } from './deps.ts'
import type { Html } from './html.ts'
import type { Links } from './links.ts'
import type { Frame, Navigation } from './page/frame.ts'
import { filterWords } from './page/filters.ts'
import { page } from './page/frame.ts'
import { unknownHostsSection } from './page/unknown-hosts.ts'
import { queryText } from './query.ts'
import type { SiteList } from './site-list.ts'
import { FIRST_VIEW } from './view.ts'

/** What somebody who is not logged in may see: one site, and of it what passes the filters. */
export interface Sight {
  readonly site: string
  readonly filters: readonly Filter[]
}

/** What the pages behind the login are made from. */
export interface World {
  readonly deps: WebDeps
  readonly links: Links
  readonly access: Access
  readonly siteList: SiteList
  /** What is shown to who is not logged in; absent: everything, to who is. */
  readonly sight?: Sight
}

/** Answers with a page, the way to the others above it. */
export function answerPage(
  context: Context,
  { links, access, sight }: World,
  frame: Omit<Frame, 'links' | 'navigation'> & {
    navigation: Omit<Navigation, 'signedIn' | 'sight' | 'isPart'>
  },
): Response | Promise<Response> {
  const navigation = {
    ...frame.navigation,
    sight: sight === undefined ? null : sightWords(sight),
    isPart: sight !== undefined && sight.filters.length > 0,
    signedIn: access.signedIn(context),
  }
  return context.html(page({ ...frame, links, navigation }))
}

/** What a public page or a shared link is about, in place of the way to other sites. */
function sightWords({ site, filters }: Sight): string {
  return filters.length === 0 ? site : `${site}, ${filterWords(filters)}`
}

/** The parameters that a request's address has. */
export function queryOf(context: Context): URLSearchParams {
  return new URL(context.req.url).searchParams
}

/** A period as a query, to go along to another page; empty for that of an address without one. */
export function periodQuery(period: string): string {
  return period === FIRST_VIEW.period ? '' : queryText([['period', period]])
}

/** Hosts that asked and are not configured; null where every host counts, and where there are none. */
export function strangers(deps: WebDeps): Html | null {
  const { sitesConfigured } = deps
  return typeof sitesConfigured === 'string'
    ? null
    : unknownHostsSection(deps.unknownHosts(), sitesConfigured)
}
