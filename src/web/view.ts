import type { Comparison, Filter, Granularity, ListName } from '../report/report.ts'
import type { ReportColumn } from '../row.ts'
import { COMPARISONS, GRANULARITIES, LIST_NAMES } from './choices.ts'
import type { PanelId, TabName } from './panels.ts'
import { PANELS } from './panels.ts'
import type { Parameter } from './query.ts'
import {
  filterParameters,
  queryText,
  readChoice,
  readFilters,
  readOne,
  readWhole,
  refuseUnknown,
} from './query.ts'

const MEASURES = ['views', 'visitors', 'events'] as const
const LOOKS = ['pictures', 'table'] as const
/** Rows of a list that a page may leave out before its first one. */
const OFFSET_MAX = 10_000_000

/** What the chart draws. */
export type Measure = (typeof MEASURES)[number]

/** All state of a page of reports; its address says the same (`viewQuery`). */
export interface View {
  /** The words of a person; see period.ts. */
  readonly period: string
  readonly compare: Comparison
  readonly granularity: Granularity
  readonly chart: Measure
  /** Whether the numbers of pictures are drawn, or stand in tables instead. */
  readonly view: (typeof LOOKS)[number]
  readonly filters: readonly Filter[]
  /** The tab of each panel that does not show its first one. */
  readonly tabs: Readonly<Partial<Record<PanelId, TabName>>>
  /** The one list that the page shows at length, or null for the overview. */
  readonly show: ListName | null
  /** Of that list: what its values must contain; empty for all. */
  readonly search: string
  /** Of that list: rows before the first one shown. */
  readonly offset: number
}

/** What an address without parameters shows. */
export const FIRST_VIEW: View = {
  period: '28d',
  compare: 'previous',
  granularity: 'auto',
  chart: 'views',
  view: 'pictures',
  filters: [],
  tabs: {},
  show: null,
  search: '',
  offset: 0,
}

const WORDS = ['period', 'compare', 'granularity', 'chart', 'view'] as const
const PARAMETERS = [...WORDS, 'show', 'search', 'offset', ...PANELS.map(({ id }) => id)]

/** @throws {AppError} QUESTION_INVALID naming the parameter, what it is and what was expected */
export function parseView(query: URLSearchParams): View {
  refuseUnknown(query, PARAMETERS)
  const choose = <T extends string>(name: keyof View, known: readonly T[], fallback: T) =>
    readChoice(query, name, { known, fallback })
  return {
    period: readOne(query, 'period') ?? FIRST_VIEW.period,
    compare: choose('compare', COMPARISONS, FIRST_VIEW.compare),
    granularity: choose('granularity', GRANULARITIES, FIRST_VIEW.granularity),
    chart: choose('chart', MEASURES, FIRST_VIEW.chart),
    view: choose('view', LOOKS, FIRST_VIEW.view),
    filters: readFilters(query),
    tabs: readTabs(query),
    show: readChoice(query, 'show', { known: LIST_NAMES, fallback: null }),
    search: readOne(query, 'search') ?? FIRST_VIEW.search,
    offset: readWhole(query, 'offset', { min: 0, max: OFFSET_MAX }) ?? FIRST_VIEW.offset,
  }
}

function readTabs(query: URLSearchParams): View['tabs'] {
  const tabs: Partial<Record<PanelId, TabName>> = {}
  for (const { id, tabs: known } of PANELS) {
    const name = readChoice(query, id, { known: known.map((tab) => tab.name), fallback: null })
    if (name !== null) tabs[id] = name
  }
  return tabs
}

/** The shortest query that `parseView` reads as this view, "?" included. */
export function viewQuery(view: View): string {
  return queryText(viewParameters(view))
}

/** What the address of a view says, for links and for the hidden fields of forms: what is as at first is left out. */
export function viewParameters(view: View): readonly Parameter[] {
  const { show, search, offset } = view
  const words = WORDS.filter((name) => view[name] !== FIRST_VIEW[name])
  return [
    ...words.map((name): Parameter => [name, view[name]]),
    ...filterParameters(view.filters),
    ...Object.entries(view.tabs),
    ...(show === null ? [] : [['show', show] as const]),
    ...(search === '' ? [] : [['search', search] as const]),
    ...(offset === 0 ? [] : [['offset', String(offset)] as const]),
  ]
}

/** The overview with the period and filters of a view, whatever list that shows at length. */
export function overviewOf(view: View): View {
  return { ...view, show: null, search: '', offset: 0 }
}

/** The view with the list that it shows at its first row: where what is listed changes. */
export function fromStart(view: View): View {
  return { ...view, offset: 0 }
}

/** The view with one filter more; another on the same column gives way to it. */
export function withFilter(view: View, filter: Filter): View {
  return { ...view, filters: [...withoutFilter(view, filter.column).filters, filter] }
}

/** The view without the filter on a column. */
export function withoutFilter(view: View, column: ReportColumn): View {
  return { ...view, filters: view.filters.filter((filter) => filter.column !== column) }
}

/** The one value that a filter keeps of a column; undefined where there is none, or more than one. */
export function chosenValue(view: View, column: ReportColumn): string | null | undefined {
  const filter = view.filters.find((one) => one.column === column)
  const single = filter !== undefined && !filter.exclude && filter.values.length === 1
  return single ? filter.values[0] : undefined
}
