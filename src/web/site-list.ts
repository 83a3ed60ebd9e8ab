import { AppError } from '../errors.ts'
import type { SiteSummary } from '../report/reporter.ts'
import type { WebDeps } from './deps.ts'

const HOST = /^(?=.{1,253}$)[a-z\d]([a-z\d.-]*[a-z\d])?(:\d{1,5})?$/

/** Configured sites and those that hits named, most viewed first. */
export async function listSites(deps: WebDeps): Promise<readonly SiteSummary[]> {
  const { sitesConfigured } = deps
  const seen = await deps.sites()
  const names = new Set(seen.map(({ site }) => site))
  const configured = typeof sitesConfigured === 'string' ? [] : sitesConfigured
  const waiting = configured.filter(({ name }) => !names.has(name)).map(({ name }) => unseen(name))
  return [...seen, ...waiting].sort((a, b) => b.pageViews - a.pageViews || a.site.localeCompare(b.site))
}

/**
 * The site of an address. Where every host is counted, one that never asked is a site all the same.
 *
 * @throws {AppError} SITE_UNKNOWN
 */
export function findSite(name: string, sites: readonly SiteSummary[], deps: WebDeps): SiteSummary {
  const found = sites.find(({ site }) => site === name)
  if (found !== undefined) return found
  if (typeof deps.sitesConfigured === 'string' && HOST.test(name)) return unseen(name)
  throw new AppError('SITE_UNKNOWN', `Cannot show "${name}": it is not in the settings, and no hit named it`)
}

function unseen(site: string): SiteSummary {
  return { site, pageViews: 0, firstDay: null, hits: 0 }
}
