import { isPublic, senderOf } from '../address.ts'
import { LIMITS } from '../limits.ts'

const MINUTE_MS = 60_000

/** Says whether a hit from this address is one too many. */
export type IsFlood = (address: string | null, timeMs: number) => boolean

/**
 * A token bucket for each sender (an IPv4 address, a /64 of IPv6) that holds a minute's hits: all at once or
 * spread out. It is kept as one number, the time at which the bucket will be full again (GCRA).
 *
 * Senders that are not public are never limited: behind them stands a proxy. A sender who was quiet for two
 * minutes is forgotten at the next hit; of `LIMITS.floodAddressesMax` at once, the half that was quiet longest.
 *
 * @param perMinute 0: no limit
 */
export function createFlood(perMinute: number): IsFlood {
  if (perMinute === 0) return () => false
  const stepMs = MINUTE_MS / perMinute
  const senders = createSenders()
  return (address, timeMs) => {
    if (address === null || !isPublic(address)) return false
    const sender = senderOf(address)
    const known = senders.fullAtMs(sender, timeMs)
    // Further ahead than a minute: the clock was set back.
    const fullAtMs = known > timeMs + MINUTE_MS ? timeMs : Math.max(known, timeMs)
    if (fullAtMs + stepMs > timeMs + MINUTE_MS) return true
    senders.keep(sender, fullAtMs + stepMs)
    return false
  }
}

/** Two generations: each minute, or when one is full, the older is dropped. A bucket is full by then. */
function createSenders() {
  const half = LIMITS.floodAddressesMax / 2
  let recent = new Map<string, number>()
  let before = new Map<string, number>()
  let sinceMs = 0
  const age = (nowMs: number) => {
    before = recent
    recent = new Map()
    sinceMs = nowMs
  }
  return {
    fullAtMs: (sender: string, timeMs: number): number => {
      if (Math.abs(timeMs - sinceMs) > MINUTE_MS || recent.size >= half) age(timeMs)
      return recent.get(sender) ?? before.get(sender) ?? 0
    },
    keep: (sender: string, fullAtMs: number): void => {
      recent.set(sender, fullAtMs)
    },
  }
}
