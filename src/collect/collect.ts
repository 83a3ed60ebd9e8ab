import type { RawHit } from '../hit.ts'
import type { TalliedVerdict } from '../verdict.ts'
import { readClaim } from './claim.ts'
import { keep, refuse } from './decide.ts'
import { answer, METHOD_NOT_ALLOWED } from './resource.ts'
import type { CollectRules } from './rules.ts'

/** One request as plain values; shells build it from `node:http` or from a Lambda event. */
export interface CollectRequest {
  readonly method: string
  /** Path and query as they came on the wire, without the base path. */
  readonly target: string
  /** Lower-case names; repeated fields joined as `node:http` does. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The client's address, in memory only; null where not known. */
  readonly address: string | null
  /** True where a peer that is not trusted says it forwards: `address` is a proxy's, not the client's. */
  readonly proxied?: boolean
  /** Milliseconds since the Unix epoch, UTC. */
  readonly timeMs: number
  /** Fresh randomness for the ETag, at least 64 bits as hex. */
  readonly random: string
}

export interface CollectResponse {
  readonly status: number
  /** Names and values in turn, as `writeHead` takes them. */
  readonly headers: readonly string[]
  readonly body: string | Uint8Array
}

/** What one request came to. At most one of `hit` and `refused` is there; HEAD and 405 have neither. */
export interface Collected {
  /** The answer once the hit is durable (or at once where there is no hit). */
  readonly response: CollectResponse
  readonly hit: RawHit | null
  readonly refused: Refusal | null
}

/** A hit refused at the door: counted in a tally. */
export interface Refusal {
  readonly verdict: TalliedVerdict
  readonly site: string | null
  /** Host that asked and is not configured, to be shown to the owner; null otherwise. */
  readonly host: string | null
}

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
