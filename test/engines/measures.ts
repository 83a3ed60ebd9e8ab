import type { TopRow } from '../../src/report/report.ts'
import type { ReportColumn } from '../../src/row.ts'
import type { Said } from './claim.ts'

/** `3 views` */
export function views({ totals }: Said): string {
  return count(totals.pageViews, 'view')
}

/** `1 visitor, 3 views` */
export function visitors(said: Said): string {
  return `${count(said.totals.visitors, 'visitor')}, ${views(said)}`
}

/** The paths of all page views: `/first 1, /second 2`. */
export function paths(said: Said): string {
  return listed(said, 'path', ({ value, pageViews }) => `${value ?? 'not sent'} ${pageViews}`)
}

/** The pages that visitors came to first: `/first`. */
export function landings(said: Said): string {
  const entered = (said.top.path ?? []).filter(({ entries }) => (entries ?? 0) > 0)
  return entered.map(({ value }) => value ?? 'not sent').join(', ') || 'unknown'
}

/** Events by name, and whether they are known to be of the page they happened on: `end 1 on /first`. */
export function events(said: Said): string {
  const write = ({ value, events }: TopRow): string => `${value ?? 'none'} ${events ?? 0}`
  const names = listed(said, 'event', write)
  if (names === 'none') return names
  return `${names} on ${names === listed(said.first, 'event', write) ? '/first' : 'a page not known'}`
}

/** Where clicks led, and from which page: `other.example/page from /first`. */
export function targets(said: Said): string {
  const write = ({ value }: TopRow): string => value ?? 'unknown'
  const places = listed(said, 'target', write)
  if (places === 'none') return places
  return `${places} from ${places === listed(said.first, 'target', write) ? '/first' : 'a page not known'}`
}

/** What is known of where readers came from: `news.test`. */
export function referrers(said: Said): string {
  return listed(said, 'referrer', ({ value }) => value ?? 'unknown')
}

/** Sources of campaigns. */
export function sources(said: Said): string {
  return listed(said, 'source', ({ value }) => value ?? 'unknown')
}

/** Classes of windows. */
export function windows(said: Said): string {
  return listed(said, 'window', ({ value }) => value ?? 'unknown')
}

function listed({ top }: Pick<Said, 'top'>, column: ReportColumn, write: (row: TopRow) => string): string {
  const rows = (top[column] ?? []).map(write)
  return rows.length === 0 ? 'none' : rows.sort().join(', ')
}

function count(number: number | null, thing: string): string {
  if (number === null) return `${thing}s unknown`
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}
