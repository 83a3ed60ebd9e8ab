import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Share } from './share.ts'
import type { Token } from './token.ts'

/** Who may look. Asked anew at every request, so that members may be getters. */
export interface Auth {
  /** As `hashPassword` made it; null while none is set. */
  readonly passwordHash: string | null
  /** Signs sessions; at least 32 random bytes, kept over restarts. */
  readonly sessionKey: Uint8Array
  /** Key of the link that `serve` printed, while no password is set; null: no link. */
  readonly linkKey: string | null
  /** Tokens of the API. */
  readonly tokens: readonly Token[]
  /** Links that show a site to who is not logged in. */
  readonly shares: readonly Share[]
}

/** The cookie that holds a session. */
export const SESSION_COOKIE = 'headcount'
export const SESSION_DAYS = 30

const SESSION_MS = SESSION_DAYS * 86_400_000
const SESSION = /^(\d{1,16})\.([\w-]{22})\.([\w-]{43})$/

/** A new session: when it ends, a random part, and a signature over both and over what opened it. */
export function sealSession(auth: Auth, nowMs: number): string {
  const claims = `${nowMs + SESSION_MS}.${randomBytes(16).toString('base64url')}`
  return `${claims}.${sign(auth, claims).toString('base64url')}`
}

/**
 * Whether a cookie's value is a session that has not ended. A new password ends all sessions, and so does the
 * first one those that the link opened; a restart ends the link's.
 */
export function sessionHolds(auth: Auth, value: string | undefined, nowMs: number): boolean {
  if (auth.passwordHash === null && auth.linkKey === null) return false
  const [, expiry, nonce, signature] = SESSION.exec(value ?? '') ?? []
  if (expiry === undefined || nonce === undefined || signature === undefined) return false
  const expected = sign(auth, `${expiry}.${nonce}`)
  return timingSafeEqual(Buffer.from(signature, 'base64url'), expected) && nowMs < Number(expiry)
}

/** Whether this is the key of the printed link; always false once a password is set. */
export function keyOpens({ passwordHash, linkKey }: Auth, key: string): boolean {
  if (passwordHash !== null || linkKey === null) return false
  return timingSafeEqual(digest(key), digest(linkKey))
}

function sign({ passwordHash, sessionKey, linkKey }: Auth, claims: string): Buffer {
  const opener = passwordHash === null ? `link:${linkKey ?? ''}` : `password:${passwordHash}`
  return createHmac('sha256', sessionKey).update(digest(opener)).update(claims).digest()
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
