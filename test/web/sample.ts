import { Readable } from 'node:stream'
import type {
  LedgerReport,
  ListName,
  NowReport,
  Question,
  Report,
  SeriesPoint,
  SiteSummary,
  Top,
  TopRow,
  Totals,
} from '../../src/report/report.ts'
import type { SiteSettings } from '../../src/settings.ts'
import { STEMS } from '../../src/stems.ts'
import type { Auth } from '../../src/web/auth.ts'
import { dayAfter, daysBetween } from '../../src/web/days.ts'
import type { WebDeps } from '../../src/web/deps.ts'

/** 14:35:07 in Berlin. */
export const NOW_MS = Date.parse('2026-11-23T13:35:07Z')
export const LINK_KEY = 'k3y-0f-the-printed-link'

const ZONE = 'Europe/Berlin'
const FRESH = '2026-11-23T13:35:04Z'
/** Page views by weekday, Monday first; a news site linked here on 11 November. */
const BY_WEEKDAY = [1500, 1560, 1520, 1430, 1330, 1060, 1140]
const BY_HOUR = [1, 1, 1, 1, 2, 3, 5, 9, 14, 20, 22, 25, 27, 27, 25, 22, 18, 14, 15, 18, 20, 19, 13, 8]

/** A report over `from` to `to` as the reporter would make it of a small blog, the same every time. */
export function sampleReport(days: { from: string; to: string }, change: Partial<Report> = {}): Report {
  const series = seriesOf(days)
  const length = daysBetween(days.from, days.to)
  const before = { from: dayAfter(days.from, -length), to: dayAfter(days.to, -length) }
  const pageViews = sum(series.map((point) => point.pageViews))
  const top = topOf(pageViews)
  return {
    site: 'blog.example.org',
    period: { ...days, timezone: ZONE },
    totals: totalsOf(pageViews),
    previous: { ...totalsOf(Math.round(pageViews / 1.12)), ...before },
    series,
    previousSeries: seriesOf(before),
    top: Object.fromEntries(Object.entries(top).map(([column, { rows }]) => [column, rows])),
    distinct: Object.fromEntries(Object.entries(top).map(([column, { distinct }]) => [column, distinct])),
    granularity: length === 1 ? 'hour' : 'day',
    reading: null,
    hours: BY_WEEKDAY.map((views) => BY_HOUR.map((share) => Math.round((views * 4 * share) / 330))),
    ledger: {
      received: Math.round(pageViews * 1.1),
      counted: pageViews,
      refused: { bot: Math.round(pageViews * 0.1) },
    },
    fresh: FRESH,
    read: { segments: 29, tailHits: 213, rollups: true, ms: 38.4 },
    ...change,
  }
}

/** With page views that are known. */
type Seen<T> = T & { readonly pageViews: number }

function seriesOf({ from, to }: { from: string; to: string }): readonly Seen<SeriesPoint>[] {
  const days = Array.from({ length: daysBetween(from, to) }, (_, index) => dayAfter(from, index))
  const begun = days.filter((day) => day <= '2026-11-23')
  return begun.map((time) => ({ time, pageViews: viewsOf(time), visitors: null, events: 0 }))
}

function viewsOf(day: string): number {
  if (day === '2026-11-11') return 3620
  if (day === '2026-11-12') return 2655
  const number = Date.parse(day) / 86_400_000
  const views = (BY_WEEKDAY[(number + 3) % 7] ?? 0) + ((number * 37) % 180) - 90
  return day === '2026-11-23' ? Math.round(views * 0.57) : views
}

function totalsOf(pageViews: number): Seen<Totals> {
  return {
    pageViews,
    visitors: null,
    visitorsShare: null,
    viewsPerVisitor: null,
    bounceRate: null,
    events: 0,
  }
}

