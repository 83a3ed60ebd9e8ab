import { getDomain } from 'tldts'

/** Where a collector stands, seen from a page: it decides what browsers tell it of the page. */
export type Relation = 'same-origin' | 'same-site' | 'cross-site'

/**
 * How the collector at `resource` stands to the page at `page`, both absolute addresses, as browsers judge it: by the
 * registrable domain and the scheme (HTML, "schemelessly same site", and Fetch).
 */
export function relationOf(page: URL, resource: URL): Relation {
  if (page.origin === resource.origin) return 'same-origin'
  if (page.protocol !== resource.protocol) return 'cross-site'
  const domain = domainOf(page)
  const same = domain === null ? page.hostname === resource.hostname : domain === domainOf(resource)
  return same ? 'same-site' : 'cross-site'
}

/**
 * The same for the pages of a site, which are taken to come by the collector's scheme; null where that cannot be
 * told: no site is named, or the collector's host is an address or a single word, as on a trial.
 */
export function relationTo(site: string | null, publicUrl: string): Relation | null {
  const url = new URL(publicUrl)
  if (site === null) return null
  const page = new URL(`${url.protocol}//${site}`)
  return page.hostname === url.hostname || domainOf(url) !== null ? relationOf(page, url) : null
}

/** `example.org` of `blog.example.org`, `me.github.io` of itself; null for addresses and single words. */
function domainOf({ hostname }: URL): string | null {
  return getDomain(hostname, { allowPrivateDomains: true })
}
