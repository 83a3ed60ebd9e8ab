import type { Kind } from './hit.ts'
import type { Scripts } from './scripts.ts'
import type { Verdict } from './verdict.ts'

/** One derived hit: a row of a segment. Field names are the column names of `COLUMNS`. */
export interface Row {
  /** Milliseconds since the Unix epoch, UTC. */
  readonly time: number
  readonly site: string | null
  readonly kind: Kind
  readonly count: number
  readonly path: string | null
  readonly referrer: string | null
  readonly channel: string | null
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
  readonly country: string | null
  readonly language: string | null
  readonly browser: string | null
  readonly browser_version: string | null
  readonly system: string | null
  readonly system_version: string | null
  readonly device: string | null
  readonly window: string | null
  readonly event: string | null
  readonly target: string | null
  readonly view_number: number | null
  readonly verdict: Verdict
  readonly bot: string | null
  readonly scripts: Scripts
}

export type ColumnName = keyof Row

export interface Column {
  readonly name: ColumnName
  readonly type: 'timestamp' | 'string' | 'integer'
  /** What null says; absent where the column is never null. */
  readonly nullMeans?: string
  /** Version of `derive` that first filled it; in segments by an older one it is null, or absent. */
  readonly since: 1 | 2
}

/** The one schema of segments, in file order. `docs/columns.md` has one heading for each (tested). */
export const COLUMNS: readonly Column[] = [
  { name: 'time', type: 'timestamp', since: 1 },
  { name: 'site', type: 'string', nullMeans: 'the request named no known site', since: 1 },
  { name: 'kind', type: 'string', since: 1 },
  { name: 'count', type: 'integer', since: 1 },
  { name: 'path', type: 'string', nullMeans: 'path not sent', since: 1 },
  { name: 'referrer', type: 'string', nullMeans: 'referrer not sent', since: 1 },
  { name: 'channel', type: 'string', nullMeans: 'direct, or referrer not sent', since: 1 },
  { name: 'source', type: 'string', nullMeans: 'no campaign source in the page’s address', since: 1 },
  { name: 'medium', type: 'string', nullMeans: 'no campaign medium in the page’s address', since: 1 },
  { name: 'campaign', type: 'string', nullMeans: 'no campaign in the page’s address', since: 1 },
  { name: 'country', type: 'string', nullMeans: 'country unknown', since: 1 },
  { name: 'language', type: 'string', nullMeans: 'language not sent', since: 1 },
  { name: 'browser', type: 'string', nullMeans: 'browser unknown', since: 1 },
  { name: 'browser_version', type: 'string', nullMeans: 'version unknown', since: 1 },
  { name: 'system', type: 'string', nullMeans: 'system unknown', since: 1 },
  { name: 'system_version', type: 'string', nullMeans: 'version unknown', since: 1 },
  { name: 'device', type: 'string', nullMeans: 'device unknown', since: 1 },
  { name: 'window', type: 'string', nullMeans: 'not a window hit', since: 1 },
  { name: 'event', type: 'string', nullMeans: 'not an event', since: 1 },
  { name: 'target', type: 'string', nullMeans: 'the event has no target', since: 1 },
  { name: 'view_number', type: 'integer', nullMeans: 'view number not known', since: 1 },
  { name: 'verdict', type: 'string', since: 1 },
  { name: 'bot', type: 'string', nullMeans: 'not a bot', since: 1 },
  { name: 'scripts', type: 'string', nullMeans: 'the browser does not tell', since: 2 },
]

/**
 * Columns whose values reports list (top lists, filters) and roll-ups sum.
 * Those of `REFUSAL_COLUMNS` are summed over all hits, the others over counted hits.
 */
export const REPORT_COLUMNS = [
  'path',
  'referrer',
  'channel',
  'source',
  'medium',
  'campaign',
  'country',
  'language',
  'browser',
  'browser_version',
  'system',
  'system_version',
  'device',
  'window',
  'event',
  'target',
] as const satisfies readonly ColumnName[]

export type ReportColumn = (typeof REPORT_COLUMNS)[number]
