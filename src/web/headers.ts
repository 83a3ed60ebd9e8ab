import type { MiddlewareHandler } from 'hono'

/**
 * Nothing but styles, pictures and forms of our own: no script could run.
 *
 * @param frameAncestors origins whose pages may show this one in a frame; none: nobody
 */
export function pagePolicy(frameAncestors: readonly string[] = []): string {
  const framed = frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ')
  return `default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors ${framed}; base-uri 'none'`
}

/** On every answer, unless it brings its own policy for its content. Answers are for one reader and one moment, unless they say how long they may be kept. */
export const protect: MiddlewareHandler = async (context, next) => {
  await next()
  const { headers } = context.res
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', pagePolicy())
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Robots-Tag', 'noindex')
  if (!headers.has('Cross-Origin-Resource-Policy')) headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-store')
}
