import type { Comparison, Filter } from '../report/report.ts'
import type { ReportColumn } from '../row.ts'
import { REPORT_COLUMNS } from '../row.ts'
import type { PanelId } from './panels.ts'
import { PANELS } from './panels.ts'
import type { Parameter } from './query.ts'
import { filterParameters, queryText, readChoice, readFilters, readOne, refuseUnknown } from './query.ts'

const COMPARISONS = ['previous', 'year', 'none'] as const satisfies readonly Comparison[]
const MEASURES = ['views', 'visitors'] as const

/** What the chart draws. */
export type Measure = (typeof MEASURES)[number]

/** All state of a page of reports; its address says the same (`viewQuery`). */
export interface View {
  /** The words of a person; see period.ts. */
  readonly period: string
  readonly compare: Comparison
  readonly chart: Measure
  readonly filters: readonly Filter[]
  /** The tab of each panel that does not show its first one. */
  readonly tabs: Readonly<Partial<Record<PanelId, ReportColumn>>>
  /** The one column that the page lists at length, or null for the overview. */
  readonly show: ReportColumn | null
}

/** What an address without parameters shows. */
export const FIRST_VIEW: View = {
  period: '28d',
  compare: 'previous',
  chart: 'views',
  filters: [],
  tabs: {},
  show: null,
}

const PARAMETERS = ['period', 'compare', 'chart', 'show', ...PANELS.map(({ id }) => id)]

/** @throws {AppError} QUESTION_INVALID naming the parameter, what it is and what was expected */
export function parseView(query: URLSearchParams): View {
  refuseUnknown(query, PARAMETERS)
  return {
    period: readOne(query, 'period') ?? FIRST_VIEW.period,
    compare: readChoice(query, 'compare', { known: COMPARISONS, fallback: FIRST_VIEW.compare }),
    chart: readChoice(query, 'chart', { known: MEASURES, fallback: FIRST_VIEW.chart }),
    filters: readFilters(query),
    tabs: readTabs(query),
    show: readChoice(query, 'show', { known: REPORT_COLUMNS, fallback: null }),
  }
}

function readTabs(query: URLSearchParams): View['tabs'] {
  const tabs: Partial<Record<PanelId, ReportColumn>> = {}
  for (const { id, tabs: known } of PANELS) {
    const column = readChoice(query, id, { known: known.map((tab) => tab.column), fallback: null })
    if (column !== null) tabs[id] = column
  }
  return tabs
}

/** The shortest query that `parseView` reads as this view, "?" included. */
export function viewQuery(view: View): string {
  return queryText(viewParameters(view))
}

/** What the address of a view says, for links and for the hidden fields of forms: what is as at first is left out. */
export function viewParameters(view: View): readonly Parameter[] {
  const words = (['period', 'compare', 'chart'] as const)
    .filter((name) => view[name] !== FIRST_VIEW[name])
    .map((name): Parameter => [name, view[name]])
  const show: readonly Parameter[] = view.show === null ? [] : [['show', view.show]]
  return [...words, ...filterParameters(view.filters), ...Object.entries(view.tabs), ...show]
}

/** The view with one filter more; another on the same column gives way to it. */
export function withFilter(view: View, filter: Filter): View {
  return { ...view, filters: [...withoutFilter(view, filter.column).filters, filter] }
}

/** The view without the filter on a column. */
export function withoutFilter(view: View, column: ReportColumn): View {
  return { ...view, filters: view.filters.filter((filter) => filter.column !== column) }
}
