import type { RawHit } from '../../hit.ts'
import { DEMO_SITE } from './pages.ts'
import type { Random } from './random.ts'
import { weightedDraw } from './random.ts'

/** One look at a page, as what stands on the page knows it. */
export interface Look {
  readonly path: string
  readonly readMs: number
  readonly phone: boolean
  /** Whether the browser runs scripts: without them pictures are not lazy, so the end says nothing. */
  readonly scripts: boolean
  /** Whether it heeds `<a ping>`. Firefox does not. */
  readonly pings: boolean
}

/** A hit beside the view, and how long after it. */
export interface Beside {
  readonly afterMs: number
  readonly hit: Pick<RawHit, 'kind'> & Partial<Pick<RawHit, 'event' | 'target' | 'window'>>
}

type Rule = (look: Look, random: Random) => Beside | null

/** What the pages of the demo site send beside their views: the window's class from the front page, and events. */
export function drawBeside(look: Look, random: Random): readonly Beside[] {
  return RULES.map((rule) => rule(look, random)).filter((beside) => beside !== null)
}

const RULES: readonly Rule[] = [
  ({ path, phone }, random) => {
    if (path !== '/') return null
    return { afterMs: 5, hit: { kind: 'window', window: phone ? 's' : drawWindow(random) } }
  },
  ({ path, readMs, scripts }, random) => {
    if (!isArticle(path) || !scripts || readMs < 30_000 || random() > 0.7) return null
    return event(readMs * 0.8, 'end', null)
  },
  ({ path, readMs, pings }, random) => {
    if (!isArticle(path) || !pings || random() > 0.06) return null
    return event(readMs * 0.9, 'outbound', drawTarget(random))
  },
  ({ path, readMs, pings }, random) => {
    if (!/^\/(bread|workshop)\/./.test(path) || !pings || random() > 0.022) return null
    return event(readMs * 0.5, 'download', `${DEMO_SITE}/files${path}.pdf`)
  },
  ({ path, readMs }, random) => {
    if (!path.startsWith('/bread/') || random() > 0.008) return null
    return event(readMs * 0.7, 'print', null)
  },
  ({ path, readMs }, random) => {
    if (isArticle(path) || random() > 0.014) return null
    return event(readMs * 0.6, 'newsletter', null)
  },
]

function isArticle(path: string): boolean {
  return /^\/[a-z]+\/./.test(path)
}

function event(afterMs: number, name: string, target: string | null): Beside {
  return { afterMs: Math.round(afterMs), hit: { kind: 'event', event: name, target } }
}

const drawWindow = weightedDraw<'s' | 'm' | 'l'>([
  ['l', 66],
  ['m', 30],
  ['s', 4],
])

/** Where links of the articles lead. */
const drawTarget = weightedDraw<string>([
  ['en.wikipedia.org/wiki/Sourdough', 30],
  ['slowbread.example/flour', 22],
  ['www.openstreetmap.org/', 18],
  ['github.com/slow-things/typewriter', 16],
  ['theoldworkshop.example/planes', 12],
  ['walkingplaces.example/huts', 11],
  ['quincegarden.example/seeds', 9],
  ['de.wikipedia.org/wiki/Sauerteig', 7],
  ['www.bahn.example/nightjet', 6],
  ['allotment.example/', 4],
])
