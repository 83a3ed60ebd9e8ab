import type { Annotation } from '../../settings.ts'
import type { Bucket, Buckets, Grain, Progress } from '../buckets.ts'
import { bucketPeriod, planBuckets, progressOf, sumOf } from '../buckets.ts'
import type { Clock } from '../days.ts'
import { clockAt, dayWords, monthWords } from '../days.ts'
import type { Measure } from '../view.ts'
import { viewQuery } from '../view.ts'
import type { Answer } from './answer.ts'

/** What a chart of sums over time is made from. */
export type SeriesSource = Pick<Answer, 'report' | 'view' | 'annotations' | 'weekStart' | 'nowMs'>

/** A bucket with its sums. */
export interface Step {
  readonly bucket: Bucket
  readonly name: string
  readonly progress: Progress
  readonly sum: number
  /** Of the compared period's bucket in the same place, whole; null where there is none. */
  readonly before: number | null
  /** Its own days, as the page; null where these are the page's. */
  readonly href: string | null
  /** What the owner noted about its days. */
  readonly notes: readonly string[]
}

/** A series in its buckets. */
export interface Steps extends SeriesSource {
  readonly measure: Measure
  readonly clock: Clock
  readonly buckets: Buckets
  readonly list: readonly Step[]
}

/** What people call measures. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  views: 'Page views',
  visitors: 'Visitors',
  events: 'Events',
}

const FIELDS = { views: 'pageViews', visitors: 'visitors', events: 'events' } as const

/** What the chart shows: what was asked for where it is known, else page views, else events. */
export function shownMeasure({ report, view }: Pick<Answer, 'report' | 'view'>): Measure {
  const wanted = [view.chart, 'views', 'events'] as const
  return wanted.find((measure) => report.totals[FIELDS[measure]] !== null) ?? 'views'
}

/** The series of a report, cut into buckets that can be drawn. */
export function planSteps(source: SeriesSource): Steps {
  const { report, view, weekStart, nowMs } = source
  const buckets = planBuckets({
    times: report.series.map(({ time }) => time),
    period: report.period,
    granularity: report.granularity,
    asked: view.granularity,
    weekStart,
  })
  const clock = clockAt(nowMs, report.period.timezone)
  const shown = { ...source, measure: shownMeasure(source), clock, buckets }
  return { ...shown, list: stepsOf(shown) }
}

function stepsOf(shown: Omit<Steps, 'list'>): readonly Step[] {
  const { report, view, buckets, clock, annotations } = shown
  const field = FIELDS[shown.measure]
  const now = report.series.map((point) => point[field])
  const before = report.previousSeries.map((point) => point[field])
  const isDay = report.period.from === report.period.to
  return buckets.list.map((bucket) => ({
    bucket,
    name: bucketWords(bucket, buckets.grain, isDay),
    progress: progressOf(bucket, clock),
    sum: sumOf(bucket, now) ?? 0,
    before: sumOf(bucket, before),
    href: isDay ? null : viewQuery({ ...view, period: bucketPeriod(bucket, buckets.grain) }),
    notes: annotations.filter((one) => isWithin(one, bucket)).map(({ text }) => text),
  }))
}

/** Where bars are hours, on the first one of its day. */
function isWithin({ date }: Annotation, { from, to }: Bucket): boolean {
  return from.includes('T') ? from === `${date}T00:00` : from <= date && date <= to
}

/** `Wed 11 Nov`, `13:00` of a page's only day, `Wed 11 Nov, 13:00`, `Mon 2 Nov – Sun 8 Nov`, `November 2026`. */
export function bucketWords({ from, to }: Bucket, grain: Grain, isDay: boolean): string {
  const hour = from.slice(11, 16)
  if (grain === 'hour') return isDay ? hour : `${dayWords(from.slice(0, 10))}, ${hour}`
  if (grain === 'month') return monthWords(from)
  return from === to ? dayWords(from) : `${dayWords(from)} – ${dayWords(to)}`
}
