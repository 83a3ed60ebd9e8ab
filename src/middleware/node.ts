import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Counter } from './counter.ts'
import type { Answered } from './page-hit.ts'

/** How to find a reader's address; the default is Express's `request.ip`, else the other end of the connection. */
export interface NodeOptions {
  readonly addressOf?: (request: IncomingMessage) => string | null
}

/**
 * Middleware for `node:http`, Express and Connect: counts a page when its answer was sent.
 *
 *     app.use(countNode(counter))
 */
export function countNode(counter: Counter, { addressOf = defaultAddress }: NodeOptions = {}) {
  return (request: IncomingMessage, response: ServerResponse, next?: () => void): void => {
    // Read once, the socket still knows it when it is closed.
    void request.socket.remoteAddress
    rememberHeaders(response)
    response.once('finish', () => counter.count(() => read(request, response, addressOf(request))))
    next?.()
  }
}

function read(request: IncomingMessage, response: ServerResponse, address: string | null): Answered {
  const { method = '', headers } = request
  const type = response.getHeader('content-type')
  return {
    method,
    // Express cuts `url` while it routes.
    url: textAt(request, 'originalUrl') ?? request.url ?? '',
    headers,
    address,
    status: response.statusCode,
    type: type === undefined ? null : String(type),
  }
}

/** Node forgets headers that are given to `writeHead` alone, unless one was set before. */
function rememberHeaders(response: ServerResponse): void {
  if (response.headersSent) return
  response.setHeader('X-Headcount', '')
  response.removeHeader('X-Headcount')
}

function defaultAddress(request: IncomingMessage): string | null {
  return textAt(request, 'ip') ?? request.socket.remoteAddress ?? null
}

/** A text that a framework adds to the request. */
function textAt(request: IncomingMessage, name: string): string | null {
  const value: unknown = Reflect.get(request, name)
  return typeof value === 'string' ? value : null
}
