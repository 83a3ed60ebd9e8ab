import { html } from 'hono/html'
import type { LedgerReport, ListName, Report } from '../report/report.ts'
import { GRAIN_HEADS, planDays } from './buckets.ts'
import type { Picture } from './chart/file.ts'
import { HEAT_SIZE, heatPicture } from './chart/heat.ts'
import { KEY_HEIGHT, keyPicture, MAP_SIZE, worldMap } from './chart/map.ts'
import type { Series } from './chart/series.ts'
import { seriesChart } from './chart/series.ts'
import { spark } from './chart/spark.ts'
import { clockAt, daysWords } from './days.ts'
import { filterWords } from './page/filters.ts'
import { ledgerSeries } from './page/ledger-figure.ts'
import { areasOf } from './page/map.ts'
import { lineWords, seriesOf } from './page/series.ts'
import type { SeriesSource } from './page/steps.ts'
import { MEASURE_NAMES, planSteps } from './page/steps.ts'
import { countOf, countWords } from './words.ts'

/** How a picture is made. */
export interface Drawing {
  /** What the page's report has to list for it. */
  readonly by: readonly ListName[]
  draw(source: SeriesSource): Picture
}

/** The pictures of a page, by the names of their files. */
export const DRAWINGS: ReadonlyMap<string, Drawing> = new Map([
  ['series.svg', { by: [], draw: drawSeries }],
  ['heat.svg', { by: [], draw: drawHeat }],
  ['map.svg', { by: ['country'], draw: drawMap }],
  ['spark.svg', { by: [], draw: drawSpark }],
])

const PLOT = { width: 928, height: 300, left: 40, top: 44, below: 28 } as const

/** A chart of bars with room for its axes. */
function plotted(series: Series): Pick<Picture, 'width' | 'height' | 'body'> {
  const { width, height, left, top, below } = PLOT
  const chart = seriesChart({ ...series, bars: series.bars.map((bar) => ({ ...bar, href: null })) })
  const body = html`<svg x="${left}" y="${top}" width="${width - left}" height="${height - top - below}" overflow="visible">${chart}</svg>`
  return { width, height, body }
}

function drawSeries(source: SeriesSource): Picture {
  const { report } = source
  const steps = planSteps(source)
  const by = `${MEASURE_NAMES[steps.measure]} by ${GRAIN_HEADS[steps.buckets.grain].toLowerCase()}`
  const series = seriesOf(steps)
  const line = lineWords(steps, series)
  return {
    title: `${report.site}: ${by}`,
    description: [about(source), ...(line === null ? [] : [`line: ${line}`])].join(' · '),
    ...plotted(series),
  }
}

/** The ledger of one site over time: `ledger.svg`. */
export function drawLedger(report: LedgerReport, rest: Pick<SeriesSource, 'weekStart' | 'nowMs'>): Picture {
  const { period, ledger } = report
  const days = report.days.map(({ day }) => day)
  const buckets = planDays(days, { period, weekStart: rest.weekStart })
  const clock = clockAt(rest.nowMs, period.timezone)
  const refused = countWords(ledger.received - ledger.counted)
  return {
    title: `${report.site ?? 'All sites'}: hits by ${GRAIN_HEADS[buckets.grain].toLowerCase()}`,
    description: `${daysWords(period.from, period.to)}, ${period.timezone} · ${countWords(ledger.received)} received, of these ${refused} refused (dark)`,
    ...plotted(ledgerSeries({ report, buckets, clock })),
  }
}

function drawHeat(source: SeriesSource): Picture {
  const { report, weekStart } = source
  const title = `${report.site}: page views by weekday and hour`
  return {
    title,
    description: about(source),
    ...HEAT_SIZE,
    body: heatPicture({ hours: report.hours, weekStart }),
  }
}

function drawMap(source: SeriesSource): Picture {
  const areas = areasOf(source).map((area) => ({ ...area, href: null }))
  const { width, height } = MAP_SIZE
  return {
    title: `${source.report.site}: readers by country`,
    description: about(source),
    width,
    height: height + KEY_HEIGHT,
    body: html`<svg width="${width}" height="${height}">${worldMap(areas)}</svg>${keyPicture(areas)}`,
  }
}

const SPARK = { width: 160, height: 32 } as const

/** Without words: it stands within a line of text. */
function drawSpark(source: SeriesSource): Picture {
  const values = planSteps(source).list.map(({ sum }) => sum)
  const title = `${source.report.site} over time`
  return { title, description: about(source), ...SPARK, body: spark(values, false) ?? html``, alone: true }
}

/** Days, filters and the sum, for a line below a picture's name. */
function about({ report, view }: SeriesSource): string {
  const { period, totals } = report
  const filters = filterWords(view.filters)
  return [
    `${daysWords(period.from, period.to)}, ${period.timezone}`,
    ...(filters === '' ? [] : [filters]),
    ...sumWords(totals),
  ].join(' · ')
}

function sumWords({ pageViews, visitors }: Report['totals']): readonly string[] {
  return [
    ...(pageViews === null ? [] : [countOf(pageViews, 'page view')]),
    ...(visitors === null ? [] : [countOf(visitors, 'visitor')]),
  ]
}
