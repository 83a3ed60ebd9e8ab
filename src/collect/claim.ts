import { parseAddress } from '../address.ts'
import type { RawHit } from '../hit.ts'
import { clientAddresses } from './client-addresses.ts'
import type { CollectRequest } from './request.ts'
import type { PageClaim } from './page-claim.ts'
import { NO_PAGE } from './page-claim.ts'
import type { Call } from './resource.ts'
import type { CollectRules } from './rules.ts'
import type { TagClaim } from './tag-query.ts'

/** What a request says of itself, before anything about it is decided. */
export interface Claim {
  readonly kind: RawHit['kind']
  readonly tag: TagClaim
  readonly referer: PageClaim
  /** Host that names the site; null where none does. */
  readonly host: string | null
  readonly site: string | null
  readonly onIgnoredHost: boolean
  /** The client's address in the form that is compared; null where not known. */
  readonly address: string | null
  /** Whether one of these addresses is the client's. */
  readonly isClients: (found: readonly string[]) => boolean
}

/** Reads what a request says. */
export function readClaim(request: CollectRequest, call: Call, rules: CollectRules): Claim {
  const { referer: header } = request.headers
  const referer = typeof header === 'string' ? rules.refererOf(header) : NO_PAGE
  const host = call.host ?? referer.host
  const onIgnoredHost = [call.host, referer.host].some(
    (name) => name !== null && rules.ignoredHosts.has(name),
  )
  const named = host === null ? rules.sites.only : rules.sites.siteOf(host)
  return {
    kind: call.resource.kind,
    tag: rules.tagOf(call.query),
    referer,
    host,
    site: onIgnoredHost ? (named ?? rules.sites.only ?? host) : named,
    onIgnoredHost,
    address: request.proxied === true || request.address === null ? null : parseAddress(request.address),
    isClients: (found) => found.length > 0 && clientAddresses(request).some((own) => found.includes(own)),
  }
}
