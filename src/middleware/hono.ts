import type { Counter } from './counter.ts'

/** What of Hono's context is read. */
interface Context {
  readonly req: { readonly raw: Request }
  readonly res: Response
  readonly env: unknown
}

/** How to find a reader's address; the default is the other end of the connection, where `@hono/node-server` tells it. */
export interface HonoOptions<C> {
  readonly addressOf?: (context: C) => string | null
}

/**
 * Middleware for Hono: counts a page when its answer is ready.
 *
 *     app.use(countHono(counter))
 */
export function countHono<C extends Context>(
  counter: Counter,
  { addressOf = defaultAddress }: HonoOptions<C> = {},
) {
  return async (context: C, next: () => Promise<void>): Promise<void> => {
    await next()
    counter.count(() => {
      const { method, url, headers } = context.req.raw
      const { status, headers: answered } = context.res
      return {
        method,
        url: url.slice(new URL(url).origin.length),
        headers: Object.fromEntries(headers),
        address: addressOf(context),
        status,
        type: answered.get('content-type'),
      }
    })
  }
}

function defaultAddress({ env }: Context): string | null {
  const incoming = memberOf(env, 'incoming')
  const address = memberOf(memberOf(incoming, 'socket'), 'remoteAddress')
  return typeof address === 'string' ? address : null
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
