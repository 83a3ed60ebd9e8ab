import { AppError } from '../errors.ts'
import type { WebDeps } from './deps.ts'
import type { Links } from './links.ts'
import { SiteList } from './site-list.ts'
import type { Sight, World } from './world.ts'

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
  const own = (asked: string | null): string => {
    if (asked === site) return site
    throw new AppError('SITE_UNKNOWN', `Cannot show this: the link is about "${site}" alone`)
  }
  return {
    ...rest,
    ...(whole && lastHour !== undefined ? { lastHour: async (asked: string) => lastHour(own(asked)) } : {}),
    ask: async (question) =>
      deps.ask({ ...question, site: own(question.site), filters: [...question.filters, ...filters] }),
    ledger: async (asked, period) => {
      if (whole) return deps.ledger(own(asked), period)
      throw new AppError('SITE_UNKNOWN', 'Cannot show the ledger: the link is about a part of the site')
    },
    sites: async () => {
      const summaries = (await deps.sites()).filter((one) => one.site === site)
      // Of a part of a site these numbers would tell the whole.
      return whole ? summaries : summaries.map((one) => ({ ...one, pageViews: 0, days: [], hits: 0 }))
    },
    count: notInSight,
    exportHits: notInSight,
    unknownHosts: () => [],
    annotations: deps.annotations.filter((one) => one.site === null || one.site === site),
    sitesConfigured: ownOf(deps, site),
  }
}

async function notInSight(): Promise<never> {
  throw new AppError('SITE_UNKNOWN', 'Cannot do this: it takes the login or a token')
}

function ownOf({ sitesConfigured }: WebDeps, site: string): WebDeps['sitesConfigured'] {
  return typeof sitesConfigured === 'string' ? [] : sitesConfigured.filter(({ name }) => name === site)
}
