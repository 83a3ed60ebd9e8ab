import { LIMITS } from './limits.ts'
import type { Stems } from './stems.ts'
import { STEMS } from './stems.ts'
import type { ValueKind } from './setting-values.ts'
import {
  bytes,
  calendarDay,
  choice,
  flag,
  host,
  integer,
  list,
  listenAddress,
  matching,
  network,
  timezone,
  words,
  wordOr,
} from './setting-values.ts'

/** One counted site. */
export interface SiteSettings {
  /** Host name, lower case: what reports and URLs call it. */
  readonly name: string
  /** Other hosts that count as this site (`www.`, mirrors). */
  readonly aliases: readonly string[]
  /** IANA time zone of its days. */
  readonly timezone: string
  /** Whether anybody may look at its dashboard and badges; absent: no. */
  readonly public?: boolean
  /** Whether anybody may have its badges; absent: only where it is public. */
  readonly badge?: boolean
}

/** What happened on a day, as the owner noted it: it stands on the series. */
export interface Annotation {
  /** A day of the site's calendar: `2026-11-23`. */
  readonly date: string
  readonly text: string
  /** null: it concerns every site. */
  readonly site: string | null
}

/** All settings, parsed and frozen. `SETTINGS` lists them with help and defaults. */
export interface Settings {
  /** `any` counts every host that asks; `unset` does so on loopback addresses only (a trial). */
  readonly sites: readonly SiteSettings[] | 'any' | 'unset'
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Path prefix that a proxy leaves in front: "" or "/stats". */
  readonly basePath: string
  /** Addresses and networks (CIDR) whose forwarding headers are believed. */
  readonly trustProxy: readonly string[]
  /** Request header in which such a proxy names the user it has let in; null: none. */
  readonly trustUserHeader: string | null
  /** Origins whose pages may show public and shared pages in a frame. */
  readonly embed: readonly string[]
  /** First day of the weeks of reports. */
  readonly weekStart: 'monday' | 'sunday' | 'saturday'
  /** By day. */
  readonly annotations: readonly Annotation[]
  /** Zone of sites that name none. */
  readonly timezone: string
  /** Kept request headers: the allow-list, or all but the deny-list. */
  readonly headers: 'allowed' | 'all'
  readonly optOut: 'reduce' | 'count' | 'refuse'
  readonly prerender: 'refuse' | 'count'
  readonly stems: Stems
  /** Names cut from the end of a path: `index.html`. */
  readonly indexFiles: readonly string[]
  /** Query keys of the page that stay in its path. */
  readonly queryKeys: readonly string[]
  /** Trusted request header that names the country; null: look the address up. */
  readonly countryHeader: string | null
  /** The owner's addresses and networks (CIDR), not counted. */
  readonly ignoreAddresses: readonly string[]
  /** Hosts (staging, mirrors) that are known and not counted. */
  readonly ignoreHosts: readonly string[]
  /** Hits a minute that one address may send; 0: no limit. */
  readonly floodPerMinute: number
  readonly diskFreeMinBytes: number
  /** Days raw hits stay after their segment was written and checked. */
  readonly rawDays: number
  /** Days segments stay; 0: for ever. */
  readonly segmentDays: number
  /** Where hits are copied from while serving: `aws:STACK` or `aws:table/NAME`. */
  readonly pull: string | null
  readonly pullSeconds: number
  /** 0: a share of what the table has. */
  readonly unitsPerSecond: number
}

/** One line of the settings table. */
export interface Setting<T> {
  /** Key in headcount.toml; in the environment `HEADCOUNT_` and the same in capitals. */
  readonly key: string
  readonly kind: ValueKind<T>
  readonly fallback: T
  /** One line, for docs/settings.md and messages. */
  readonly help: string
}

function setting<T>(
  key: string,
  kind: ValueKind<T>,
  rest: { fallback: NoInfer<T>; help: string },
): Setting<T> {
  return { key, kind, ...rest }
}

function stemSetting(name: keyof Stems, what: string): Setting<string> {
  return setting(`${name}_stem`, STEM, { fallback: STEMS[name], help: `Name of ${what}` })
}

