import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MiB and some 0.2 s a try: what OWASP asks of scrypt where memory is short (Password Storage Cheat Sheet, 2025). */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const
const KEY_BYTES = 32
const SALT_BYTES = 16
const HASH = /^scrypt\$N=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/
/** Above it a hash in secrets.json is not one of ours. */
const MEMORY_BYTES_MAX = 256 * 1024 * 1024

/** A password as it is stored: `scrypt$N=…,r=…,p=…$salt$key`, different at every call. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derive(password, salt, COST)
  return `scrypt$N=${COST.N},r=${COST.r},p=${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** Whether `hash` was made of this password. False for a hash that cannot be read. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt, key] = HASH.exec(hash) ?? []
  if (salt === undefined || key === undefined) return false
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  if (128 * cost.N * cost.r * cost.p > MEMORY_BYTES_MAX) return false
  const expected = Buffer.from(key, 'base64url')
  const found = await derive(password, Buffer.from(salt, 'base64url'), cost)
  return expected.length === found.length && timingSafeEqual(found, expected)
}

/** One spelling for one password, however the keyboard composed it (RFC 8265, section 4.2.1). */
function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  scrypt(password.normalize('NFC'), salt, KEY_BYTES, { ...cost, maxmem: MEMORY_BYTES_MAX }, (error, key) =>
    error === null ? resolve(key) : reject(error),
  )
  return promise
}
