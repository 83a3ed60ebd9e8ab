import { collect } from '../collect/collect.ts'
import type { CollectRequest } from '../collect/request.ts'
import type { CollectRules } from '../collect/rules.ts'
import type { Tallies } from '../collect/tally.ts'
import type { RawHit } from '../hit.ts'
import type { Stems } from '../stems.ts'
import type { Count } from '../web/api/batches.ts'
import type { Fate, SentHit } from '../web/api/sent-hits.ts'

/** What counting for other servers shares with the collector. */
export interface CountingDeps {
  readonly rules: CollectRules
  readonly stems: Stems
  readonly append: (hit: RawHit) => Promise<void>
  readonly tallies: Pick<Tallies, 'add'>
  readonly now: () => number
  readonly random: () => string
  readonly diskIsLow: () => boolean
}

/** Counts hits that other servers send for their readers: each as if the reader's browser had asked for a tag. */
export function createCounting(deps: CountingDeps): Count {
  return (hits) => Promise.all(hits.map((hit) => countOne(hit, deps)))
}

async function countOne(sent: SentHit, deps: CountingDeps): Promise<Fate> {
  const { rules, tallies, diskIsLow, append } = deps
  const nowMs = deps.now()
  const request = requestOf(sent, deps, nowMs)
  // A word that can be no site: the address is nobody's, or that of something else.
  const isNamed = (rules.routeOf(request.target)?.host ?? null) !== null
  const collected = isNamed ? collect(request, rules) : null
  const refused = collected === null ? NO_SITE : collected.refused
  if (refused !== null) tallies.add(refused)
  if (refused !== null) return refused.verdict
  const hit = collected?.hit ?? null
  if (hit === null || diskIsLow()) return 'failed'
  return append({ ...hit, timeMs: timeOf(sent, nowMs) }).then(
    () => 'kept',
    () => 'failed',
  )
}

const NO_SITE = { verdict: 'unknown-site', site: null, host: null } as const

/** The request of a tag on that page. Its time is now, since flood control knows no other. */
function requestOf(sent: SentHit, { stems, random }: CountingDeps, timeMs: number): CollectRequest {
  const { site, path, event, target, referrer, headers = {}, address = null } = sent
  const resource = event === undefined ? `${stems.view}.css` : `${stems.event}/${event}.css`
  const place = event === undefined ? pair('r', referrer) : pair('t', target)
  return {
    method: 'GET',
    target: `/${encode(site)}/${resource}?${pair('p', path)}${place}`,
    headers,
    address,
    timeMs,
    random: random(),
  }
}

function pair(name: string, value: string | undefined): string {
  return value === undefined ? '' : `&${name}=${encode(value)}`
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function timeOf({ time }: SentHit, nowMs: number): number {
  return time === undefined ? nowMs : Math.min(Date.parse(time), nowMs)
}
