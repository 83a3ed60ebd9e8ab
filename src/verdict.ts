/** What became of a hit; first match wins, in this order. `counted` is what is left. */
export const VERDICTS = [
  'malformed',
  'unknown-site',
  'flood',
  'opt-out',
  'ignored',
  'prefetch',
  'prerender',
  'bot',
  'counted',
] as const

export type Verdict = (typeof VERDICTS)[number]

/** Refused at the door: tallied in memory, never kept one by one. */
export type TalliedVerdict = 'malformed' | 'unknown-site' | 'flood'

/** Reached at the door but kept, because the evidence for it is not. */
export type KeptVerdict = 'opt-out' | 'ignored' | 'bot'
