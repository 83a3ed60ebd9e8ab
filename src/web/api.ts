import type { Context } from 'hono'
import { LIMITS } from '../limits.ts'
import type { Comparison, Question, Report } from '../report/report.ts'
import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import type { Handler } from './access.ts'
import type { WebDeps } from './deps.ts'
import { oneOf, readChoice, readFilters, readOne, refusal, refuseUnknown } from './query.ts'
import type { SiteList } from './site-list.ts'
import { findSite } from './site-list.ts'
import { FIRST_VIEW } from './view.ts'

const COMPARISONS = ['previous', 'year', 'none'] as const satisfies readonly Comparison[]

/** What a report lists unless `by` says otherwise. */
const LISTED: readonly ReportColumn[] = [
  'path',
  'referrer',
  'channel',
  'campaign',
  'country',
  'language',
  'browser',
  'system',
  'device',
]

/** The JSON API. */
export interface Api {
  readonly sites: Handler
  readonly report: Handler
}

/** The API over one set of deps. */
export function createApi(deps: WebDeps, siteList: SiteList): Api {
  return {
    sites: async (context) => {
      refuseUnknownIn(context, [])
      return context.json({ sites: await siteList.read() })
    },
    report: async (context) => {
      const query = refuseUnknownIn(context, ['period', 'compare', 'by', 'limit'])
      const name = context.req.param('site') ?? ''
      const { site } = findSite(name, await siteList.readFor(name), deps)
      return context.json(reportJson(await deps.ask(parseQuestion(site, query))))
    },
  }
}

function refuseUnknownIn(context: Context, known: readonly string[]): URLSearchParams {
  const query = new URL(context.req.url).searchParams
  refuseUnknown(query, known)
  return query
}

/**
 * The question of an address: `period`, `compare`, `by` (repeatable; `by=` for no lists), `limit`, and filters
 * as in the dashboard (`country=DE`).
 *
 * @throws {AppError} QUESTION_INVALID naming the parameter
 */
export function parseQuestion(site: string, query: URLSearchParams): Question {
  return {
    site,
    period: readOne(query, 'period') ?? FIRST_VIEW.period,
    compare: readChoice(query, 'compare', { known: COMPARISONS, fallback: 'none' }),
    filters: readFilters(query),
    by: readColumns(query.getAll('by')),
    limit: readLimit(readOne(query, 'limit')),
  }
}

function readColumns(names: readonly string[]): readonly ReportColumn[] {
  if (names.length === 0) return LISTED
  const columns = names.filter((name) => name !== '').map((name) => oneOf(name, REPORT_COLUMNS, 'by'))
  return [...new Set(columns)]
}

function readLimit(text: string | null): number {
  if (text === null) return LIMITS.topRowsShown
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= LIMITS.topRowsMax) return limit
  throw refusal(`"limit" is "${text}", expected a whole number from 1 to ${LIMITS.topRowsMax}`)
}

/** A report as JSON: what compares is there only where something was compared. */
export function reportJson({ previous, previousSeries, ...report }: Report): object {
  return previous === null ? report : { ...report, previous, previousSeries }
}
