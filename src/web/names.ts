import type { Device } from '../browser-names.ts'
import type { Channel } from '../referrer.ts'
import type { ReportColumn } from '../row.ts'
import { COLUMNS } from '../row.ts'
import type { ListName } from '../report/report.ts'

/** What people call the values of a column. */
export interface ColumnName {
  /** `Country`: a column's head, a filter. */
  readonly one: string
  /** `Countries`: a panel's heading. */
  readonly many: string
  /** `country`, `countries`: in a sentence. */
  readonly plural: string
}

/** Names of all that reports list. */
export const COLUMN_NAMES: Readonly<Record<ListName, ColumnName>> = {
  path: name('Page', 'Pages'),
  landing: name('First page', 'Landing pages'),
  referrer: name('Referrer', 'Referrers'),
  channel: name('Referrer group', 'Referrer groups'),
  source: name('Campaign source', 'Campaign sources'),
  medium: name('Campaign medium', 'Campaign media'),
  campaign: name('Campaign', 'Campaigns'),
  country: name('Country', 'Countries'),
  language: name('Language', 'Languages'),
  browser: name('Browser', 'Browsers'),
  browser_version: name('Browser version', 'Browser versions'),
  system: name('System', 'Systems'),
  system_version: name('System version', 'System versions'),
  device: name('Device', 'Devices'),
  window: name('Window size', 'Window sizes'),
  event: name('Event', 'Events'),
  target: name('Event target', 'Event targets'),
}

function name(one: string, many: string): ColumnName {
  return { one, many, plural: many.toLowerCase() }
}

const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  search: 'Search',
  social: 'Social',
  site: 'Sites',
  mail: 'Mail',
  assistant: 'Assistants',
  paid: 'Paid',
  campaign: 'Campaigns',
}

const DEVICE_NAMES: Readonly<Record<Device, string>> = {
  desktop: 'Desktop',
  phone: 'Phone',
  tablet: 'Tablet',
  tv: 'TV',
  console: 'Console',
  watch: 'Watch',
  headset: 'Headset',
}

/** The widths are those of the tag; see tag-parts.ts. */
const WINDOW_NAMES = { s: 'Small, to 599 px', m: 'Medium, to 1,023 px', l: 'Large' }

const EVENT_NAMES = { end: 'Read to the end', outbound: 'Outbound link', download: 'Download' }

const WORDS: ReadonlyMap<ReportColumn, ReadonlyMap<string, string>> = new Map([
  ['channel', new Map(Object.entries(CHANNEL_NAMES))],
  ['device', new Map(Object.entries(DEVICE_NAMES))],
  ['window', new Map(Object.entries(WINDOW_NAMES))],
  ['event', new Map(Object.entries(EVENT_NAMES))],
])

/** Lists whose values have names of their own, so that what somebody looks for is not what is stored. */
export function isNamed(list: ListName): boolean {
  return list === 'country' || list === 'language' || (list !== 'landing' && WORDS.has(list))
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' })
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' })

/** A value as people read it: `DE` is Germany; null is what is missing ("path not sent"). */
export function valueName(column: ReportColumn, value: string | null): string {
  if (value === null) return missingName(column)
  if (column === 'country' && /^[A-Z]{2}$/.test(value)) return COUNTRIES.of(value) ?? value
  if (column === 'language' && /^[a-z]{2,3}(-[A-Z]{2})?$/.test(value)) return LANGUAGES.of(value) ?? value
  return WORDS.get(column)?.get(value) ?? value
}

/**
 * The value that somebody means who typed a name: `germany` is DE. What no name fits is taken as it is, and
 * nothing typed is what is not known.
 */
export function valueOfName(column: ReportColumn, name: string): string {
  const typed = name.trim()
  const wanted = typed.toLowerCase()
  const means = (value: string) => {
    const name = valueName(column, value)
    return [value, name, name.replace(/,.*/, '')].some((word) => word.toLowerCase() === wanted)
  }
  return candidates(column).find(means) ?? typed
}

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))

function candidates(column: ReportColumn): readonly string[] {
  if (column === 'country') return PAIRS.map((pair) => pair.toUpperCase()).filter(isCountry)
  if (column === 'language') return PAIRS
  return [...(WORDS.get(column)?.keys() ?? [])]
}

/** Codes of countries that are no more (DD) mean their successor, and would come before it. */
function isCountry(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code
}

const NULL_NAMES: Readonly<Partial<Record<ReportColumn, string>>> = {
  window: 'size not sent',
  target: 'without a target',
}

function missingName(column: ReportColumn): string {
  const shown = column === 'channel' ? 'referrer' : column
  return NULL_NAMES[column] ?? COLUMNS.find(({ name }) => name === shown)?.nullMeans ?? 'not known'
}
