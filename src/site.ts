import { LIMITS } from './limits.ts'
import type { SiteSettings } from './settings.ts'

/** Which hosts are counted, and as what. */
export interface Sites {
  /**
   * The site that a host belongs to.
   *
   * @param host as `parseHost` gives it
   * @returns null where it is not counted
   */
  siteOf(host: string): string | null
  /** The site of a request that names none: the only one there is; null where there are several. */
  readonly only: string | null
  /** True where every host counts: a site's name may then come from the request. */
  readonly open: boolean
}

/** Labels as they are in use: letters, digits, "-" and "_"; or an IPv6 address in brackets. */
const HOST = /^(?:[\da-z_](?:[\da-z_-]*[\da-z_])?(?:\.[\da-z_](?:[\da-z_-]*[\da-z_])?)*|\[[\da-f:.]+\])$/
const HOST_LENGTH_MAX = 253

/**
 * A host in its one form: lower case, international names as `xn--…`, IPv6 in brackets, without port and
 * without the dot at the end. null where the text is no host.
 *
 * @param text host, with or without port: `Blog.Example.org.:8080`
 */
export function parseHost(text: string): string | null {
  if (/[/?#@\\\s]/.test(text)) return null
  const host = URL.parse(`http://${text}/`)?.hostname.replace(/\.$/, '')
  return host !== undefined && host.length <= HOST_LENGTH_MAX && HOST.test(host) ? host : null
}

/**
 * @param sites the setting
 * @param trial whether `unset` counts every host: the collector listens on a loopback address only
 */
export function createSites(sites: readonly SiteSettings[] | 'any' | 'unset', trial: boolean): Sites {
  if (sites === 'any' || (sites === 'unset' && trial)) return openSites()
  return closedSites(sites === 'unset' ? [] : sites)
}

function closedSites(sites: readonly SiteSettings[]): Sites {
  const names = new Map(
    sites.flatMap(({ name, aliases }) => [...aliases, name].map((host) => [host, name] as const)),
  )
  const only = sites.length === 1 ? (sites[0]?.name ?? null) : null
  return { siteOf: (host) => names.get(host) ?? null, only, open: false }
}

/** Every host is a site, up to `LIMITS.sitesMax` of them: a stranger must not be able to make more. */
function openSites(): Sites {
  const seen = new Set<string>()
  const siteOf = (host: string) => {
    if (!seen.has(host) && seen.size >= LIMITS.sitesMax) return null
    seen.add(host)
    return host
  }
  return { siteOf, only: null, open: true }
}
