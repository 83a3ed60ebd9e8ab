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
  /** The same question as JSON. */
  report(site: string, query?: string): string
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
    help: `${dashboard}/help`,
    login: `${basePath}/login`,
    logout: `${basePath}/logout`,
    styles: `${dashboard}/dashboard.css?v=${version}`,
    printStyles: `${dashboard}/print.css?v=${version}`,
    icon: `${dashboard}/headcount.svg`,
    overview: (site, query = '') => `${dashboard}/${inPath(site)}${query}`,
    ledger: (site, query = '') =>
      site === null ? `${dashboard}/ledger${query}` : `${dashboard}/${inPath(site)}/ledger${query}`,
    now: (site) => `${dashboard}/${inPath(site)}/now`,
    picture: (site, file, query = '') => `${dashboard}/${inPath(site)}/${file}${query}`,
    report: (site, query = '') => `${basePath}/api/v1/sites/${inPath(site)}/report${query}`,
  }
}

/** A site's name as one part of a path; whatever it is, it makes an address. */
export function inPath(site: string): string {
  return encodeURIComponent(site.toWellFormed())
}