/** Numbers as they were with 41,287 page views. */
function topOf(pageViews: number): Partial<Record<ListName, Top>> {
  const scale = pageViews / 41_287
  const rows = (
    counts: readonly (readonly [value: string | null, count: number, channel?: string | null])[],
  ): TopRow[] =>
    counts.map(([value, count, channel]) => ({
      value,
      pageViews: Math.round(count * scale),
      visitors: null,
      ...(channel === undefined ? {} : { channel }),
    }))
  return {
    path: {
      distinct: 214,
      rows: rows([
        ['/', 6204],
        ['/2026/the-web-without-scripts/', 5871],
        ['/2026/a-year-of-postgres-on-one-machine/', 3942],
        ['/notes/', 2817],
        ['/2025/how-dns-really-works/', 2466],
        ['/2026/small-tables-large-answers/', 2103],
        ['/about/', 1688],
        ['/2024/sourdough-for-engineers/', 1540],
        [null, 1402],
        ['/archive/', 1322],
        ['/2026/reading-a-flame-graph/', 1187],
        ['/notes/css-nesting/', 974],
        ['/2025/what-a-cache-knows/', 902],
      ]),
    },
    landing: {
      distinct: 88,
      rows: [
        { value: '/2026/the-web-without-scripts/', pageViews: 3120, visitors: null, entries: null },
        { value: '/', pageViews: 2204, visitors: null, entries: null },
      ],
    },
    event: {
      distinct: 3,
      rows: times([
        ['end', 2911],
        ['outbound', 318],
        ['subscribe', 142],
      ]),
    },
    target: {
      distinct: 2,
      rows: times([
        ['en.wikipedia.org/wiki/Sourdough', 211],
        [null, 3160],
      ]),
    },
    window: {
      distinct: 3,
      rows: times([
        ['l', 19_204],
        ['s', 12_981],
        ['m', 3377],
      ]),
    },
    channel: {
      distinct: 6,
      rows: rows([
        [null, 13104],
        ['search', 13982],
        ['social', 8548],
        ['site', 3687],
        ['mail', 1118],
        ['assistant', 848],
      ]),
    },
    referrer: {
      distinct: 96,
      rows: rows([
        [null, 13104, null],
        ['google.com', 9852, 'search'],
        ['news.ycombinator.com', 4407, 'social'],
        ['duckduckgo.com', 2533, 'search'],
        ['mastodon.social', 1990, 'social'],
        ['bing.com', 1088, 'search'],
        ['ecosia.org', 302, 'search'],
        ['weekly.example.com', 878, 'site'],
        ['lists.example.net', 581, 'site'],
        ['mail.example.com', 402, 'mail'],
        ['chatgpt.com', 611, 'assistant'],
      ]),
    },
    country: {
      distinct: 71,
      rows: rows([
        ['DE', 11381],
        ['US', 9784],
        ['GB', 3280],
        ['FR', 2411],
        ['NL', 1907],
        ['AT', 1662],
        ['CH', 1533],
        ['CA', 1284],
        ['IN', 1182],
        [null, 867],
        ['SE', 869],
        ['PL', 747],
        ['JP', 627],
      ]),
    },
    language: {
      distinct: 3,
      rows: rows([
        ['en', 22000],
        ['de', 14000],
        [null, 800],
      ]),
    },
    browser: {
      distinct: 9,
      rows: rows([
        ['Chrome', 17263],
        ['Safari', 10520],
        ['Firefox', 7430],
        ['Edge', 2645],
        ['Samsung Internet', 1061],
        ['Opera', 467],
        ['DuckDuckGo', 373],
        [null, 339],
      ]),
    },
    system: {
      distinct: 4,
      rows: rows([
        ['Windows', 15000],
        ['macOS', 9000],
        ['Android', 8000],
        ['iOS', 7800],
      ]),
    },
    device: {
      distinct: 4,
      rows: rows([
        ['desktop', 23819],
        ['phone', 15734],
        ['tablet', 1337],
        [null, 397],
      ]),
    },
    campaign: {
      distinct: 6,
      rows: rows([
        [null, 38038],
        ['newsletter-47', 1337],
        ['newsletter-46', 847],
        ['mastodon-pin', 446],
        ['podcast-12', 321],
        ['talk-slides', 210],
        ['print-flyer', 90],
      ]),
    },
    source: {
      distinct: 2,
      rows: rows([
        ['newsletter', 2100],
        ['mastodon', 446],
      ]),
    },
    medium: { distinct: 1, rows: rows([['email', 2100]]) },
  }
}

