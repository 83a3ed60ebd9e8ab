import type { Context } from 'hono'
import { AppError } from '../../errors.ts'
import type { Handler } from '../access.ts'
import type { WebDeps } from '../deps.ts'
import { countWords } from '../words.ts'
import { createBadgeNumbers } from './numbers.ts'
import type { BadgeWords } from './picture.ts'
import { badgeSvg } from './picture.ts'
import type { BadgeWish } from './wish.ts'
import { parseWish } from './wish.ts'

/** What a badge comes to. */
interface Badge extends BadgeWords {
  readonly status: 200 | 400 | 503
  /** null where it is not known, or nobody's business. */
  readonly number: number | null
}

const GREY = { color: '#555555', labelColor: '#555555' }
/** The same for a site that is not open, and for one that is not there: a badge does not tell them apart. */
const CLOSED: Badge = { status: 200, label: 'headcount', message: 'not public', number: null, ...GREY }

/** How a picture may be kept. A badge that counts is asked for anew each time, also by the proxies of code hosts. */
const KEPT = 'public, max-age=60'
const NEVER_KEPT = 'no-cache, no-store, must-revalidate'

/**
 * A number to put on a page, as a picture (`badge.svg`) or as JSON (`badge.json`, in the shape that shields.io reads).
 * Only sites that their owner opened tell one.
 */
export function createBadges(deps: WebDeps): Handler {
  const numberOf = createBadgeNumbers({ ask: (question) => deps.ask(question), now: () => deps.now() })
  return async (context) => {
    const { search, searchParams } = new URL(context.req.url)
    const counts = searchParams.has('count')
    const badge = await readBadge(context.req.param('site') ?? null, search.slice(1), { deps, numberOf })
    return answer(context, badge, counts ? NEVER_KEPT : KEPT)
  }
}

interface Badges {
  readonly deps: WebDeps
  readonly numberOf: ReturnType<typeof createBadgeNumbers>
}

async function readBadge(named: string | null, search: string, { deps, numberOf }: Badges): Promise<Badge> {
  const site = openSite(named, deps)
  if (site === null) return CLOSED
  try {
    const wish = parseWish(search, deps.pathRules)
    return badgeOf(wish, await numberOf(site, wish))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const asked = error.code === 'QUESTION_INVALID' || error.code === 'PERIOD_INVALID'
    return asked
      ? { ...CLOSED, status: 400, message: error.message }
      : { ...CLOSED, status: 503, message: 'not known right now' }
  }
}

/** The site whose numbers anybody may have; null where there is none. */
function openSite(named: string | null, { sitesConfigured, demo }: WebDeps): string | null {
  if (demo && named !== null) return named
  if (typeof sitesConfigured === 'string') return null
  const sites = named === null ? sitesConfigured : sitesConfigured.filter(({ name }) => name === named)
  const [site] = sites
  const open = site?.public === true || site?.badge === true
  return sites.length === 1 && site !== undefined && open ? site.name : null
}

function badgeOf({ label, color, labelColor, start }: BadgeWish, counted: number | null): Badge {
  const number = counted === null ? null : counted + start
  const message = number === null ? 'not known' : countWords(number)
  return { status: 200, label, message, number, color, labelColor }
}

async function answer(context: Context, badge: Badge, kept: string): Promise<Response> {
  const json = context.req.path.endsWith('.json')
  return context.body(json ? badgeJson(badge) : String(await badgeSvg(badge)), badge.status, {
    'Content-Type': json ? 'application/json' : 'image/svg+xml; charset=utf-8',
    'Cache-Control': badge.status === 200 ? kept : 'no-store',
    'Content-Security-Policy': "default-src 'none'",
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
  })
}

/** As shields.io reads it (its "endpoint" badge), with the plain number beside. */
function badgeJson({ status, label, message, number, color, labelColor }: Badge): string {
  const isError = status !== 200 || (number === null && message === CLOSED.message)
  return JSON.stringify({ schemaVersion: 1, label, message, color, labelColor, isError, value: number })
}
