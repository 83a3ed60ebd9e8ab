import { isPublic, senderOf } from '../address.ts'
import { LIMITS } from '../limits.ts'

const MINUTE_MS = 60_000

/** Says whether a hit from this address is one too many. */
export type IsFlood = (address: string | null, timeMs: number) => boolean

/**
 * A token bucket for each sender (an IPv4 address, a /64 of IPv6) that holds a minute's hits: all at once or
 * spread out. It is kept as one number, the time at which the bucket will be full again (GCRA).
 *
 * Senders that are not public are never limited: behind them stands a proxy. Of
 * `LIMITS.floodAddressesMax` senders at once the half that was quiet longest is forgotten.
 *
 * @param perMinute 0: no limit
 */
export function createFlood(perMinute: number): IsFlood {
  if (perMinute === 0) return () => false
  const stepMs = MINUTE_MS / perMinute
  const half = LIMITS.floodAddressesMax / 2
  let recent = new Map<string, number>()
  let before = new Map<string, number>()
  return (address, timeMs) => {
    if (address === null || !isPublic(address)) return false
    const sender = senderOf(address)
    const known = recent.get(sender) ?? before.get(sender) ?? 0
    // Further ahead than a minute: the clock was set back.
    const fullAtMs = known > timeMs + MINUTE_MS ? timeMs : Math.max(known, timeMs)
    if (fullAtMs + stepMs > timeMs + MINUTE_MS) return true
    if (recent.size >= half) {
      before = recent
      recent = new Map()
    }
    recent.set(sender, fullAtMs + stepMs)
    return false
  }
}
