import { addressesIn, parseAddress } from '../address.ts'
import type { CollectRequest } from './request.ts'
import { namesAddresses } from './address-headers.ts'

/** Everybody's own machine: they say of nobody who it is. */
const NOBODYS = new Set(['127.0.0.1', '::1'])

/** All addresses that may be the client's: the one it came from, and those that proxies name. */
export function clientAddresses({ address, headers }: CollectRequest): readonly string[] {
  const own = address === null ? null : parseAddress(address)
  const named = Object.keys(headers)
    .filter(namesAddresses)
    .flatMap((name) => addressesIn(String(headers[name])))
  return [...(own === null ? [] : [own]), ...named].filter((address) => !NOBODYS.has(address))
}
