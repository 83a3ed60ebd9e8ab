import { BLANK_HIT } from '../../blank-hit.ts'
import type { RawHit } from '../../hit.ts'
import { drawBeside } from './beside.ts'
import type { Headers } from './browsers.ts'
import { drawBrowser } from './browsers.ts'
import { DEMO_SITE } from './pages.ts'
import type { Random } from './random.ts'
import { weightedDraw } from './random.ts'
import type { Home } from './readers.ts'
import { mobileShare } from './readers.ts'
import type { DemoSite } from './sites.ts'
import type { Source } from './sources.ts'
import { DIRECT } from './sources.ts'

/** One reader's visit, before it is cut into hits. */
export interface Visit {
  readonly site: DemoSite
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

/** The hits of a visit: its views, what its pages send beside them and, from some Chromium browsers, pages fetched in advance. */
export function visitHits(visit: Visit, random: Random): readonly RawHit[] {
  const reader = drawReader(visit, random)
  const seen = reader.optedOut ? {} : { headers: reader.headers, country: visit.home.country }
  const hits: RawHit[] = []
  let timeMs = visit.startMs
  for (const [index, path] of visit.paths.entries()) {
    const bare = { ...bareView(timeMs, reader.pathSent ? path : null), site: visit.site.name, ...seen }
    const readMs = drawReadingMs(random)
    hits.push({
      ...bare,
      ...(index === 0 && !reader.optedOut ? visit.source : DIRECT),
      ...numberOf(reader, index),
    })
    if (visit.site.tags === 'all') hits.push(...besideHits(bare, { ...reader, path, readMs }, random))
    timeMs += readMs
  }
  const last = hits.findLast(({ kind }) => kind === 'view')
  const purpose = reader.optedOut ? null : advancePurpose(reader.headers, random)
  if (purpose === null || last === undefined) return hits
  const headers = { ...reader.headers, 'sec-purpose': purpose }
  return [...hits, { ...last, ...DIRECT, timeMs, viewNumber: null, headers }]
}

/** Who reads, as far as requests can tell. */
interface Reader {
  readonly headers: Headers
  readonly optedOut: boolean
  readonly pathSent: boolean
  readonly phone: boolean
  readonly scripts: boolean
  readonly pings: boolean
  /** Views of the site before this visit on the same day; null where none are numbered. */
  readonly viewsBefore: number | null
}

const drawViewsBefore = weightedDraw<number>([
  [0, 91],
  [1, 4],
  [3, 5],
])

function drawReader({ site, startMs: timeMs, home, weekend }: Visit, random: Random): Reader {
  const hour = (new Date(timeMs).getUTCHours() + home.hoursAhead + 24) % 24
  const browser = drawBrowser({ timeMs, mobileShare: mobileShare(hour, weekend) }, random)
  const agent = browser['user-agent'] ?? ''
  const scripts = random() >= 0.012
  const optedOut = random() < 0.035
  return {
    headers: {
      ...(scripts ? browser : { 'user-agent': agent }),
      'accept-language': home.language,
      'sec-fetch-site': 'same-site',
    },
    optedOut,
    pathSent: random() >= 0.025,
    phone: /Mobi/.test(agent),
    scripts,
    pings: !agent.includes('Firefox/'),
    viewsBefore: site.tags === 'views' || optedOut ? null : drawViewsBefore(random),
  }
}

const NUMBERS = [1, 2, 3] as const

function numberOf({ viewsBefore }: Reader, index: number): Pick<RawHit, 'viewNumber'> {
  if (viewsBefore === null) return { viewNumber: null }
  return { viewNumber: NUMBERS[viewsBefore + index] ?? 3 }
}

function besideHits(view: RawHit, look: Parameters<typeof drawBeside>[0], random: Random): readonly RawHit[] {
  return drawBeside(look, random).map(({ afterMs, hit }) => ({
    ...view,
    ...hit,
    timeMs: view.timeMs + afterMs,
  }))
}

/** From ten seconds to some minutes, mostly under one. */
function drawReadingMs(random: Random): number {
  return 10_000 + Math.floor(-Math.log(1 - random()) * 45_000)
}

/** What Chromium says when it fetches a page that nobody looks at yet; null: it did not. */
function advancePurpose(headers: Headers, random: Random): string | null {
  const draw = random()
  if (!('sec-ch-ua' in headers)) return null
  if (draw < 0.035) return 'prefetch'
  return draw < 0.055 ? 'prefetch;prerender' : null
}
