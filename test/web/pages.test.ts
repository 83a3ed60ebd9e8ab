import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createApp } from '../../src/web/app.ts'
import { NOW_MS, readers, sampleDays, sampleDeps, sampleLedger, sampleReport, SITES } from './sample.ts'
import { matchesSnapshot } from './snapshot.ts'

const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const withReaders = sampleDeps({
  ask: async ({ site, period }) => readers(sampleReport(sampleDays(period), { site })),
})

/** What a filter on an event leaves: nothing of page views, and lists that events carry. */
const ofEvents = sampleDeps({
  ask: async ({ site, period }) => {
    const report = sampleReport(sampleDays(period), { site })
    const { event = [], target = [] } = report.top
    const unseen = <T extends object>(one: T) => ({ ...one, pageViews: null, visitors: null, events: 3 })
    return {
      ...report,
      totals: unseen(report.totals),
      series: report.series.map(unseen),
      previousSeries: report.previousSeries.map(unseen),
      top: { path: [{ value: '/about/', pageViews: null, visitors: null, events: 318 }], event, target },
    }
  },
})

const PAGES: readonly (readonly [file: string, path: string, app?: ReturnType<typeof createApp>])[] = [
  ['sites.html', '/dashboard/'],
  ['overview.html', '/dashboard/blog.example.org'],
  [
    'filtered.html',
    '/dashboard/blog.example.org?period=month&chart=visitors&country=DE&country=AT&channel!=search&countries=language',
    createApp(withReaders),
  ],
  [
    'own-page.html',
    '/dashboard/blog.example.org?path=/about/&pages=landing&machines=crawler',
    createApp(withReaders),
  ],
  ['events.html', '/dashboard/blog.example.org?event=outbound&devices=window', createApp(ofEvents)],
  ['list.html', '/dashboard/blog.example.org?show=path&search=o&offset=100'],
  ['now.html', '/dashboard/blog.example.org/now?every=60'],
  ['ledger.html', '/dashboard/blog.example.org/ledger'],
  ['ledger-of-all.html', '/dashboard/ledger'],
  ['first-steps.html', '/dashboard/new.example.org'],
  ['help.html', '/dashboard/help'],
  ['refused.html', '/dashboard/blog.example.org?contry=DE'],
]

