import { LIMITS } from '../limits.ts'
import { dayOf } from '../period.ts'
import { localDay } from '../zone.ts'
import { minuteText, openClock } from './clock.ts'
import { numberIn, textIn } from './duck.ts'
import type { Desk } from './library.ts'
import { freshness, IS_VIEW, listShelf, planScan, rowsSql, segmentsWithin } from './library.ts'
import type { NowReport } from './report.ts'
import { text, timestamp } from './sql.ts'

const MINUTE_MS = 60_000
const MINUTES = 60

/** The last hour of a site. Its hits are in the tail, or in the few segments whose hits reach that far. */
export async function readNow(desk: Desk, site: string): Promise<NowReport> {
  const { library, duck } = desk
  const nowMs = library.now()
  const last = Math.floor(nowMs / MINUTE_MS)
  const span = { fromMs: (last - MINUTES + 1) * MINUTE_MS, toMs: (last + 1) * MINUTE_MS }
  const shelf = await listShelf(desk)
  const { scanned } = planScan(library, segmentsWithin(shelf.segments, span))
  const between = `time >= ${timestamp(span.fromMs)} AND time < ${timestamp(span.toMs)}`
  const rows = await duck.rows(`SELECT minute, path, grouping(minute) AS of_page, count(*) AS page_views
    FROM (SELECT path, epoch_ms(time) // ${MINUTE_MS} AS minute FROM (${rowsSql(scanned)})
      WHERE site = ${text(site)} AND ${between} AND ${IS_VIEW})
    GROUP BY GROUPING SETS ((minute), (path)) ORDER BY page_views DESC, path`)
  const [minutes, pages] = [0, 1].map((of) => rows.filter((row) => numberIn(row, 'of_page') === of))
  const views = new Map(minutes?.map((row) => [numberIn(row, 'minute'), numberIn(row, 'page_views')]))
  const timezone = library.zoneOf(site)
  const day = dayOf(localDay(timezone, nowMs))
  const clock = openClock(timezone, { from: day, to: day })
  return {
    site,
    timezone,
    minutes: Array.from({ length: MINUTES }, (_, index) => {
      const minute = last - MINUTES + 1 + index
      return { time: minuteText(clock, minute * MINUTE_MS), pageViews: views.get(minute) ?? 0 }
    }),
    pages: (pages ?? [])
      .slice(0, LIMITS.topRowsShown)
      .map((row) => ({ value: textIn(row, 'path'), pageViews: numberIn(row, 'page_views') })),
    fresh: freshness(shelf),
  }
}
