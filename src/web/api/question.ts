import { LIMITS } from '../../limits.ts'
import type { ListName, Question, Report } from '../../report/report.ts'
import { COMPARISONS, GRANULARITIES, LIST_NAMES } from '../choices.ts'
import { oneOf, readChoice, readFilters, readOne, readWhole } from '../query.ts'
import { FIRST_VIEW } from '../view.ts'

/** What a report lists unless `by` says otherwise. */
const LISTED: readonly ListName[] = [
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

/**
 * The question of an address: `period`, `compare`, `granularity`, `by` (repeatable; `by=` for no lists), `limit`, `search`,
 * and filters as in the dashboard (`country=DE`).
 *
 * @throws {AppError} QUESTION_INVALID naming the parameter
 */
export function parseQuestion(site: string, query: URLSearchParams): Question {
  return {
    site,
    period: readOne(query, 'period') ?? FIRST_VIEW.period,
    compare: readChoice(query, 'compare', { known: COMPARISONS, fallback: 'none' }),
    granularity: readChoice(query, 'granularity', { known: GRANULARITIES, fallback: 'auto' }),
    filters: readFilters(query),
    by: readLists(query.getAll('by')),
    limit: readWhole(query, 'limit', { min: 1, max: LIMITS.topRowsMax }) ?? LIMITS.topRowsShown,
    search: readOne(query, 'search') ?? '',
  }
}

function readLists(names: readonly string[]): readonly ListName[] {
  if (names.length === 0) return LISTED
  const lists = names.filter((name) => name !== '').map((name) => oneOf(name, LIST_NAMES, 'by'))
  return [...new Set(lists)]
}

/** A report as JSON: what compares is there only where something was compared. */
export function reportJson({ previous, previousSeries, ...report }: Report): object {
  return previous === null ? report : { ...report, previous, previousSeries }
}