for (const [file, path, app = createApp(sampleDeps())] of PAGES) {
  test(`${path} is the page of ${file}`, async () => {
    const response = await app.request(path)
    const text = await response.text()
    assert.equal(response.headers.get('content-security-policy'), CSP)
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(response.headers.get('x-robots-tag'), 'noindex')
    assert.equal(response.headers.get('cache-control'), 'private, no-store')
    assert.equal(response.headers.get('content-type'), 'text/html; charset=UTF-8')
    assert.doesNotMatch(text, /<script|<[^>]*\s(style|on[a-z]+)=|="javascript:/i)
    assert.deepEqual(duplicates(text.matchAll(/\sid="([^"]+)"/g)), [])
    assert.deepEqual(unclosed(text), [])
    matchesSnapshot(file, text)
  })
}

const VOID = new Set(['meta', 'link', 'input', '!doctype'])

/** Elements that are not closed in the order in which they were opened. */
function unclosed(page: string): readonly string[] {
  const open: string[] = []
  for (const [, slash, name = '', end] of page.matchAll(/<(\/?)([a-z!][a-z\d]*)\b[^>]*?(\/?)>/gi)) {
    if (slash === '/') {
      if (open.pop() !== name) return [`</${name}> closes something else`]
    } else if (end !== '/' && !VOID.has(name.toLowerCase())) open.push(name)
  }
  return open
}

function duplicates(matches: Iterable<RegExpMatchArray>): readonly string[] {
  const names = Array.from(matches, ([, name]) => name ?? '')
  return names.filter((name, index) => names.indexOf(name) !== index)
}

for (const period of ['28d', '90d', '12mo']) {
  test(`the overview of ${period} is a small page`, async () => {
    const page = await (
      await createApp(withReaders).request(`/dashboard/blog.example.org?period=${period}`)
    ).text()
    assert.ok(Buffer.byteLength(page) <= 60_000, `${Buffer.byteLength(page)} bytes`)
    assert.ok(gzipSync(page).length <= 10 * 1024, `${gzipSync(page).length} bytes packed`)
  })
}

test('the stylesheet is small', async () => {
  const styles = await (await createApp(sampleDeps()).request('/dashboard/dashboard.css')).text()
  assert.ok(Buffer.byteLength(styles) <= 14 * 1024, `${Buffer.byteLength(styles)} bytes`)
  assert.ok(gzipSync(styles).length <= 5 * 1024, `${gzipSync(styles).length} bytes packed`)
})

test('every link of every page stays below the base path or leads to its own page', async () => {
  const app = createApp(sampleDeps({ basePath: '/stats' }))
  for (const [, path] of PAGES) {
    const page = await (await app.request(`/stats${path}`)).text()
    for (const [, address = ''] of page.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      assert.match(address, /^(\/stats\/|\?|#|$|https:\/\/((new|blog)\.example\.org\/|db-ip\.com$))/)
    }
  }
})

test('with a base path, its root leads to the sites and nothing answers outside', async () => {
  const app = createApp(sampleDeps({ basePath: '/stats' }))
  assert.equal((await app.request('/stats/')).headers.get('location'), '/stats/dashboard/')
  assert.equal((await app.request('/stats')).headers.get('location'), '/stats/dashboard/')
  assert.equal((await app.request('/dashboard/')).status, 404)
})

test('the one site there is shows at once', async () => {
  const app = createApp(sampleDeps({ sitesConfigured: 'any', sites: async () => SITES.slice(0, 1) }))
  const response = await app.request('/dashboard/')
  assert.equal(response.status, 302)
  assert.equal(response.headers.get('location'), '/dashboard/blog.example.org')
})

test('without any site there is the tag to paste, for any host', async () => {
  const app = createApp(sampleDeps({ sitesConfigured: 'unset', sites: async () => [] }))
  const text = await (await app.request('/dashboard/')).text()
  assert.match(text, /href=&quot;https:\/\/count\.example\.org\/c\.css&quot;/)
})

test('a site that nobody configured is not found, unless every host is counted', async () => {
  const path = '/dashboard/else.example'
  assert.equal((await createApp(sampleDeps()).request(path)).status, 404)
  assert.equal((await createApp(sampleDeps({ sitesConfigured: 'any' })).request(path)).status, 200)
  const odd = await createApp(sampleDeps({ sitesConfigured: 'any' })).request('/dashboard/%3Cb%3E')
  assert.equal(odd.status, 404)
})

const FORMS: readonly (readonly [sent: string, leadsTo: string])[] = [
  ['?from=2026-11-01&to=2026-11-15', '?period=2026-11-01..2026-11-15'],
  ['?period=7d&country=DE&from=2026-11-01&to=2026-11-02', '?period=2026-11-01..2026-11-02&country=DE'],
  ['?column=country&comparison=is&value=germany', '?country=DE'],
  ['?country=AT&column=country&comparison=is&value=DE', '?country=AT&country=DE'],
  ['?country=AT&column=country&comparison=is+not&value=DE', '?country!=DE'],
  ['?column=path&comparison=is&value=', '?path='],
  ['?column=path&comparison=is&value=/a%26b', '?path=/a%26b'],
  ['?column=language&comparison=is&value=German', '?language=de'],
  ['?column=window&comparison=is&value=small', '?window=s'],
  ['?column=path&comparison=is&value=/blog/*', '?path=/blog/*'],
]

for (const [sent, leadsTo] of FORMS) {
  test(`the form ${sent} leads to ${leadsTo}`, async () => {
    const response = await createApp(sampleDeps()).request(`/dashboard/blog.example.org${sent}`)
    assert.equal(response.status, 303)
    const location = response.headers.get('location') ?? ''
    assert.equal(decodeURIComponent(location), decodeURIComponent(leadsTo))
  })
}

const WRONG: readonly (readonly [query: string, named: string])[] = [
  ['contry=DE', 'contry'],
  ['compare=week', 'week'],
  ['chart=bounce', 'bounce'],
  ['granularity=minute', 'minute'],
  ['show=path&offset=-1', 'offset'],
  ['pages=map', 'map'],
  ['show=verdict', 'verdict'],
  ['countries=path', 'path'],
  ['period=7d&period=28d', 'period'],
  ['country=DE&country!=AT', 'country'],
  ['from=2026-11-01', 'last day'],
  ['column=verdict&value=bot', 'verdict'],
  [Array.from({ length: 65 }, (_, index) => `path=/${index}`).join('&'), '65'],
]

for (const [query, named] of WRONG) {
  test(`?${query.slice(0, 40)} is refused by name`, async () => {
    const response = await createApp(sampleDeps()).request(`/dashboard/blog.example.org?${query}`)
    assert.equal(response.status, 400)
    assert.match(await response.text(), new RegExp(`Cannot read the question: .*${named}`))
  })
}

test('the question of a page is what its address says', async () => {
  const deps = sampleDeps()
  const path =
    '/dashboard/blog.example.org?period=7d&compare=year&country=DE&country=&browser!=Chrome&referrers=referrer'
  await createApp(deps).request(path)
  assert.deepEqual(deps.asked, [
    {
      site: 'blog.example.org',
      period: '7d',
      compare: 'year',
      filters: [
        { column: 'country', values: ['DE', null], exclude: false },
        { column: 'browser', values: ['Chrome'], exclude: true },
      ],
      granularity: 'auto',
      by: ['path', 'referrer', 'country', 'browser', 'system', 'device', 'campaign', 'event'],
      limit: 100,
    },
  ])
})

test('sites are read anew for their list, after a minute, and for a site without a page view', async () => {
  let nowMs = NOW_MS
  let reads = 0
  const sites = async () => {
    reads++
    return SITES
  }
  const app = createApp(sampleDeps({ sites, now: () => nowMs }))
  const readsOf = async (path: string) => {
    const before = reads
    await app.request(path)
    return reads - before
  }
  assert.equal(await readsOf('/dashboard/blog.example.org'), 1)
  assert.equal(await readsOf('/dashboard/docs.example.org/ledger'), 0)
  assert.equal(await readsOf('/dashboard/help'), 0)
  assert.equal(await readsOf('/dashboard/'), 1)
  assert.equal(await readsOf('/dashboard/new.example.org'), 1)
  assert.equal(await readsOf('/dashboard/else.example'), 1)
  nowMs += 60_000
  assert.equal(await readsOf('/dashboard/blog.example.org'), 1)
})

test('the stylesheet is kept for ever under its version, and asked for anew without it', async () => {
  const app = createApp(sampleDeps())
  const page = await (await app.request('/dashboard/help')).text()
  const address = /href="(\/dashboard\/dashboard\.css\?v=[^"]+)"/.exec(page)?.[1] ?? ''
  assert.match((await app.request(address)).headers.get('cache-control') ?? '', /immutable/)
  assert.equal((await app.request('/dashboard/dashboard.css')).headers.get('cache-control'), 'no-cache')
})

test('the question of a long list is its page of rows, without the period before', async () => {
  const deps = sampleDeps()
  await createApp(deps).request(
    '/dashboard/blog.example.org?show=landing&search=bread&offset=200&compare=year',
  )
  assert.deepEqual(deps.asked, [
    {
      site: 'blog.example.org',
      period: '28d',
      compare: 'none',
      filters: [],
      granularity: 'auto',
      by: ['landing'],
      limit: 100,
      search: 'bread',
      offset: 200,
    },
  ])
})

test('a page’s own page leaves out the list of pages, and a browser’s filter shows its versions', async () => {
  const listsOf = async (query: string) => {
    const deps = sampleDeps()
    await createApp(deps).request(`/dashboard/blog.example.org?${query}`)
    return deps.asked[0]?.by.join(' ')
  }
  assert.equal(
    await listsOf('path=/a&browser=Firefox'),
    'channel referrer country browser_version system device campaign event',
  )
  assert.match((await listsOf('path=/a*')) ?? '', /^path channel/)
  assert.match((await listsOf('referrer=a.example&pages=landing')) ?? '', /^landing country/)
})

test('bots are asked for only where a panel shows them', async () => {
  const asked: string[] = []
  const ledger = async (site: string | null, period: string) => {
    asked.push(period)
    return sampleLedger(site)
  }
  const app = createApp(sampleDeps({ ledger }))
  await app.request('/dashboard/blog.example.org?period=7d')
  assert.deepEqual(asked, [])
  const page = await (await app.request('/dashboard/blog.example.org?period=7d&machines=bot')).text()
  assert.deepEqual(asked, ['7d'])
  assert.match(page, /Googlebot/)
  assert.doesNotMatch(page, /GPTBot/)
})

test('a page loads itself again only where its address says so', async () => {
  const app = createApp(sampleDeps())
  const now = '/dashboard/blog.example.org/now'
  assert.equal((await app.request(now)).headers.get('refresh'), null)
  assert.equal((await app.request(`${now}?every=60`)).headers.get('refresh'), '60')
  assert.equal((await app.request(`${now}?every=1`)).status, 400)
})

test('many sites can be searched by name', async () => {
  const sites = Array.from({ length: 12 }, (_, index) => ({
    site: `${index}.example.org`,
    pageViews: index,
    days: [],
    firstDay: '2026-01-01',
    hits: index,
  }))
  const app = createApp(sampleDeps({ sitesConfigured: 'any', sites: async () => sites }))
  const rows = async (path: string) =>
    (await (await app.request(path)).text()).match(/<th scope="row">.*?<a[^>]*>[^<]*/g)?.length
  assert.match(await (await app.request('/dashboard/')).text(), /type="search"/)
  assert.equal(await rows('/dashboard/'), 12)
  assert.equal(await rows('/dashboard/?search=11.EX'), 1)
})

test('hours are offered for days that have few enough of them, and left behind by longer periods', async () => {
  const app = createApp(sampleDeps())
  const page = async (query: string) => (await app.request(`/dashboard/blog.example.org?${query}`)).text()
  const week = await page('period=7d&granularity=hour')
  assert.match(week, /href="\?period=today&amp;granularity=hour"/)
  assert.match(week, /href="\?period=12mo"/)
  assert.match(await page('period=7d'), /href="\?period=7d&amp;granularity=hour"/)
  assert.doesNotMatch(await page('period=28d'), /granularity=hour/)
})

test('what has a name of its own is searched by it', async () => {
  const deps = sampleDeps()
  const app = createApp(deps)
  const page = await (await app.request('/dashboard/blog.example.org?show=country&search=KINGDOM')).text()
  assert.deepEqual(page.match(/<tr>.*?<\/th>/g)?.length, 2)
  assert.match(page, /United Kingdom/)
  assert.equal(deps.asked[0]?.search, undefined)
  const none = await (await app.request('/dashboard/blog.example.org?show=country&search=xx')).text()
  assert.match(none, /No countries that contain “xx”/)
})

test('more bots than a ledger shows are a link to all of them', async () => {
  const bots = Array.from({ length: 30 }, (_, index) => ({
    name: `bot-${index}`,
    hits: 30 - index,
    ai: false,
  }))
  const app = createApp(sampleDeps({ ledger: async (site) => sampleLedger(site, { bots }) }))
  const page = await (await app.request('/dashboard/ledger')).text()
  assert.match(page, /href="\?period=28d&amp;bots=all#bots">and 18 more</)
  const all = await (await app.request('/dashboard/ledger?period=28d&bots=all')).text()
  assert.match(all, /bot-29/)
  assert.equal((await app.request('/dashboard/ledger?bots=some')).status, 400)
})
