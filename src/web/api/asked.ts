import { z } from '@hono/zod-openapi'
import { LIMITS } from '../../limits.ts'
import { HITS_FORMATS } from '../../report/hits-format.ts'
import { REPORT_COLUMNS } from '../../row.ts'
import { COMPARISONS, GRANULARITIES, LIST_NAMES } from '../choices.ts'

/** A parameter that may stand in an address more than once. */
function repeatable<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => [value].flat(), z.array(item).max(LIMITS.filterValuesMax)).optional()
}

/** The site of a path. */
export const SITE = z.object({
  site: z.string().min(1).max(255).openapi({ description: 'Host name', example: 'blog.example.org' }),
})

const PERIOD = {
  period: z
    .string()
    .max(64)
    .optional()
    .openapi({
      description:
        'today, yesterday, 7d, 28d (the default), 90d, 12mo, month, year, 2026, 2026-11, 2026-11-23, 2026-11-01..2026-11-15 or all; ' +
        'days of the site’s time zone, both included',
      example: '28d',
    }),
}

/** Filters by column: `country=DE` keeps, `country!=DE` leaves out; several of one column are alternatives. */
const FILTERS: Record<string, ReturnType<typeof repeatable<z.ZodString>>> = Object.fromEntries(
  REPORT_COLUMNS.flatMap((column) => [
    [column, filter(`Only hits with one of these values of ${column}; an empty one is "not known"`)],
    [`${column}!`, filter(`Only hits without any of these values of ${column}`)],
  ]),
)

function filter(description: string) {
  return repeatable(z.string().max(LIMITS.referrerBytesMax)).openapi({ description })
}

const COMPARE = {
  compare: z.enum(COMPARISONS).optional().openapi({
    description: 'Also the same of the period before, or of the same days a year before; none is the default',
  }),
}

const GRANULARITY = {
  granularity: z.enum(GRANULARITIES).optional().openapi({
    description: 'Length of the buckets; auto, the default: hours of a single day, else days',
  }),
}

const LIMIT = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMITS.topRowsMax)
    .optional()
    .openapi({
      description: `Rows of a list; default ${LIMITS.topRowsShown}`,
    }),
}

/** Question of a report. */
export const REPORT_QUERY = z.strictObject({
  ...PERIOD,
  ...COMPARE,
  ...GRANULARITY,
  by: repeatable(z.enum([...LIST_NAMES, ''])).openapi({
    description: 'Lists; absent: the usual nine, empty: none',
  }),
  ...LIMIT,
  ...FILTERS,
})

/** Question of a series. */
export const SERIES_QUERY = z.strictObject({ ...PERIOD, ...COMPARE, ...GRANULARITY, ...FILTERS })

/** Question of one list, page by page. */
export const TOP_QUERY = z.strictObject({
  ...PERIOD,
  by: z.enum(LIST_NAMES).optional().openapi({ description: 'The list; default path' }),
  ...LIMIT,
  search: z.string().max(256).optional().openapi({
    description: 'Only values that contain it, in upper or lower case',
  }),
  cursor: z.string().max(64).optional().openapi({ description: '"next" of the page before' }),
  ...FILTERS,
})

/** Question of a ledger. */
export const LEDGER_QUERY = z.strictObject(PERIOD)

/** Which hits, and how they are written. */
export const HITS_QUERY = z.strictObject({
  ...PERIOD,
  format: z.enum(HITS_FORMATS).optional().openapi({ description: 'ndjson is the default' }),
  ...FILTERS,
})

/** No question at all. */
export const NO_QUERY = z.strictObject({})
