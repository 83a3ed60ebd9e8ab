import { AppError } from '../errors.ts'
import type { Filter } from '../report/report.ts'
import type { WebDeps } from './deps.ts'
import type { Links } from './links.ts'
import { SiteList } from './site-list.ts'
import type { World } from './world.ts'

/** What somebody who is not logged in may see: one site, and of it what passes the filters. */
export interface Sight {
  readonly site: string
  readonly filters: readonly Filter[]
}

/**
 * The world as seen by such a person. What is not in sight is not asked for: pages made from this world cannot show it,
 * whatever their address says.
 */
export function worldInSight(world: World, sight: Sight, links: Links): World {
  const deps = depsInSight(world.deps, sight)
  return { ...world, deps, links, siteList: new SiteList(deps), sight }
}

function depsInSight(deps: WebDeps, { site, filters }: Sight): WebDeps {
  const { lastHour, ...rest } = deps
  const whole = filters.length === 0
  const require = (asked: string | null) => {
    if (asked !== site)
      throw new AppError('SITE_UNKNOWN', `Cannot show this: the link is about "${site}" alone`)
  }
  return {
    ...rest,
    ...(whole && lastHour !== undefined ? { lastHour } : {}),
    ask: async (question) => {
      require(question.site)
      return deps.ask({ ...question, filters: [...question.filters, ...filters] })
    },
    ledger: async (asked, period) => {
      require(asked)
      if (whole) return deps.ledger(asked, period)
      throw new AppError('SITE_UNKNOWN', 'Cannot show the ledger: the link is about a part of the site')
    },
    sites: async () => {
      const own = (await deps.sites()).filter((one) => one.site === site)
      // Of a part of a site these numbers would tell the whole.
      return whole ? own : own.map((one) => ({ ...one, pageViews: 0, days: [], hits: 0 }))
    },
    unknownHosts: () => [],
    annotations: deps.annotations.filter((one) => one.site === null || one.site === site),
    sitesConfigured: ownOf(deps, site),
  }
}

function ownOf({ sitesConfigured }: WebDeps, site: string): WebDeps['sitesConfigured'] {
  return typeof sitesConfigured === 'string' ? [] : sitesConfigured.filter(({ name }) => name === site)
}
