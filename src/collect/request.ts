import type { RawHit } from '../hit.ts'
import type { TalliedVerdict } from '../verdict.ts'

/** One request as plain values; shells build it from `node:http` or from a Lambda event. */
export interface CollectRequest {
  readonly method: string
  /** Path and query as they came on the wire, without the base path. */
  readonly target: string
  /** Lower-case names; repeated fields joined as `node:http` does. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Of a POST; null where it is longer than `LIMITS.bodyBytesMax`. */
  readonly body?: string | null | undefined
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

/** What one request came to. At most one of `hit` and `refused` is there; HEAD, OPTIONS and 405 have neither. */
export interface Collected {
  /** The answer once the hit is durable (or at once where there is no hit). */
  readonly response: CollectResponse
  /** The answer where it could not be made durable: what the device holds stays as it was. */
  readonly unkept: CollectResponse
  readonly hit: RawHit | null
  readonly refused: Refusal | null
  /** Whether the answer may be a badge with its number in place of an empty picture. */
  readonly badge: boolean
}

/** A hit refused at the door: counted in a tally. */
export interface Refusal {
  readonly verdict: TalliedVerdict
  readonly site: string | null
  /** Host that asked and is not configured, to be shown to the owner; null otherwise. */
  readonly host: string | null
}