/** Rows of what page views do not carry. */
function times(counts: readonly (readonly [value: string | null, events: number])[]): TopRow[] {
  return counts.map(([value, events]) => ({ value, pageViews: null, visitors: null, events }))
}

/** The last hour: a view each minute, and a second one every fifth. */
export function sampleHour(site: string): NowReport {
  const minutes = Array.from({ length: 60 }, (_, index) => ({
    time: new Date(NOW_MS + 3_600_000 + (index - 59) * 60_000).toISOString().slice(0, 16),
    pageViews: index % 5 === 0 ? 2 : 1,
  }))
  const pages = [
    { value: '/', pageViews: 40 },
    { value: '/about/', pageViews: 30 },
    { value: null, pageViews: 2 },
  ]
  return { site, timezone: ZONE, minutes, pages, fresh: FRESH }
}

/** The same report of a site whose tag tells the first view of a reader from later ones. */
export function readers(report: Report): Report {
  const share = (pageViews: number) => Math.round(pageViews / 2.18)
  const point = <T extends { readonly pageViews: number | null }>(one: T) => ({
    ...one,
    visitors: share(one.pageViews ?? 0),
  })
  const { totals, previous, series, previousSeries, top } = report
  const row = (one: TopRow) => ({
    ...point(one),
    ...(one.entries === undefined ? {} : { entries: share(one.pageViews ?? 0) }),
  })
  return {
    ...report,
    totals: { ...point(totals), visitorsShare: 1, viewsPerVisitor: 2.18, bounceRate: 0.61 },
    previous:
      previous === null
        ? null
        : { ...point(previous), visitorsShare: 1, viewsPerVisitor: 2.13, bounceRate: 0.63 },
    series: series.map(point),
    previousSeries: previousSeries.map(point),
    top: Object.fromEntries(Object.entries(top).map(([column, rows]) => [column, rows.map(row)])),
  }
}

/** A ledger over 28 days. */
export function sampleLedger(site: string | null, change: Partial<LedgerReport> = {}): LedgerReport {
  const days = seriesOf({ from: '2026-10-27', to: '2026-11-23' }).map(({ time, pageViews }, index) => {
    const unknown = site === null ? 8 + (index % 3) : 0
    const byVerdict = {
      counted: pageViews,
      bot: 250 + ((index * 53) % 90),
      prefetch: Math.round(pageViews / 60),
      prerender: Math.round(pageViews / 240),
      ...(unknown > 0 ? { 'unknown-site': unknown } : {}),
      ...(index === 12 ? { flood: 588 } : {}),
    }
    return { day: time, counted: pageViews, refused: sum(Object.values(byVerdict)) - pageViews, byVerdict }
  })
  const counted = sum(days.map((day) => day.counted))
  const of = (verdict: 'bot' | 'prefetch' | 'prerender' | 'unknown-site' | 'flood') =>
    sum(days.map((day) => day.byVerdict[verdict] ?? 0))
  const refused = {
    bot: of('bot'),
    prefetch: of('prefetch'),
    prerender: of('prerender'),
    flood: of('flood'),
    ...(site === null ? { 'unknown-site': of('unknown-site') } : {}),
  }
  return {
    site,
    period: { from: '2026-10-27', to: '2026-11-23', timezone: ZONE },
    ledger: { received: counted + sum(Object.values(refused)), counted, refused },
    days,
    bots: [
      { name: 'Googlebot', hits: 2204, ai: false },
      { name: 'GPTBot', hits: 1311, ai: true },
      { name: 'ClaudeBot', hits: 1102, ai: true },
      { name: 'bingbot', hits: 904, ai: false },
      { name: 'UptimeRobot', hits: 720, ai: false },
      { name: 'AhrefsBot', hits: 611, ai: false },
      { name: 'Bytespider', hits: 410, ai: true },
      { name: 'curl', hits: 110, ai: false },
    ],
    fresh: FRESH,
    ...change,
  }
}