const FILE_NAME = matching('a file name', /^[^/?#]+$/)
const QUERY_KEY = matching('a query key', /^[^&=#\s]+$/)
const HEADER_NAME = matching('a header name, such as "cf-ipcountry"', /^[\w!#$%&'*+.^`|~-]+$/)
const STEM = matching('lower-case letters, digits, "-" or "_"', /^[a-z\d][a-z\d_-]{0,31}$/)
const PULL_TARGET = matching(
  '"aws:STACK" or "aws:table/NAME"',
  /^aws:(table\/[\w.-]{3,255}|[a-z][a-z\d-]{0,99})$/i,
)
const ORIGIN = matching('an origin, such as "https://blog.example.org"', /^https?:\/\/[a-z\d.-]+(:\d{1,5})?$/)
const BASE_PATH = matching('"" or a path such as "/stats", without "/" at its end', /^(\/[\w.~-]+)*$/)

/** The one list of settings: parser, messages and documentation all read it. */
export const SETTINGS = {
  sites: setting<readonly string[] | 'any' | 'unset'>('sites', wordOr('any', list(host, LIMITS.sitesMax)), {
    fallback: 'unset',
    help: 'Host names to count, or "any"',
  }),
  host: setting('host', listenAddress, { fallback: '127.0.0.1', help: 'Address to listen on' }),
  port: setting('port', integer(0, 65_535), { fallback: 8080, help: 'Port to listen on; 0 is any free one' }),
  basePath: setting('base_path', BASE_PATH, { fallback: '', help: 'Path that a proxy leaves in front' }),
  trustProxy: setting('trust_proxy', list(network, 64), {
    fallback: [],
    help: 'Addresses and networks of proxies whose forwarding headers are believed',
  }),
  trustUserHeader: setting<string | null>('trust_user_header', HEADER_NAME, {
    fallback: null,
    help: 'Request header in which a trusted proxy names the user it let in, such as "Remote-User"',
  }),
  embed: setting('embed', list(ORIGIN, 64), {
    fallback: [],
    help: 'Origins whose pages may show public and shared pages in a frame',
  }),
  timezone: setting<string | null>('timezone', timezone, {
    fallback: null,
    help: 'Time zone of the days of sites that name none; otherwise the machine’s',
  }),
  weekStart: setting('week_start', choice('monday', 'sunday', 'saturday'), {
    fallback: 'monday',
    help: 'First day of the weeks of reports',
  }),
  headers: setting('headers', choice('allowed', 'all'), {
    fallback: 'allowed',
    help: 'Request headers that are kept: those on the list, or all but the private ones',
  }),
  optOut: setting('opt_out', choice('reduce', 'count', 'refuse'), {
    fallback: 'reduce',
    help: 'What becomes of hits whose browser asks not to be tracked',
  }),
  prerender: setting('prerender', choice('refuse', 'count'), {
    fallback: 'refuse',
    help: 'Whether pages that the browser made ready in advance count',
  }),
  indexFiles: setting('index_files', list(FILE_NAME, 16), {
    fallback: ['index.html', 'index.htm'],
    help: 'File names cut from the end of a path',
  }),
  queryKeys: setting('query_keys', list(QUERY_KEY, 32), {
    fallback: [],
    help: 'Keys of the page’s query that stay in its path',
  }),
  countryHeader: setting<string | null>('country_header', HEADER_NAME, {
    fallback: null,
    help: 'Request header of a trusted proxy that names the country',
  }),
  ignoreAddresses: setting('ignore_addresses', list(network, 256), {
    fallback: [],
    help: 'Your own addresses and networks, not counted',
  }),
  ignoreHosts: setting('ignore_hosts', list(host, LIMITS.sitesMax), {
    fallback: [],
    help: 'Hosts that are known and not counted: staging, mirrors',
  }),
  floodPerMinute: setting('flood_per_minute', integer(0, 1_000_000), {
    fallback: 120,
    help: 'Hits a minute that one address may send; 0 is no limit',
  }),
  diskFreeMinBytes: setting('disk_free_min', bytes, {
    fallback: 1_073_741_824,
    help: 'Free disk space below which hits are answered 503',
  }),
  rawDays: setting('raw_days', integer(1, 3_650), {
    fallback: 30,
    help: 'Days raw hits stay after their segment was written and checked',
  }),
  segmentDays: setting('segment_days', integer(0, 36_500), {
    fallback: 0,
    help: 'Days segments stay; 0 is for ever',
  }),
  pull: setting<string | null>('pull', PULL_TARGET, {
    fallback: null,
    help: 'Copy hits from AWS while serving: "aws:STACK" or "aws:table/NAME"',
  }),
  pullSeconds: setting('pull_seconds', integer(1, 3_600), {
    fallback: 5,
    help: 'Seconds between two looks at the table on AWS',
  }),
  unitsPerSecond: setting('units_per_second', integer(0, 40_000), {
    fallback: 0,
    help: 'Read units a second that pulling may take; 0 is a share of what the table has',
  }),
}

/** What the resources are called: keys of the file beside those of `SETTINGS`. */
export const STEM_SETTINGS = {
  view: stemSetting('view', 'the resource that counts a view'),
  visitor: stemSetting('visitor', 'the one that counts a view with its number'),
  number: stemSetting('number', 'the one that carries the number alone'),
  window: stemSetting('window', 'the folder of window classes'),
  event: stemSetting('event', 'the folder of events'),
  ping: stemSetting('ping', 'where pings of links go'),
  csp: stemSetting('csp', 'where reports of a Content-Security-Policy go'),
  badge: stemSetting('badge', 'the badge'),
}

/** Keys of a `[site."NAME"]` table. */
export const SITE_SETTINGS = {
  aliases: setting('aliases', list(host, 64), { fallback: [], help: 'Other hosts that count as this site' }),
  timezone: setting<string | null>('timezone', timezone, { fallback: null, help: 'Time zone of its days' }),
  public: setting('public', flag, { fallback: false, help: 'Whether anybody may look at its dashboard' }),
  badge: setting('badge', flag, { fallback: false, help: 'Whether anybody may have its badges' }),
}

/** Keys of an `[[annotation]]` table. */
export const ANNOTATION_SETTINGS = {
  date: setting<string | null>('date', calendarDay, { fallback: null, help: 'The day' }),
  text: setting<string | null>('text', words(LIMITS.annotationCharactersMax), {
    fallback: null,
    help: 'What happened on it',
  }),
  site: setting<string | null>('site', host, { fallback: null, help: 'The one site that it concerns' }),
}
