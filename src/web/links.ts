/** Addresses of all that the dashboard links to, base path included. A query is "" or begins with "?". */
export interface Links {
  readonly base: string
  /** The list of sites. */
  readonly sites: string
  readonly help: string
  readonly login: string
  readonly logout: string
  readonly styles: string
  readonly printStyles: string
  readonly icon: string
  overview(site: string, query?: string): string
  /** Of one site, or of everything received (null). */
  ledger(site: string | null, query?: string): string
  /** The last 60 minutes. */
  now(site: string): string
  /** A picture of the overview as a file: `series.svg`. */
  picture(site: string, file: string, query?: string): string
  /** The same question to the API: its answer, or the hits themselves; null for who may not ask it. */
  data(site: string, what: 'report' | 'hits', query?: string): string | null
}

/**
 * @param basePath "" or a path such as `/stats`
 * @param version changes whenever a stylesheet does, so that browsers may keep it for ever
 */
export function linksUnder(basePath: string, version: string): Links {
  const dashboard = `${basePath}/dashboard`
  return {
    base: basePath,
    sites: `${dashboard}/`,
    login: `${basePath}/login`,
    logout: `${basePath}/logout`,
    styles: `${dashboard}/dashboard.css?v=${version}`,
    printStyles: `${dashboard}/print.css?v=${version}`,
    icon: `${dashboard}/headcount.svg`,
    ...pagesUnder(dashboard),
    data: (site, what, query = '') => `${basePath}/api/v1/sites/${inPath(site)}/${what}${query}`,
  }
}

function pagesUnder(folder: string) {
  return {
    help: `${folder}/help`,
    overview: (site: string, query = '') => `${folder}/${inPath(site)}${query}`,
    ledger: (site: string | null, query = '') =>
      site === null ? `${folder}/ledger${query}` : `${folder}/${inPath(site)}/ledger${query}`,
    now: (site: string) => `${folder}/${inPath(site)}/now`,
    picture: (site: string, file: string, query = '') => `${folder}/${inPath(site)}/${file}${query}`,
  }
}

/**
 * The same for who sees one site alone: the way to all sites ends there, and nothing leads to the API.
 *
 * @param secret of a shared link, whose pages stand below it; null: the site is public
 */
export function linksInSight(links: Links, site: string, secret: string | null): Links {
  const folder = secret === null ? `${links.base}/dashboard` : `${links.base}/share/${secret}`
  const own = pagesUnder(folder)
  return {
    ...links,
    ...own,
    sites: own.overview(site),
    ledger: (_, query) => own.ledger(site, query),
    data: () => null,
  }
}

/** A site's name as one part of a path; whatever it is, it makes an address. */
export function inPath(site: string): string {
  return encodeURIComponent(site.toWellFormed())
}
