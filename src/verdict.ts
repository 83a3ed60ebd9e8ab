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
export const TALLIED_VERDICTS = ['malformed', 'unknown-site', 'flood'] as const

export type TalliedVerdict = (typeof TALLIED_VERDICTS)[number]

/** Reached at the door but kept, because the evidence for it is not. */
export type KeptVerdict = 'opt-out' | 'ignored' | 'prefetch' | 'prerender' | 'bot'

/** Request headers as plain values: lower-case names. */
export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** One way to a verdict. */
export interface VerdictRule<V extends Verdict = Exclude<Verdict, 'counted'>> {
  readonly verdict: V
  /** Request header that shows it; null where the request itself, a setting or a list does. */
  readonly header: string | null
  /** For people, in Markdown; the same words as in docs/verdicts.md. */
  readonly condition: string
  /** `collect` decides at the door, `derive` later, again on every `rederive`. */
  readonly decides: 'collect' | 'derive'
}

interface HeaderRule<V extends Verdict> extends VerdictRule<V> {
  readonly header: string
  readonly holds: (value: string) => boolean
}

const is = (word: string) => (value: string) => value.trim().toLowerCase() === word
const includes = (word: string) => (value: string) => value.toLowerCase().includes(word)

export const OPENED: readonly HeaderRule<'malformed'>[] = [
  {
    verdict: 'malformed',
    header: 'sec-fetch-dest',
    condition: 'is `document`: somebody opened the address itself',
    decides: 'collect',
    holds: is('document'),
  },
  {
    verdict: 'malformed',
    header: 'sec-fetch-mode',
    condition: 'is `navigate`: a window or a frame was sent there',
    decides: 'collect',
    holds: is('navigate'),
  },
]

export const OPT_OUT: readonly HeaderRule<'opt-out'>[] = [
  {
    verdict: 'opt-out',
    header: 'sec-gpc',
    condition: 'is `1`, and `opt_out = "refuse"`',
    decides: 'collect',
    holds: is('1'),
  },
  {
    verdict: 'opt-out',
    header: 'dnt',
    condition: 'is `1`, and `opt_out = "refuse"`',
    decides: 'collect',
    holds: is('1'),
  },
]

/** `prerender` is tried first: Chromium sends `Purpose: prefetch` beside it. */
export const PURPOSE: readonly HeaderRule<'prefetch' | 'prerender'>[] = [
  {
    verdict: 'prerender',
    header: 'sec-purpose',
    condition: 'holds `prerender`, and `prerender = "refuse"`',
    decides: 'derive',
    holds: includes('prerender'),
  },
  {
    verdict: 'prefetch',
    header: 'sec-purpose',
    condition: 'holds `prefetch` and not `prerender`',
    decides: 'derive',
    holds: includes('prefetch'),
  },
  {
    verdict: 'prefetch',
    header: 'purpose',
    condition: 'holds `prefetch` or `preview`',
    decides: 'derive',
    holds: (value) => includes('prefetch')(value) || includes('preview')(value),
  },
  {
    verdict: 'prefetch',
    header: 'x-purpose',
    condition: 'holds `prefetch` or `preview`',
    decides: 'derive',
    holds: (value) => includes('prefetch')(value) || includes('preview')(value),
  },
  {
    verdict: 'prefetch',
    header: 'x-moz',
    condition: 'is `prefetch`',
    decides: 'derive',
    holds: is('prefetch'),
  },
]

/** `malformed` where the headers say that no tag made this request; null otherwise. */
export function openedVerdict(headers: HeaderValues): 'malformed' | null {
  return firstVerdict(OPENED, headers)
}

/** `opt-out` where the browser asks not to be tracked; null otherwise. A setting says what follows. */
export function optOutVerdict(headers: HeaderValues): 'opt-out' | null {
  return firstVerdict(OPT_OUT, headers)
}

/** What the browser fetched the page for, when nobody looked at it yet; null for an ordinary view. */
export function prefetchVerdict(headers: HeaderValues): 'prefetch' | 'prerender' | null {
  return firstVerdict(PURPOSE, headers)
}

function firstVerdict<V extends Verdict>(rules: readonly HeaderRule<V>[], headers: HeaderValues): V | null {
  for (const rule of rules) {
    const value = headers[rule.header]
    if (typeof value === 'string' && rule.holds(value)) return rule.verdict
  }
  return null
}
