import type { Kind } from '../hit.ts'
import type { ReportColumn } from '../row.ts'
import type { Measure } from '../segment/measures.ts'
import { kindsWith } from '../segment/carried.ts'
import type { Filter, ListName } from './report.ts'

/** What is counted: page views wherever the columns in play allow it. */
export type Subject = 'view' | 'event' | 'window'

/** The column that a list is of. */
export function columnOf(list: ListName): ReportColumn {
  return list === 'landing' ? 'path' : list
}

/** Kinds of hits that filters can tell apart: others neither pass them nor fail. */
export function kindsLeft(filters: readonly Filter[]): ReadonlySet<Kind> {
  return kindsWith(filters.map(({ column }) => column))
}

/** What totals and series count under filters; null where nothing carries all their columns. */
export function subjectOf(filters: readonly Filter[]): Subject | null {
  return firstOf(['view', 'event', 'window'], kindsLeft(filters))
}

/** What a list counts under filters; null where no hit could be in it. */
export function listSubject(list: ListName, filters: readonly Filter[]): Subject | null {
  const kinds = kindsWith([columnOf(list), ...filters.map(({ column }) => column)])
  return firstOf(list === 'landing' ? ['view'] : ['view', 'event', 'window'], kinds)
}

/** Whether `number` hits carry the column, so that they say which readers a value had. */
export function hasNumbers(column: ReportColumn): boolean {
  return kindsWith([column]).has('number')
}

/** What a list is ordered by, most first; page views decide between equals. */
export function rankOf(list: ListName, subject: Subject): Measure {
  if (subject === 'event') return 'events'
  if (subject === 'window') return 'windows'
  if (list === 'path') return 'page_views'
  return hasNumbers(columnOf(list)) ? 'visitors' : 'entries'
}

function firstOf(wanted: readonly Subject[], kinds: ReadonlySet<Kind>): Subject | null {
  return wanted.find((kind) => kinds.has(kind)) ?? null
}
