import { randomBytes } from 'node:crypto'

const CHARACTERS = 32
const POOL_BYTES = 8_192

/**
 * Makes a source of 128-bit random values as hex. Drawing them from a pool makes one cost a fraction of a
 * microsecond; none is given twice.
 */
export function createRandom(): () => string {
  let pool = ''
  let used = 0
  return () => {
    if (used >= pool.length) {
      pool = randomBytes(POOL_BYTES).toString('hex')
      used = 0
    }
    used += CHARACTERS
    return pool.slice(used - CHARACTERS, used)
  }
}
