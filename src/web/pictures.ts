import { LIMITS } from '../limits.ts'
import type { Handler } from './access.ts'
import type { Picture } from './chart/file.ts'
import { pictureFiles, THEMES } from './chart/file.ts'
import type { WebDeps } from './deps.ts'
import { drawLedger, DRAWINGS } from './drawings.ts'
import { readChoice, readOne, refuseOthers } from './query.ts'
import { annotationsOf } from './read-answer.ts'
import { findSite } from './site-list.ts'
import { CHART_STYLES, COLOURS } from './styles.ts'
import { FIRST_VIEW, parseView } from './view.ts'
import type { World } from './world.ts'
import { queryOf } from './world.ts'

/** Seconds that a browser may keep a picture. */
const KEPT_SECONDS = 60

/**
 * The pictures of a page as files of their own: `series.svg`, `heat.svg`, `map.svg`, `spark.svg` and `ledger.svg`. Their
 * address asks the same question as the page's, and for colours: `theme=light`, `dark`, or `auto` as the reader's system
 * has it.
 */
export function createPictures(world: World): Handler {
  const fileOf = pictureFiles(CHART_STYLES, COLOURS)
  return async (context) => {
    const query = queryOf(context)
    const theme = readChoice(query, 'theme', { known: THEMES, fallback: THEMES[0] })
    query.delete('theme')
    const name = context.req.param('site') ?? ''
    const { site } = findSite(name, await world.siteList.readFor(name), world.deps)
    const picture = await draw(context.req.param('picture') ?? '', { site, query, deps: world.deps })
    if (picture === null) return context.notFound()
    const { svg, styleSource } = await fileOf(picture, theme)
    if (isPublic(site, world.deps)) context.header('Cross-Origin-Resource-Policy', 'cross-origin')
    return context.body(svg, 200, {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Cache-Control': `private, max-age=${KEPT_SECONDS}`,
      'Content-Security-Policy': `default-src 'none'; style-src ${styleSource}; frame-ancestors 'none'`,
    })
  }
}

/** Pictures of a public site may stand on pages of others. */
function isPublic(site: string, { sitesConfigured }: WebDeps): boolean {
  if (typeof sitesConfigured === 'string') return false
  return sitesConfigured.some((one) => one.name === site && one.public === true)
}

interface Asked {
  readonly site: string
  readonly query: URLSearchParams
  readonly deps: WebDeps
}

/** Null where no picture has this name. */
async function draw(file: string, { site, query, deps }: Asked): Promise<Picture | null> {
  const { weekStart } = deps
  if (file === 'ledger.svg') {
    refuseOthers(query, ['period'], 'a ledger')
    const report = await deps.ledger(site, readOne(query, 'period') ?? FIRST_VIEW.period)
    return drawLedger(report, { weekStart, nowMs: deps.now() })
  }
  const drawing = DRAWINGS.get(file)
  if (drawing === undefined) return null
  const view = parseView(query)
  const { period, compare, filters, granularity } = view
  const asked = { site, period, compare, filters, granularity, by: drawing.by, limit: LIMITS.topRowsMax }
  const report = await deps.ask(asked)
  return drawing.draw({ report, view, annotations: annotationsOf(site, deps), weekStart, nowMs: deps.now() })
}
