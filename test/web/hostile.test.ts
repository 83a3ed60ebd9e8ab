import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../src/web/app.ts'
import { NOW_MS, sampleDeps, sampleHour, sampleLedger, sampleReport } from './sample.ts'

const HOSTILE = [
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '</title></head><body onload=alert(1)>',
  'javascript:alert(1)',
  '&lt;b&gt; &amp; {{7*7}} ${7*7}',
  '\u202egnp.exe\u0000\ud800',
  '/%22%3E%3Cscript%3E?#&=+;',
]

const rows = [...HOSTILE, null].map((value) => ({ value, pageViews: 10, visitors: null, channel: value }))
const days = { from: '2026-11-17', to: '2026-11-23' }

const app = createApp(
  sampleDeps({
    ask: async ({ site, by }) =>
      sampleReport(days, { site, top: Object.fromEntries(by.map((column) => [column, rows])) }),
    ledger: async (site) =>
      sampleLedger(site, { bots: HOSTILE.map((name, index) => ({ name, hits: 3, ai: index % 2 === 0 })) }),
    lastHour: async (site) => ({
      ...sampleHour(site),
      pages: HOSTILE.map((value) => ({ value, pageViews: 1 })),
    }),
    annotations: HOSTILE.map((text) => ({ date: '2026-11-20', text, site: null })),
    sites: async () =>
      ['blog.example.org', ...HOSTILE].map((site) => ({
        site,
        pageViews: 3,
        days: [1, 2],
        firstDay: '2026-01-01',
        hits: 4,
      })),
    unknownHosts: () => HOSTILE.map((host) => ({ host, hits: 1 })),
    now: () => NOW_MS,
  }),
)

/** Elements and attributes by name, values left out: what markup from outside would add to. */
function skeleton(page: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [, element = '', attributes = ''] of page.matchAll(/<([a-z!][\w-]*)((?:"[^"]*"|[^>"])*)>/gi)) {
    for (const [, attribute] of ` ${attributes}`.matchAll(/\s([^\s=/"]+)(?:="[^"]*")?/g))
      names.add(`${element} ${attribute}`)
    names.add(element)
  }
  return names
}

const QUERIES = HOSTILE.map((value) => encodeURIComponent(value.toWellFormed()))
const PATHS: readonly (readonly [path: string, ...statuses: readonly number[]])[] = [
  ['/dashboard/', 200],
  ['/dashboard/ledger', 200],
  ['/dashboard/blog.example.org/ledger', 200],
  ['/dashboard/blog.example.org', 200],
  ['/dashboard/blog.example.org?referrers=referrer&campaigns=source&countries=language&devices=window', 200],
  ['/dashboard/blog.example.org?show=referrer', 200],
  ['/dashboard/blog.example.org/now', 200],
  ['/dashboard/blog.example.org/series.svg', 200],
  ['/dashboard/blog.example.org/map.svg', 200],
  ['/dashboard/blog.example.org/heat.svg', 200],
  ['/dashboard/blog.example.org/ledger.svg', 200],
  ['/dashboard/blog.example.org?devices=window&events=target&machines=crawler&pages=landing', 200],
  ...QUERIES.flatMap((value): readonly (readonly [string, ...number[]])[] => [
    [`/dashboard/${value}`, 200, 404],
    [`/dashboard/${value}/ledger`, 200, 404],
    [`/dashboard/blog.example.org?path=${value}&referrer!=${value}`, 200],
    [`/dashboard/blog.example.org?path=${value}&machines=bot`, 200],
    [`/dashboard/blog.example.org?referrer=${value}`, 200],
    [`/dashboard/blog.example.org?show=path&search=${value}`, 200],
    [`/dashboard/?search=${value}`, 200],
    [`/dashboard/blog.example.org?${value}=1`, 400],
    [`/dashboard/blog.example.org?compare=${value}`, 400],
    [`/dashboard/blog.example.org?period=${value}`, 200],
    [`/dashboard/blog.example.org/series.svg?path=${value}`, 200],
    [`/dashboard/${value}/series.svg`, 200, 404],
    [`/dashboard/blog.example.org/${value}`, 404],
    [`/blog.example.org/badge.svg?label=${value}`, 200, 400],
    [`/share/${value}`, 404],
    [`/api/v1/${value}`, 404],
    [`/login?key=${value}`, 403],
    [`/${value}`, 404],
  ]),
]

test('no value from outside adds an element or an attribute to any page', async () => {
  const annotations = [{ date: '2026-11-20', text: 'one', site: null }]
  const plain = createApp(sampleDeps({ annotations }))
  const known = new Set<string>()
  const harmless = [
    '/dashboard/',
    '/dashboard/ledger',
    '/dashboard/blog.example.org?country=DE&path=/',
    '/dashboard/blog.example.org?show=path&search=o&offset=100',
    '/dashboard/blog.example.org?path=/a',
    '/dashboard/blog.example.org?event=x&machines=bot',
    '/dashboard/blog.example.org/now',
    '/dashboard/blog.example.org/ledger',
    '/dashboard/blog.example.org?compare=x',
    '/dashboard/blog.example.org/series.svg',
    '/dashboard/blog.example.org/map.svg',
    '/dashboard/blog.example.org/heat.svg',
    '/dashboard/blog.example.org/ledger.svg',
    '/blog.example.org/badge.svg',
    '/dashboard/new.example.org',
    '/login?key=x',
  ]
  for (const path of harmless) {
    for (const name of skeleton(await (await plain.request(path)).text())) known.add(name)
  }
  for (const [path, ...statuses] of PATHS) {
    const response = await app.request(path)
    assert.ok(statuses.includes(response.status), `${path} is ${response.status}`)
    const found = skeleton(await response.text())
    assert.deepEqual(
      [...found].filter((name) => !known.has(name)),
      [],
      path,
    )
  }
})

test('a value from outside is never an address, only part of a query', async () => {
  const page = await (await app.request('/dashboard/blog.example.org')).text()
  for (const [, address = ''] of page.matchAll(/href="([^"]*)"/g)) {
    assert.match(address, /^(\/dashboard\/|\/api\/v1\/|\?|#|$|https:\/\/db-ip\.com$)/)
  }
})

const ELSEWHERE = [
  '@evil.example/',
  '.evil.example/',
  ':8443@evil.example',
  'evil.example',
  '//evil.example/',
  '/\\evil.example/',
]

for (const value of ELSEWHERE) {
  test(`the page of the page "${value}" leads to no other host`, async () => {
    const page = await (
      await app.request(`/dashboard/blog.example.org?path=${encodeURIComponent(value)}`)
    ).text()
    const addresses = [...page.matchAll(/href="(https:[^"]*)"/g)].map(([, address = '']) => address)
    const hosts = addresses.map((address) => new URL(address).hostname)
    assert.deepEqual(
      hosts.filter((host) => host !== 'blog.example.org'),
      ['db-ip.com'],
    )
  })
}

test('a filter on a hostile value comes back as it was', async () => {
  const deps = sampleDeps()
  const pages = createApp(deps)
  const [value = ''] = QUERIES
  const page = await (await pages.request(`/dashboard/blog.example.org?path=${value}`)).text()
  const link = /class="tab" href="(\?period=7d[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  await pages.request(`/dashboard/blog.example.org${link}`)
  assert.deepEqual(deps.asked[1]?.filters, [{ column: 'path', values: [HOSTILE[0]], exclude: false }])
})
