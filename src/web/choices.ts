import type { Comparison, Granularity, ListName } from '../report/report.ts'
import { REPORT_COLUMNS } from '../row.ts'

/** What a period can be compared with, in the words of addresses. */
export const COMPARISONS = ['previous', 'year', 'none'] as const satisfies readonly Comparison[]

/** How long the buckets of a series can be. */
export const GRANULARITIES = [
  'auto',
  'hour',
  'day',
  'week',
  'month',
] as const satisfies readonly Granularity[]

/** What can be listed. */
export const LIST_NAMES = [...REPORT_COLUMNS, 'landing'] as const satisfies readonly ListName[]
