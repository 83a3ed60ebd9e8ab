import type { RawHit } from '../hit.ts'
import { LIMITS } from '../limits.ts'
import type { Refusal } from './request.ts'
import { BLANK_HIT } from '../blank-hit.ts'

/** A host that asked and is not configured. */
export interface UnknownHost {
  readonly host: string
  readonly hits: number
}

/** Counts of what was refused at the door, in memory. */
export interface Tallies {
  add(refusal: Refusal): void
  /** One hit for each site and verdict since the last time; the counts begin again. */
  drain(timeMs: number): RawHit[]
  /** Since the start, most hits first; at most `LIMITS.unknownHostsShownMax`. */
  unknownHosts(): readonly UnknownHost[]
}

/** Begins with nothing counted. */
export function createTallies(): Tallies {
  let counts = new Map<string, Tally>()
  const hosts = createHostCounts()
  return {
    add: (refusal) => {
      const key = `${refusal.verdict} ${refusal.site}`
      const known = counts.get(key)
      if (known === undefined) counts.set(key, { refusal, count: 1 })
      else known.count += 1
      if (refusal.host !== null) hosts.add(refusal.host)
    },
    drain: (timeMs) => {
      const tallied = [...counts.values()]
      counts = new Map()
      return tallied.map((tally) => tallyHit(tally, timeMs))
    },
    unknownHosts: hosts.list,
  }
}

interface Tally {
  readonly refusal: Refusal
  count: number
}

function tallyHit({ refusal: { site, verdict }, count }: Tally, timeMs: number): RawHit {
  return { ...BLANK_HIT, kind: 'tally', timeMs, site, verdict, count }
}

/** When there is no room for one more host, the one with the fewest hits makes it: names made up cannot hide a real one. */
function createHostCounts() {
  const counts = new Map<string, number>()
  const add = (host: string) => {
    if (!counts.has(host) && counts.size >= LIMITS.unknownHostsShownMax) counts.delete(rarest(counts))
    counts.set(host, (counts.get(host) ?? 0) + 1)
  }
  const list = () => [...counts].map(([host, hits]) => ({ host, hits })).sort((a, b) => b.hits - a.hits)
  return { add, list }
}

function rarest(counts: ReadonlyMap<string, number>): string {
  let rarest = ''
  let fewest = Infinity
  for (const [host, hits] of counts) {
    if (hits >= fewest) continue
    rarest = host
    fewest = hits
  }
  return rarest
}
