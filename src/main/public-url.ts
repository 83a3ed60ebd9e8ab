import type { IncomingHttpHeaders } from 'node:http'
import { networks, parseAddress } from '../address.ts'
import type { Settings } from '../settings.ts'

/** What is looked at of a request: node:http's message is one. */
interface Incoming {
  readonly headers: IncomingHttpHeaders
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/** Where requests reached this server from outside: scheme, host and base path, no "/" at the end. */
export interface PublicUrls {
  ofIncoming(incoming: Incoming): string
  /** Remembers which message a `Request` was made of, so that `of` can answer. */
  note(request: Request, incoming: Incoming): void
  of(request: Request): string
}

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i

/** `X-Forwarded-Proto` and `X-Forwarded-Host` are believed from trusted proxies only, `Host` from anybody. */
export function createPublicUrls({ trustProxy, basePath, host, port }: Settings): PublicUrls {
  const trusted = networks(trustProxy)
  const noted = new WeakMap<Request, Incoming>()
  const fallback = `http://${host}:${port}${basePath}`

  function ofIncoming({ headers, socket }: Incoming): string {
    const peer = parseAddress(socket.remoteAddress ?? '')
    const believed = peer !== null && trusted.includes(peer)
    const scheme = believed && first(headers['x-forwarded-proto']) === 'https' ? 'https' : 'http'
    const name = (believed ? first(headers['x-forwarded-host']) : null) ?? headers.host ?? ''
    return HOST.test(name) ? `${scheme}://${name}${basePath}` : fallback
  }

  return {
    ofIncoming,
    note: (request, incoming) => void noted.set(request, incoming),
    of: (request) => {
      const incoming = noted.get(request)
      return incoming === undefined ? fallback : ofIncoming(incoming)
    },
  }
}

/** Of several proxies' values the one nearest to the browser. */
function first(header: string | readonly string[] | undefined): string | null {
  return header === undefined ? null : (String(header).split(',')[0]?.trim() ?? null)
}
