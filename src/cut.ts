import { cutBytes } from './escapes.ts'
import { hasCode } from './short-headers.ts'

/** The parts of a hit that may be dropped to make it fit. */
interface Cuttable {
  readonly path: string | null
  readonly referrer: string | null
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
  readonly event: string | null
  readonly target: string | null
  readonly bot: string | null
  readonly headers: Readonly<Record<string, string>>
}

/** No honest value of `sec-fetch-site` or a purpose header is longer. */
const SIGNAL_LENGTH_MAX = 64

/** Headers that have their own place in the order, and so are not among the first to go. */
const PLACED = new Set([
  'user-agent',
  'accept-language',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
])

/** What the word for a cut takes in the stored hit. */
const WORD_BYTES = '"d":["path"],'.length

/** One step: the hit without that part, the same hit where there is nothing to drop. */
type Drop = <Hit extends Cuttable>(hit: Hit, excessBytes: number) => Hit

/**
 * What is dropped to fit a hit into its stored size, first to last, by the word that `cut` then holds.
 * The steps behind `path` are reached only by values far from any that a collector keeps.
 */
export const CUTS: readonly (readonly [word: string, drop: Drop])[] = [
  ['headers', (hit) => keepHeaders(hit, isPlacedOrSignal)],
  ['client-hints', (hit) => keepHeaders(hit, (name) => !name.startsWith('sec-ch-ua'))],
  ['language', (hit) => keepHeaders(hit, (name) => name !== 'accept-language')],
  ['referrer', (hit) => (hit.referrer === null ? hit : { ...hit, referrer: null })],
  ['user-agent', (hit) => keepHeaders(hit, (name) => name !== 'user-agent')],
  ['path', cutPath],
  ['campaign', (hit) => ({ ...hit, source: null, medium: null, campaign: null })],
  ['event', (hit) => ({ ...hit, event: null, target: null })],
  ['bot', (hit) => ({ ...hit, bot: null })],
  ['signals', (hit) => keepHeaders(hit, () => false)],
]

function isPlacedOrSignal(name: string, value: string): boolean {
  return PLACED.has(name) || (hasCode(name) && value.length <= SIGNAL_LENGTH_MAX)
}

function keepHeaders<Hit extends Cuttable>(hit: Hit, keep: (name: string, value: string) => boolean): Hit {
  const headers = Object.entries(hit.headers)
  const kept = headers.filter(([name, value]) => keep(name, value))
  return kept.length === headers.length ? hit : { ...hit, headers: Object.fromEntries(kept) }
}

/** Stored, a path takes at least its bytes, so as many go as there are too many. Its first character stays. */
function cutPath<Hit extends Cuttable>(hit: Hit, excessBytes: number): Hit {
  if (hit.path === null || hit.path.length <= 1) return hit
  const bytesMax = Buffer.byteLength(hit.path) - excessBytes - WORD_BYTES
  return { ...hit, path: cutBytes(hit.path, Math.max(1, bytesMax)) }
}
