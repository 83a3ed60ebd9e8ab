import { BLANK_HIT } from '../../blank-hit.ts'
import type { RawHit } from '../../hit.ts'
import type { Headers } from './browsers.ts'
import { drawBrowser } from './browsers.ts'
import { DEMO_SITE } from './pages.ts'
import type { Random } from './random.ts'
import type { Home } from './readers.ts'
import { mobileShare } from './readers.ts'
import type { Source } from './sources.ts'
import { DIRECT } from './sources.ts'

/** One reader's visit, before it is cut into hits. */
export interface Visit {
  readonly startMs: number
  readonly home: Home
  readonly weekend: boolean
  readonly source: Source
  /** Pages in the order they are read, at least one. */
  readonly paths: readonly string[]
}

/** A view of the demo site of which nothing is known but page and time; an opt-out keeps just this. */
export function bareView(timeMs: number, path: string | null): RawHit {
  return { ...BLANK_HIT, timeMs, site: DEMO_SITE, path }
}

/** The hits of a visit: its views and, from some Chromium browsers, pages fetched in advance. */
export function visitHits(visit: Visit, random: Random): readonly RawHit[] {
  const headers = visitHeaders(visit, random)
  const reduced = random() < 0.035
  const pathSent = random() >= 0.025
  const hits: RawHit[] = []
  let timeMs = visit.startMs
  for (const path of visit.paths) {
    const view = bareView(timeMs, pathSent ? path : null)
    const first = hits.length === 0
    const kept = { ...view, ...(first ? visit.source : DIRECT), headers, country: visit.home.country }
    hits.push(reduced ? view : kept)
    timeMs += readingMs(random)
  }
  const advance = advancePurpose(headers, random)
  const last = hits.at(-1)
  if (advance === null || last === undefined || reduced) return hits
  return [...hits, { ...last, ...DIRECT, timeMs, headers: { ...headers, 'sec-purpose': advance } }]
}

function visitHeaders(visit: Visit, random: Random): Headers {
  const { startMs: timeMs, home, weekend } = visit
  const hour = (new Date(timeMs).getUTCHours() + home.hoursAhead + 24) % 24
  const browser = drawBrowser({ timeMs, mobileShare: mobileShare(hour, weekend) }, random)
  return { ...browser, 'accept-language': home.language, 'sec-fetch-site': 'same-site' }
}

/** From ten seconds to some minutes, mostly under one. */
function readingMs(random: Random): number {
  return 10_000 + Math.floor(-Math.log(1 - random()) * 45_000)
}

/** What Chromium says when it fetches a page that nobody looks at yet; null: it did not. */
function advancePurpose(headers: Headers, random: Random): string | null {
  const draw = random()
  if (!('sec-ch-ua' in headers)) return null
  if (draw < 0.035) return 'prefetch'
  return draw < 0.055 ? 'prefetch;prerender' : null
}
