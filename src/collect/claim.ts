import { parseAddress } from '../address.ts'
import { LIMITS } from '../limits.ts'
import { clientAddresses } from './client-addresses.ts'
import { parseCspReport } from './csp-report.ts'
import type { LinkClaim } from './link-claim.ts'
import { parseLink } from './link-claim.ts'
import type { PageClaim } from './page-claim.ts'
import { NO_PAGE } from './page-claim.ts'
import type { CollectRequest } from './request.ts'
import type { Call, Resource } from './resource.ts'
import type { CollectRules } from './rules.ts'

/** What a request says of itself, before anything about it is decided. */
export interface Claim {
  readonly resource: Resource
  /** True where no tag of ours makes such a request. */
  readonly malformed: boolean
  /** The page, as the tag's address says. */
  readonly page: PageClaim
  /** The page, as the browser says. */
  readonly referer: PageClaim
  /** Where the reader came from; of an event, where the link leads. */
  readonly link: LinkClaim | null
  /** Name of an event; null where there is none. */
  readonly event: string | null
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
  const said = READERS[call.resource.report ?? 'tag'](request, call, rules)
  const host = call.host ?? said.referer.host
  const onIgnoredHost = [call.host, said.referer.host].some(
    (name) => name !== null && rules.ignoredHosts.has(name),
  )
  const named = host === null ? rules.sites.only : rules.sites.siteOf(host)
  const site = onIgnoredHost ? (named ?? rules.sites.only ?? host) : named
  return {
    malformed: said.malformed || isTooLong(request),
    page: said.page,
    referer: said.referer,
    link: said.link,
    event: call.resource.report === 'ping' ? eventOfPing(said.link, site) : call.resource.event,
    resource: call.resource,
    host,
    site,
    onIgnoredHost,
    address: request.proxied === true || request.address === null ? null : parseAddress(request.address),
    isClients: (found) => found.length > 0 && clientAddresses(request).some((own) => found.includes(own)),
  }
}

/** Whether the request brought more than a report can be. */
export function isTooLong({ body }: CollectRequest): boolean {
  return body === null || (body !== undefined && body.length > LIMITS.bodyBytesMax)
}

/** A link to one's own site is worth a ping where it leads to a file. */
function eventOfPing(link: LinkClaim | null, site: string | null): string {
  return link !== null && link.host === site ? 'download' : 'outbound'
}

type Said = Pick<Claim, 'malformed' | 'page' | 'referer' | 'link'>
type ReadSaid = (request: CollectRequest, call: Call, rules: CollectRules) => Said

const READERS: Readonly<Record<'tag' | 'ping' | 'csp', ReadSaid>> = {
  tag: readTag,
  ping: readPing,
  csp: readCsp,
}

function readTag({ headers }: CollectRequest, { resource, query }: Call, rules: CollectRules): Said {
  const { malformed, page, link } = rules.tagOf(query, resource.kind === 'event' ? 't' : 'r')
  return {
    malformed: malformed || (resource.kind === 'event' && resource.event === null),
    page,
    referer: refererOf(headers['referer'], rules),
    link,
  }
}

function refererOf(header: string | readonly string[] | undefined, rules: CollectRules): PageClaim {
  return typeof header === 'string' ? rules.refererOf(header) : NO_PAGE
}

/**
 * The ping of a link (HTML, section 4.6.5): `Ping-To` is where it leads. `Ping-From`, the page, is sent to the page's own
 * origin only; else `Origin` says its host. There never is a Referer.
 */
function readPing({ headers }: CollectRequest, { query }: Call, rules: CollectRules): Said {
  const { 'ping-to': to, 'ping-from': from, origin, 'content-type': type } = headers
  const { malformed, page } = rules.tagOf(query, 't')
  const link = typeof to === 'string' && /^https?:/i.test(to) ? parseLink(to, rules.sites) : null
  const referer =
    from === undefined ? { ...NO_PAGE, host: refererOf(origin, rules).host } : refererOf(from, rules)
  return {
    malformed: malformed || link === null || type !== 'text/ping',
    page,
    referer,
    link,
  }
}

function readCsp({ headers, body }: CollectRequest, _: Call, rules: CollectRules): Said {
  const { 'content-type': type } = headers
  const report = parseCspReport(typeof type === 'string' ? type : '', body ?? '')
  return {
    malformed: report === null,
    page: NO_PAGE,
    // A report has the whole address: that of the front page is no origin which a browser cut.
    referer: report === null ? NO_PAGE : { ...rules.refererOf(report.page), bare: false },
    link: report === null ? null : parseLink(report.referrer, rules.sites),
  }
}
