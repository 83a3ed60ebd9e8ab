import type { RawHit } from '../../hit.ts'
import type { Random } from './random.ts'
import { poisson, seededRandom } from './random.ts'
import { DEMO_SITE, NEWS_PATH, pagesOf } from './pages.ts'
import { drawHome, drawReadingHour } from './readers.ts'
import { drawRobot } from './robots.ts'
import type { DemoSite } from './sites.ts'
import { MAIN_SITE, SMALL_SITES } from './sites.ts'
import { DIRECT, NEWS_REFERRER, newsletterLift, sourcesOf } from './sources.ts'
import type { Visit } from './visit.ts'
import { bareView, visitHits } from './visit.ts'

const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** One UTC day of the demo. */
export interface DemoDay {
  readonly seed: number
  /** Its midnight, UTC. */
  readonly startMs: number
  /** Days since the demo's first. */
  readonly number: number
}

/** The day on which a news site links here, and how much more is read then and on the days after. */
export const NEWS_DAY = 226
const NEWS_LIFT = [13, 3.2, 0.7, 0.2]

/** All hits of one day in time order: a function of the day alone, so a day can be made by itself. */
export function dayHits(day: DemoDay): readonly RawHit[] {
  const random = seededRandom(day.seed, Math.floor(day.startMs / DAY))
  const hits = [
    ...readers(MAIN_SITE, day, random),
    ...newsReaders(day, random),
    ...robots(day, random),
    ...owner(day, random),
    ...tallies(day, random),
    ...SMALL_SITES.flatMap((site) => readers(site, day, random)),
  ]
  const endMs = day.startMs + DAY
  return hits.filter((hit) => hit.timeMs < endMs).sort((one, other) => one.timeMs - other.timeMs)
}

function readers(site: DemoSite, day: DemoDay, random: Random): readonly RawHit[] {
  const weekend = isWeekend(day)
  const drawPage = site.pagesOf(day.number)
  const drawSource = sourcesOf({ timeMs: day.startMs, demoDay: day.number })
  const visits = poisson(site.visits * lift(day), random)
  return Array.from({ length: visits }, () => {
    const home = drawHome(random)
    const hour = (drawReadingHour(weekend, random) - home.hoursAhead + 24) % 24
    const startMs = day.startMs + Math.floor((hour + random()) * HOUR)
    const paths = Array.from({ length: visitLength(random) }, () => drawPage(random))
    const visit: Visit = { site, startMs, home, weekend, source: drawSource(random), paths }
    return visitHits(visit, random)
  }).flat()
}

/** The wave from the news site: it breaks in the European afternoon and ebbs within hours. */
function newsReaders(day: DemoDay, random: Random): readonly RawHit[] {
  const visits = poisson(MAIN_SITE.visits * (NEWS_LIFT[day.number - NEWS_DAY] ?? 0), random)
  const breaksMs = day.number === NEWS_DAY ? 13.4 * HOUR : 0
  const ebbMs = day.number === NEWS_DAY ? 3.5 * HOUR : 9 * HOUR
  return Array.from({ length: visits }, () => {
    const home = drawHome(random)
    const startMs = day.startMs + breaksMs + Math.floor(-Math.log(1 - random()) * ebbMs)
    const paths = random() < 0.14 ? [NEWS_PATH, '/'] : [NEWS_PATH]
    const source = { ...DIRECT, referrer: NEWS_REFERRER }
    return visitHits({ site: MAIN_SITE, startMs, home, weekend: false, source, paths }, random)
  }).flat()
}

/** Robots come at every hour alike, and care little for what is popular. */
function robots(day: DemoDay, random: Random): readonly RawHit[] {
  const drawPage = pagesOf(day.number)
  const visits = poisson(120 + 60 * grown(day), random)
  return Array.from({ length: visits }, () => {
    const view = bareView(day.startMs + Math.floor(random() * DAY), drawPage(random))
    return { ...view, country: random() < 0.7 ? 'US' : 'IE', headers: { 'user-agent': drawRobot(random) } }
  })
}

/** The owner looks at the own pages, which the settings leave out. */
function owner(day: DemoDay, random: Random): readonly RawHit[] {
  const [first] = readers(MAIN_SITE, day, seededRandom(day.startMs / DAY))
  const looks = poisson(2, random)
  return Array.from({ length: looks }, () => {
    const timeMs = day.startMs + Math.floor((8 + random() * 12) * HOUR)
    return {
      ...bareView(timeMs, '/'),
      country: 'PL',
      headers: first?.headers ?? {},
      verdict: 'ignored' as const,
    }
  })
}

/** What was refused at the door: few strangers on most days, now and then a flood. */
function tallies(day: DemoDay, random: Random): readonly RawHit[] {
  const tally = (verdict: 'unknown-site' | 'flood' | 'malformed', count: number): RawHit => ({
    ...bareView(day.startMs + Math.floor(random() * 1_440) * 60_000, null),
    kind: 'tally',
    site: verdict === 'flood' ? DEMO_SITE : null,
    verdict,
    count,
  })
  const flood = random() < 0.02 ? [tally('flood', 400 + Math.floor(random() * 2_600))] : []
  const strangers = Array.from({ length: poisson(1.5, random) }, () =>
    tally('unknown-site', 1 + poisson(3, random)),
  )
  const malformed = Array.from({ length: poisson(0.3, random) }, () => tally('malformed', 1))
  return [...flood, ...strangers, ...malformed]
}

/** Most readers see one page, some a dozen. */
function visitLength(random: Random): number {
  let views = 1
  while (views < 12 && random() < (views === 1 ? 0.38 : 0.54)) views += 1
  return views
}

function lift(day: DemoDay): number {
  const summer = 1 - 0.12 * Math.max(0, Math.sin(((day.startMs / DAY - 80) / 365.25) * 2 * Math.PI))
  return (isWeekend(day) ? 0.74 : 1) * (0.72 + 0.56 * grown(day)) * summer * newsletterLift(day.startMs)
}

/** From 0 on the first day to 1 a year later, and no further. */
function grown(day: DemoDay): number {
  return Math.min(1, day.number / 365)
}

function isWeekend(day: DemoDay): boolean {
  const weekday = new Date(day.startMs).getUTCDay()
  return weekday === 0 || weekday === 6
}
