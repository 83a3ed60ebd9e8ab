import type { Context } from 'hono'
import { LIMITS } from '../limits.ts'
import type { ListName } from '../report/report.ts'
import type { Handler } from './access.ts'
import { pictureFiles, THEMES } from './chart/file.ts'
import { DRAWINGS } from './drawings.ts'
import type { SeriesSource } from './page/steps.ts'
import { readChoice } from './query.ts'
import { annotationsOf } from './read-answer.ts'
import { findSite } from './site-list.ts'
import { CHART_STYLES, COLOURS } from './styles.ts'
import { parseView } from './view.ts'
import type { World } from './world.ts'
import { queryOf } from './world.ts'

/** Seconds that a browser may keep a picture. */
const KEPT_SECONDS = 60

/**
 * The pictures of a page as files of their own: `series.svg`, `heat.svg`, `map.svg`, `spark.svg`. Their address asks
 * the same question as the page's, and for colours: `theme=light`, `dark`, or `auto` as the reader's system has it.
 */
export function createPictures(world: World): Handler {
  const fileOf = pictureFiles(CHART_STYLES, COLOURS)
  return async (context) => {
    const drawing = DRAWINGS.get(context.req.param('picture') ?? '')
    if (drawing === undefined) return context.notFound()
    const query = queryOf(context)
    const theme = readChoice(query, 'theme', { known: THEMES, fallback: THEMES[0] })
    query.delete('theme')
    const source = await readSource(context, { query, by: drawing.by }, world)
    const { svg, styleSource } = await fileOf(drawing.draw(source), theme)
    if (isPublic(source.report.site, world)) context.header('Cross-Origin-Resource-Policy', 'cross-origin')
    return context.body(svg, 200, {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Cache-Control': `private, max-age=${KEPT_SECONDS}`,
      'Content-Security-Policy': `default-src 'none'; style-src ${styleSource}; frame-ancestors 'none'`,
    })
  }
}

/** Pictures of a public site may stand on pages of others. */
function isPublic(site: string, { deps: { sitesConfigured } }: World): boolean {
  if (typeof sitesConfigured === 'string') return false
  return sitesConfigured.some((one) => one.name === site && one.public === true)
}

interface Asked {
  readonly query: URLSearchParams
  readonly by: readonly ListName[]
}

async function readSource(context: Context, { query, by }: Asked, world: World): Promise<SeriesSource> {
  const { deps, siteList } = world
  const view = parseView(query)
  const name = context.req.param('site') ?? ''
  const { site } = findSite(name, await siteList.readFor(name), deps)
  const { period, compare, filters, granularity } = view
  const question = { site, period, compare, filters, granularity, by, limit: LIMITS.topRowsMax }
  const annotations = annotationsOf(site, deps)
  return { report: await deps.ask(question), view, annotations, weekStart: deps.weekStart, nowMs: deps.now() }
}
