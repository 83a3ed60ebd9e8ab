import { AppError } from '../errors.ts'
import type { SiteSummary } from '../report/report.ts'
import type { WebDeps } from './deps.ts'

const HOST = /^(?=.{1,253}$)[a-z\d]([a-z\d.-]*[a-z\d])?(:\d{1,5})?$/

/** A menu's numbers may be this old; pages of reports never are. */
const AGE_MAX_MS = 60_000

/**
 * Configured sites and those that hits named, most viewed first. Reading them costs as much as a report, so
 * pages that only need a menu, or to know that a site is there, take the last reading while it is young.
 */
export class SiteList {
  readonly #deps: WebDeps
  #sites: readonly SiteSummary[] = []
  #readMs = -Infinity

  constructor(deps: WebDeps) {
    this.#deps = deps
  }

  /** The sites as they are now. */
  async read(): Promise<readonly SiteSummary[]> {
    const { sitesConfigured } = this.#deps
    const seen = await this.#deps.sites()
    const names = new Set(seen.map(({ site }) => site))
    const configured = typeof sitesConfigured === 'string' ? [] : sitesConfigured
    const waiting = configured.filter(({ name }) => !names.has(name)).map(({ name }) => unseen(name))
    this.#sites = [...seen, ...waiting].sort(
      (a, b) => b.pageViews - a.pageViews || a.site.localeCompare(b.site),
    )
    this.#readMs = this.#deps.now()
    return this.#sites
  }

  /** The sites, at most a minute old, and read anew when this one was not among them or had no page view yet. */
  async readFor(site: string | null): Promise<readonly SiteSummary[]> {
    const young = Math.abs(this.#deps.now() - this.#readMs) < AGE_MAX_MS
    const counted = this.#sites.some((one) => one.site === site && one.firstDay !== null)
    return young && (site === null || counted) ? this.#sites : this.read()
  }
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
  return { site, pageViews: 0, days: [], firstDay: null, hits: 0 }
}
