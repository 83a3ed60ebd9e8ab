import type { Measure } from '../segment/measures.ts'
import type { Sources } from './library.ts'
import type { ListName } from './report.ts'
import type { Sql } from './sql.ts'
import type { Subject } from './subject.ts'

/** A question about one site, as far as SQL is concerned. */
export interface SumsQuestion {
  readonly sources: Sources
  /** Which rows of segments and tail are meant, and which of roll-ups. */
  readonly rows: Sql
  readonly rollupRows: Sql
  /** Whether referrals are among them, so that their mirrors (mirror.ts) are, too. */
  readonly mirrored: boolean
  /** Hour of the wall clock of a row, as of `hourAt`. */
  readonly hour: Sql
  /** The first hour of the bucket that an `hour` is summed in. */
  readonly bucket: Sql
  /** Only the sums of buckets are wanted. */
  readonly brief: boolean
  /** What hours of the week are counted by. */
  readonly weekly: Subject
  readonly lists: readonly AskedList[]
  /** The rows that are shown of each list. */
  readonly offset: number
  readonly limit: number
  /** What their values contain, in upper or lower case; empty: anything. */
  readonly search: string
  /** Whether a page's end was reported, by its `value` and its `ends`; null: reading to the end is not asked for. */
  readonly isEnding: Sql | null
}

/** A list and what it counts. */
export interface AskedList {
  readonly list: ListName
  readonly subject: Subject
}

/** Page views, those that referrals moved here among them. */
export const ALL_VIEWS: Sql = 'page_views + moved_views'

/** Measures, added up under their names. */
export function sumsOf(measures: readonly Measure[]): Sql {
  return measures.map((measure) => `sum(${measure}) AS ${measure}`).join(', ')
}

/** Rows of all parts that there are. */
export function unionOf(...parts: readonly (Sql | null)[]): Sql {
  return parts.filter((part) => part !== null).join(' UNION ALL BY NAME ')
}

/** Whether rows are read one by one at all. */
export function isScanned({ scanned, tail }: Sources): boolean {
  return tail || scanned.length > 0
}
