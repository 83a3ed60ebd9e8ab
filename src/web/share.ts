import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Filter } from '../report/report.ts'

/** A link that shows one site, or a part of it, to whoever has it. What is kept is enough to know it again, not to use it. */
export interface Share {
  readonly name: string
  readonly site: string
  /** All that is shown passes these. */
  readonly filters: readonly Filter[]
  /** Ms UTC; null: it does not end. */
  readonly untilMs: number | null
  /** SHA-256 of the secret in its address, hex; 256 random bits, see token.ts. */
  readonly hash: string
  /** Ms UTC. */
  readonly madeMs: number
}

const SECRET = /^[\w-]{43}$/

/** Makes a link. `secret` is the unguessable part of its address, shown once and kept nowhere. */
export function makeShare(told: Omit<Share, 'hash'>): { readonly secret: string; readonly share: Share } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, share: { ...told, hash: digest(secret).toString('hex') } }
}

/** The share of a secret; null where there is none, or it has ended. */
export function findShare(shares: readonly Share[], secret: string, nowMs: number): Share | null {
  if (!SECRET.test(secret)) return null
  const tried = digest(secret)
  const found = shares.find(({ hash }) => timingSafeEqual(Buffer.from(hash, 'hex'), tried))
  return found === undefined || (found.untilMs !== null && nowMs >= found.untilMs) ? null : found
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
