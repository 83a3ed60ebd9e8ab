import type { Networks } from '../address.ts'
import { parseAddress } from '../address.ts'
import type { HeaderValues } from '../verdict.ts'

/** Who sent a request. */
export interface ClientAddress {
  /** null where it is not known. */
  readonly address: string | null
  /** True where the peer says it forwards and is not trusted: the address is a proxy's. */
  readonly proxied: boolean
}

/**
 * The client's address behind proxies: of those that the forwarding headers name, the last that is not
 * a trusted proxy's. Each proxy writes only of the one before it, so all left of that one is hearsay.
 * `X-Forwarded-For` is read before `Forwarded` (RFC 7239): proxies that write the first pass the second on
 * as the client made it up.
 *
 * @param peer the other end of the connection; null for a Unix socket
 * @param trusted proxies whose headers are believed
 */
export function forwardedAddress(
  peer: string | null,
  headers: HeaderValues,
  trusted: Networks,
): ClientAddress {
  const hops = headerHops(headers)
  const address = peer === null ? null : parseAddress(peer)
  if (hops === null) return { address, proxied: false }
  if (address === null || !trusted.includes(address)) return { address, proxied: true }
  for (const hop of hops.toReversed()) {
    const named = parseHop(hop)
    if (named === null) return { address: null, proxied: false }
    if (!trusted.includes(named)) return { address: named, proxied: false }
  }
  return { address: parseHop(hops[0] ?? ''), proxied: false }
}

const HOPS_MAX = 32
const FOR = /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;\s]*)/i

/** The hops, nearest last; null where no header names any. */
function headerHops(headers: HeaderValues): readonly string[] | null {
  const { 'x-forwarded-for': forwardedFor, forwarded } = headers
  if (typeof forwardedFor === 'string') return forwardedFor.split(',').slice(-HOPS_MAX)
  if (typeof forwarded !== 'string') return null
  const elements = forwarded.split(',').slice(-HOPS_MAX)
  return elements.map((element) => FOR.exec(element)?.[1] ?? '')
}

/** `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711`, quoted or not; null for `unknown` and made-up names. */
function parseHop(hop: string): string | null {
  const text = hop.trim().replace(/^"|"$/g, '')
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  return parseAddress(bare)
}
