import type { IncomingMessage } from 'node:http'
import { networks, parseAddress } from '../address.ts'
import type { Settings } from '../settings.ts'
import { originOf } from './http-server.ts'

/** Where a request reached this server from outside: scheme, host and base path, no "/" at the end. */
export type PublicUrls = (incoming?: Pick<IncomingMessage, 'headers' | 'socket'>) => string

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i

/** `X-Forwarded-Proto` and `X-Forwarded-Host` are believed from trusted proxies only, `Host` from anybody. */
export function createPublicUrls({ trustProxy, basePath, host, port }: Settings): PublicUrls {
  const trusted = networks(trustProxy)
  return (incoming) => {
    const { headers = {}, socket } = incoming ?? {}
    const peer = parseAddress(socket?.remoteAddress ?? '')
    const believed = peer !== null && trusted.includes(peer)
    const scheme = believed && first(headers['x-forwarded-proto']) === 'https' ? 'https' : 'http'
    const name = (believed ? first(headers['x-forwarded-host']) : null) ?? headers.host ?? ''
    const origin = HOST.test(name) ? `${scheme}://${name}` : originOf(host, port)
    return `${origin}${basePath}`
  }
}

/** Of several proxies' values the one nearest to the browser. */
function first(header: string | readonly string[] | undefined): string | null {
  return header === undefined ? null : (String(header).split(',')[0]?.trim() ?? null)
}
