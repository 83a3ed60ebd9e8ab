import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a token may do: look, have hits counted, take hits out. */
export const SCOPES = ['read', 'count', 'export'] as const

export type Scope = (typeof SCOPES)[number]

/** What is kept of a token: enough to know it again, not to use it. */
export interface Token {
  readonly name: string
  readonly scopes: readonly Scope[]
  /** SHA-256 of the token, hex. It is random, 256 bits of it: nobody guesses it, so no slow hash has to hinder guessing. */
  readonly hash: string
  /** Ms UTC. */
  readonly madeMs: number
}

/** Where it stands in a file of other secrets, everybody sees what it is. */
const PREFIX = 'hc_'
const BEARER = /^Bearer +(\S+) *$/i

/** Makes a token. `secret` is the token itself, shown once and kept nowhere. */
export function makeToken(told: Omit<Token, 'hash'>): { readonly secret: string; readonly token: Token } {
  const secret = PREFIX + randomBytes(32).toString('base64url')
  return { secret, token: { ...told, hash: digest(secret).toString('hex') } }
}

/** The secret in an `Authorization` header; null where it holds none of this kind. */
export function bearerOf(authorization: string | undefined): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null
}

/** The token of a secret, or null. How long it takes tells nothing of how much a secret has in common with a right one. */
export function findToken(tokens: readonly Token[], secret: string): Token | null {
  const tried = digest(secret)
  return tokens.find(({ hash }) => timingSafeEqual(Buffer.from(hash, 'hex'), tried)) ?? null
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
