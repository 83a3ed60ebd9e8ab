import { createHash } from 'node:crypto'
import type { Context } from 'hono'

/**
 * Answers JSON with an `ETag`, or 304 when the client has the same. The tag is weak: it stands for all that the
 * answer says but how it was come by.
 */
export function answerTagged(context: Context, answer: object): Response {
  const said = JSON.stringify(answer, (key, value: unknown) => (key === 'read' ? undefined : value))
  const tag = `W/"${createHash('sha256').update(said).digest('base64url').slice(0, 27)}"`
  context.header('ETag', tag)
  context.header('Cache-Control', 'private, no-cache')
  const known = context.req.header('If-None-Match') ?? ''
  return known.split(/\s*,\s*/).includes(tag) ? context.body(null, 304) : context.json(answer)
}
