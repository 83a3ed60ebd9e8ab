import type { Counter } from './counter.ts'
import type { RequestHeaders } from './page-hit.ts'

/** What of Fastify's request is read. */
interface Request {
  readonly method: string
  readonly originalUrl: string
  readonly headers: RequestHeaders
  /** As Fastify's own `trustProxy` finds it. */
  readonly ip: string
}

/** What of Fastify's reply is read. */
interface Reply {
  readonly statusCode: number
  getHeader(name: string): number | string | readonly string[] | undefined
}

/**
 * Hook for Fastify: counts a page when its answer was sent.
 *
 *     app.addHook('onResponse', countFastify(counter))
 */
export function countFastify(counter: Counter) {
  return (request: Request, reply: Reply, done: () => void): void => {
    counter.count(() => {
      const { method, originalUrl: url, headers, ip: address } = request
      const type = reply.getHeader('content-type')
      const { statusCode: status } = reply
      return { method, url, headers, address, status, type: type === undefined ? null : String(type) }
    })
    done()
  }
}
