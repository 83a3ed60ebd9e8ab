import type { IncomingHttpHeaders } from 'node:http'
import { networks, parseAddress } from '../address.ts'
import type { Settings } from '../settings.ts'

/** Whether a request comes from a trusted proxy that has let a user in and names him. @param peer who sent it */
export type NamesUser = (peer: string | undefined, headers: IncomingHttpHeaders) => boolean

/** Makes that check. From anybody but a trusted proxy the header says nothing. */
export function createUserCheck({
  trustUserHeader,
  trustProxy,
}: Pick<Settings, 'trustUserHeader' | 'trustProxy'>): NamesUser {
  if (trustUserHeader === null) return () => false
  const trusted = networks(trustProxy)
  const name = trustUserHeader.toLowerCase()
  return (peer, headers) => {
    const address = parseAddress(peer ?? '')
    const user = headers[name]
    return address !== null && trusted.includes(address) && typeof user === 'string' && user.trim() !== ''
  }
}
