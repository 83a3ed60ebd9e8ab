import type { Context } from 'hono'
import { LIMITS } from '../limits.ts'
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
    const draw = DRAWINGS.get(context.req.param('picture') ?? '')
    if (draw === undefined) return context.notFound()
    const query = queryOf(context)
    const theme = readChoice(query, 'theme', { known: THEMES, fallback: THEMES[0] })
    query.delete('theme')
    const { svg, styleSource } = await fileOf(draw(await readSource(context, query, world)), theme)
    return context.body(svg, 200, {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Cache-Control': `private, max-age=${KEPT_SECONDS}`,
      'Content-Security-Policy': `default-src 'none'; style-src ${styleSource}; frame-ancestors 'none'`,
    })
  }
}

async function readSource(context: Context, query: URLSearchParams, world: World): Promise<SeriesSource> {
  const { deps, siteList } = world
  const view = parseView(query)
  const name = context.req.param('site') ?? ''
  const { site } = findSite(name, await siteList.readFor(name), deps)
  const { period, compare, filters, granularity } = view
  const question = { site, period, compare, filters, granularity }
  const report = await deps.ask({ ...question, by: ['country'], limit: LIMITS.topRowsMax })
  return {
    report,
    view,
    annotations: annotationsOf(site, deps),
    weekStart: deps.weekStart,
    nowMs: deps.now(),
  }
}
