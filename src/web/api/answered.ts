import { z } from '@hono/zod-openapi'
import { VERDICTS } from '../../verdict.ts'
import { LIST_NAMES } from '../choices.ts'

const COUNT = z.int().min(0)
const MAYBE = COUNT.nullable()
const SHARE = z.number().min(0).max(1).nullable()
const DAY = z.string().openapi({ example: '2026-11-23' })
const TIME = z.string().openapi({ example: '2026-11-23' })
const FRESH = z.string().nullable().openapi({
  description: 'Time of the newest hit that was read; null before the first',
  example: '2026-11-23T08:15:02.000Z',
})

const PERIOD = z
  .strictObject({ from: DAY, to: DAY, timezone: z.string().openapi({ example: 'Europe/Warsaw' }) })
  .openapi('Period')

const TOTALS = {
  pageViews: MAYBE,
  visitors: MAYBE,
  visitorsShare: SHARE,
  viewsPerVisitor: z.number().nullable(),
  bounceRate: SHARE,
  events: MAYBE,
}

const POINT = z
  .strictObject({ time: TIME, pageViews: MAYBE, visitors: MAYBE, events: MAYBE })
  .openapi('Point')

const ROW = z
  .strictObject({
    value: z.string().nullable().openapi({ description: 'null: not known' }),
    pageViews: MAYBE,
    visitors: MAYBE,
    entries: MAYBE.optional(),
    events: COUNT.optional(),
    channel: z.string().nullable().optional(),
  })
  .openapi('Row')

const LEDGER = z
  .strictObject({
    received: COUNT,
    counted: COUNT,
    refused: z.partialRecord(z.enum(VERDICTS), MAYBE),
  })
  .openapi('Ledger')

const SERIES = {
  site: z.string(),
  period: PERIOD,
  granularity: z.enum(['hour', 'day', 'week', 'month']),
  series: z.array(POINT),
  previousSeries: z.array(POINT).optional(),
  fresh: FRESH,
}

/** Answer of `/api/v1/sites`. */
export const SITES = z
  .strictObject({
    sites: z.array(
      z.strictObject({
        site: z.string(),
        pageViews: COUNT.openapi({ description: 'Of the last 28 days' }),
        days: z.array(COUNT).openapi({ description: 'Page views of the last 56 days, today last' }),
        firstDay: DAY.nullable(),
        hits: COUNT,
      }),
    ),
  })
  .openapi('Sites')

/** Answer of a site’s `report`. */
export const REPORT = z
  .strictObject({
    ...SERIES,
    totals: z.strictObject(TOTALS),
    previous: z.strictObject({ ...TOTALS, from: DAY, to: DAY }).optional(),
    top: z.partialRecord(z.enum(LIST_NAMES), z.array(ROW)),
    distinct: z.partialRecord(z.enum(LIST_NAMES), COUNT),
    reading: z.strictObject({ ends: COUNT, views: COUNT, unsure: COUNT }).nullable(),
    hours: z.array(z.array(COUNT).length(24)).length(7).openapi({
      description: 'Page views by weekday, Monday first, and hour',
    }),
    ledger: LEDGER,
    read: z
      .strictObject({ segments: COUNT, tailHits: COUNT, rollups: z.boolean(), ms: z.number() })
      .openapi({ description: 'Where the answer came from, and how long that took' }),
  })
  .openapi('Report', { description: 'A number that is not known is null, never 0.' })

/** Answer of a site’s `series`. */
export const SERIES_ANSWER = z.strictObject(SERIES).openapi('Series')

/** Answer of a site’s `top`. */
export const TOP_ANSWER = z
  .strictObject({
    site: z.string(),
    period: PERIOD,
    by: z.enum(LIST_NAMES),
    rows: z.array(ROW),
    distinct: COUNT.openapi({ description: 'Values in all; with "search", those that match' }),
    next: z.string().nullable().openapi({ description: '"cursor" of the next page; null after the last' }),
    fresh: FRESH,
  })
  .openapi('Top')

/** Answer of a ledger. */
export const LEDGER_ANSWER = z
  .strictObject({
    site: z.string().nullable(),
    period: PERIOD,
    ledger: LEDGER,
    days: z.array(
      z.strictObject({
        day: DAY,
        counted: COUNT,
        refused: COUNT,
        byVerdict: z.partialRecord(z.enum(VERDICTS), COUNT),
      }),
    ),
    bots: z.array(z.strictObject({ name: z.string(), hits: COUNT, ai: z.boolean() })),
    fresh: FRESH,
  })
  .openapi('LedgerReport')