/** A ledger of nothing but refusals. */
export function emptyLedger(site: string | null): LedgerReport {
  return sampleLedger(site, {
    ledger: { received: 3, counted: 0, refused: { bot: 2, prefetch: 1 } },
    days: [],
    bots: [{ name: 'curl', hits: 2, ai: false }],
  })
}

/** Page views of 56 days that come to about so many in the last 28. */
function sampleSiteDays(pageViews: number): readonly number[] {
  return Array.from({ length: 56 }, (_, index) =>
    Math.round((pageViews / 28) * (0.8 + ((index * 7) % 11) / 25)),
  )
}

export const SITES: readonly SiteSummary[] = [
  {
    site: 'blog.example.org',
    pageViews: 41_287,
    days: sampleSiteDays(41_287),
    firstDay: '2025-02-03',
    hits: 46_120,
  },
  {
    site: 'docs.example.org',
    pageViews: 34_953,
    days: sampleSiteDays(34_953),
    firstDay: '2025-06-17',
    hits: 35_002,
  },
]

export const CONFIGURED: readonly SiteSettings[] = ['blog', 'docs', 'new'].map((name) => ({
  name: `${name}.example.org`,
  aliases: [],
  timezone: ZONE,
}))

export const OPEN_AUTH: Auth = {
  passwordHash: null,
  sessionKey: new Uint8Array(32).fill(7),
  linkKey: LINK_KEY,
  tokens: [],
  shares: [],
}

const PERIODS: Readonly<Record<string, { from: string; to: string }>> = {
  '7d': { from: '2026-11-17', to: '2026-11-23' },
  '28d': { from: '2026-10-27', to: '2026-11-23' },
  '90d': { from: '2026-08-26', to: '2026-11-23' },
  '12mo': { from: '2025-11-24', to: '2026-11-23' },
  month: { from: '2026-11-01', to: '2026-11-30' },
  today: { from: '2026-11-23', to: '2026-11-23' },
  all: { from: '2026-10-27', to: '2026-11-23' },
}

/** The days that a period's words mean here. */
export function sampleDays(period: string): { from: string; to: string } {
  const [from = period, to = from] = period.split('..')
  return PERIODS[period] ?? { from, to }
}

/** A world in memory, open to look at unless said otherwise; `asked` gathers the questions. */
export function sampleDeps(change: Partial<WebDeps> = {}): WebDeps & { asked: Question[] } {
  const asked: Question[] = []
  return {
    asked,
    ask: async (question) => {
      asked.push(question)
      return sampleReport(sampleDays(question.period), { site: question.site })
    },
    ledger: async (site) => (site === 'new.example.org' ? emptyLedger(site) : sampleLedger(site)),
    lastHour: async (site) => sampleHour(site),
    exportHits: async ({ site }) => Readable.from([Buffer.from(`{"site":"${site}"}\n`)]),
    sites: async () => SITES,
    count: async (hits) => hits.map(() => 'kept'),
    unknownHosts: () => [{ host: 'staging.example.org', hits: 212 }],
    sitesConfigured: CONFIGURED,
    pathRules: { indexFiles: ['index.html'], queryKeys: [] },
    annotations: [],
    weekStart: 'monday',
    basePath: '',
    publicUrl: () => 'https://count.example.org',
    demo: true,
    auth: OPEN_AUTH,
    namesUser: () => false,
    embed: [],
    now: () => NOW_MS,
    metrics: () => 'headcount_hits_total 3\n',
    stems: STEMS,
    ...change,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
