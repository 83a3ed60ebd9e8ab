import { CUTS } from './cut.ts'
import { LIMITS } from './limits.ts'
import { packHeaders, unpackHeaders } from './short-headers.ts'
import type { KeptVerdict, TalliedVerdict } from './verdict.ts'

export const KINDS = ['view', 'event', 'window', 'referral', 'number', 'tally'] as const
export type Kind = (typeof KINDS)[number]

/** Format version of a stored raw hit. */
export const RAW_HIT_VERSION = 1

/** What the hot log keeps of one request, with all that may identify a person already removed. */
export interface RawHit {
  readonly kind: Kind
  /** When the collector received it: milliseconds since the Unix epoch, UTC. */
  readonly timeMs: number
  /** Configured name of the site; null only for a tally of hits that named no known site. */
  readonly site: string | null
  /** The page's path, cleaned; null where no path was sent. */
  readonly path: string | null
  /** Where the visitor came from, as a template or include said it: an absolute URL without query; null where not sent. */
  readonly referrer: string | null
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
  /** Kept request headers: lower-case name → value. */
  readonly headers: Readonly<Record<string, string>>
  /** ISO 3166-1 alpha-2, upper case; null where not known. */
  readonly country: string | null
  readonly viewNumber: 1 | 2 | 3 | null
  readonly event: string | null
  readonly target: string | null
  readonly window: 's' | 'm' | 'l' | null
  /** Reached at the door; null leaves the verdict to `derive`. */
  readonly verdict: KeptVerdict | TalliedVerdict | null
  /** Name of the bot, where the hit was reduced and its User-Agent not kept. */
  readonly bot: string | null
  /** How many hits this one stands for: 1, except for a tally. */
  readonly count: number
  /** What was dropped to fit the stored size, in the order it was dropped. */
  readonly cut: readonly string[]
}

/**
 * One JSON line without its end, of at most `LIMITS.rawHitBytesMax` bytes in UTF-8: nulls omitted, keys
 * short. What does not fit is dropped in the order of `CUTS`, and the stored hit says so in `cut`.
 */
export function encodeRawHit(hit: RawHit): string {
  let line = JSON.stringify(toStored(hit))
  let fitting = hit
  for (const [name, drop] of CUTS) {
    const excess = bytesAbove(line)
    if (excess <= 0) return line
    const smaller = drop(fitting, excess)
    if (smaller === fitting) continue
    fitting = { ...smaller, cut: [...fitting.cut, name] }
    line = JSON.stringify(toStored(fitting))
  }
  return line
}

/** The hit of a stored line; null where the line is damaged or not of this format version. Never throws. */
export function decodeRawHit(line: string): RawHit | null {
  const stored = parseJson(line)
  return isStoredHit(stored) ? fromStored(stored) : null
}

/** A raw hit as stored. Absent stands for null (`k`: view, `x`: 1, `h` and `d`: empty). */
interface StoredHit {
  readonly t: number
  readonly k?: Kind | undefined
  readonly s?: string | undefined
  readonly p?: string | undefined
  readonly r?: string | undefined
  readonly us?: string | undefined
  readonly um?: string | undefined
  readonly uc?: string | undefined
  readonly c?: string | undefined
  readonly n?: 1 | 2 | 3 | undefined
  readonly e?: string | undefined
  readonly g?: string | undefined
  readonly w?: 's' | 'm' | 'l' | undefined
  readonly v?: KeptVerdict | TalliedVerdict | undefined
  readonly b?: string | undefined
  readonly x?: number | undefined
  readonly h?: Readonly<Record<string, string>> | undefined
  readonly d?: readonly string[] | undefined
}

function toStored(hit: RawHit): StoredHit {
  return {
    t: hit.timeMs,
    k: hit.kind === 'view' ? undefined : hit.kind,
    s: hit.site ?? undefined,
    p: hit.path ?? undefined,
    r: hit.referrer ?? undefined,
    us: hit.source ?? undefined,
    um: hit.medium ?? undefined,
    uc: hit.campaign ?? undefined,
    c: hit.country ?? undefined,
    n: hit.viewNumber ?? undefined,
    e: hit.event ?? undefined,
    g: hit.target ?? undefined,
    w: hit.window ?? undefined,
    v: hit.verdict ?? undefined,
    b: hit.bot ?? undefined,
    x: hit.count === 1 ? undefined : hit.count,
    h: packHeaders(hit.headers),
    d: hit.cut.length === 0 ? undefined : hit.cut,
  }
}

function fromStored(stored: StoredHit): RawHit | null {
  const headers = unpackHeaders(stored.h ?? {})
  if (headers === null) return null
  return {
    kind: stored.k ?? 'view',
    timeMs: stored.t,
    site: stored.s ?? null,
    path: stored.p ?? null,
    referrer: stored.r ?? null,
    source: stored.us ?? null,
    medium: stored.um ?? null,
    campaign: stored.uc ?? null,
    headers,
    country: stored.c ?? null,
    viewNumber: stored.n ?? null,
    event: stored.e ?? null,
    target: stored.g ?? null,
    window: stored.w ?? null,
    verdict: stored.v ?? null,
    bot: stored.b ?? null,
    count: stored.x ?? 1,
    cut: stored.d ?? [],
  }
}

const DOOR_VERDICTS: ReadonlySet<unknown> = new Set<KeptVerdict | TalliedVerdict>([
  'malformed',
  'unknown-site',
  'flood',
  'opt-out',
  'ignored',
  'prefetch',
  'prerender',
  'bot',
])

const CHECKS: ReadonlyMap<string, (value: unknown) => boolean> = new Map(
  Object.entries({
    t: (value) => Number.isSafeInteger(value),
    k: (value) => KINDS.some((kind) => kind === value),
    s: isText,
    p: isText,
    r: isText,
    us: isText,
    um: isText,
    uc: isText,
    c: isText,
    n: (value) => value === 1 || value === 2 || value === 3,
    e: isText,
    g: isText,
    w: (value) => value === 's' || value === 'm' || value === 'l',
    v: (value) => DOOR_VERDICTS.has(value),
    b: isText,
    x: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
    h: isRecord,
    d: (value) => Array.isArray(value) && value.every(isText),
  } satisfies Record<keyof StoredHit, (value: unknown) => boolean>),
)

function isStoredHit(value: unknown): value is StoredHit {
  if (!isRecord(value) || value['t'] === undefined) return false
  // Over the keys as they stand: an array of entries for each line would take as long as JSON.parse.
  for (const key in value) if (CHECKS.get(key)?.(value[key]) !== true) return false
  return true
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function bytesAbove(line: string): number {
  const surelyFits = line.length * 3 <= LIMITS.rawHitBytesMax
  return surelyFits ? 0 : Buffer.byteLength(line) - LIMITS.rawHitBytesMax
}
