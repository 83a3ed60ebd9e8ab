import { readClaim } from './claim.ts'
import { keep, refuse } from './decide.ts'
import type { Collected, CollectRequest } from './request.ts'
import { answer, METHOD_NOT_ALLOWED } from './resource.ts'
import type { CollectRules } from './rules.ts'

/**
 * Decides what becomes of a request: the answer, and what is kept or counted of it. Pure but for what `rules`
 * remember (floods, values seen before).
 *
 * @returns null where the request is for no resource of the collector: the shell passes it on
 */
export function collect(request: CollectRequest, rules: CollectRules): Collected | null {
  const call = rules.routeOf(request.target)
  if (call === null) return null
  const response = answer(call.resource, request.random)
  if (request.method === 'HEAD') return { response: { ...response, body: '' }, hit: null, refused: null }
  if (request.method !== 'GET') return { response: METHOD_NOT_ALLOWED, hit: null, refused: null }
  const claim = readClaim(request, call, rules)
  const refused = refuse(request, claim, rules)
  return { response, hit: refused === null ? keep(request, claim, rules) : null, refused }
}
