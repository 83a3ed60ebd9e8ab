import { addressesIn, isLoopback, parseAddress } from '../address.ts'
import type { CollectRequest } from './collect.ts'
import { ADDRESS_HEADERS } from './private-headers.ts'

/**
 * All addresses that may be the client's: the one it came from, and those that proxies name. This machine's own
 * is left out: it is nobody's.
 */
export function clientAddresses({ address, headers }: CollectRequest): readonly string[] {
  const own = address === null ? null : parseAddress(address)
  const named = ADDRESS_HEADERS.flatMap((name) => addressesIn(String(headers[name] ?? '')))
  return [...(own === null ? [] : [own]), ...named].filter((address) => !isLoopback(address))
}
