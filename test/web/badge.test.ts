import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createApp } from '../../src/web/app.ts'
import type { WebDeps } from '../../src/web/deps.ts'
import { aRequest, hitOf, ONE_SITE, rulesOf } from '../collect/ask.ts'
import { sampleDeps } from './sample.ts'

const OPEN = { name: 'blog.example.org', aliases: [], timezone: 'UTC', badge: true }
const CLOSED = { name: 'diary.example.org', aliases: [], timezone: 'UTC' }

function badges(change: Partial<WebDeps> = {}) {
  const deps = sampleDeps({ demo: false, sitesConfigured: [OPEN, CLOSED], ...change })
  const app = createApp(deps)
  const read = async (path: string, init?: RequestInit) => app.request(path, init)
  const readJson = async (path: string): Promise<BadgeJson> => JSON.parse(await (await read(path)).text())
  return { asked: deps.asked, read, readJson }
}

interface BadgeJson {
  readonly message: string
  readonly value: number | null
  readonly isError: boolean
}

test('a badge says the number, also to who cannot see it', async () => {
  const { read } = badges()
  const response = await read('/blog.example.org/badge.svg?label=readers&start=1000')
  const svg = await response.text()
  const [, number = ''] = /<title>readers: ([\d,]+)<\/title>/.exec(svg) ?? []
  assert(Number(number.replaceAll(',', '')) > 1_000, svg)
  assert.match(svg, new RegExp(`aria-label="readers: ${number}"`))
  assert.equal(response.headers.get('content-type'), 'image/svg+xml; charset=utf-8')
  assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin')
})

test('its JSON is what shields.io reads, and the plain number', async () => {
  const { readJson } = badges()
  const json = await readJson('/blog.example.org/badge.json?color=blue')
  const { value, message, ...rest } = json
  assert(value !== null)
  assert.equal(message, value.toLocaleString('en'))
  assert.deepEqual(rest, {
    schemaVersion: 1,
    label: 'views',
    color: '#1f5fa8',
    labelColor: '#555555',
    isError: false,
  })
})

describe('whose numbers nobody may have', () => {
  for (const site of ['diary.example.org', 'not.there.example']) {
    test(`${site} is "not public", and nothing is asked`, async () => {
      const { readJson, asked } = badges()
      const json = await readJson(`/${site}/badge.json`)
      assert.deepEqual([json.message, json.value, json.isError], ['not public', null, true])
      assert.deepEqual(asked, [])
    })
  }

  test('a site that is not open and one that is not there are told in the same bytes', async () => {
    const { read } = badges()
    const [one, other] = await Promise.all(
      ['diary.example.org', 'not.there.example'].map(async (site) =>
        (await read(`/${site}/badge.svg`)).text(),
      ),
    )
    assert.equal(one, other)
  })

  test('while every host is counted, no site is open', async () => {
    const { readJson, asked } = badges({ sitesConfigured: 'any' })
    assert.equal((await readJson('/blog.example.org/badge.json')).value, null)
    assert.deepEqual(asked, [])
  })
})

test('without a name it is the one site that there is', async () => {
  const { readJson } = badges({ sitesConfigured: [OPEN] })
  assert.notEqual((await readJson('/badge.json')).value, null)
  const { readJson: readTwo } = badges()
  assert.equal((await readTwo('/badge.json')).value, null)
})

test('a public site has badges too', async () => {
  const { readJson } = badges({ sitesConfigured: [{ ...CLOSED, public: true }] })
  assert.notEqual((await readJson('/diary.example.org/badge.json')).value, null)
})

test('a page is asked for as its hits are cleaned, and a star in it means itself', async () => {
  const { read, asked } = badges()
  await read(`/blog.example.org/badge.svg?p=${encodeURIComponent('/a//*/index.html#top')}&period=28d`)
  assert.deepEqual(
    asked.map(({ filters, period }) => ({ filters, period })),
    [{ filters: [{ column: 'path', values: ['/a/\\*/'], exclude: false }], period: '28d' }],
  )
})

const PAGES: [written: string, page: string][] = [
  ['/c++/100%25', '/c++/100%25'],
  ['/a%2Fb', '/a%2Fb'],
  ['%2Fa%252Fb', '/a%2Fb'],
  ['https://blog.example.org/a%20b?x=1', '/a%20b'],
]

for (const [written, page] of PAGES) {
  test(`p=${written} is the page that the collector counts for it`, async () => {
    const { read, asked } = badges()
    await read(`/blog.example.org/badge.svg?p=${written}&label=views`)
    assert.deepEqual(asked[0]?.filters[0]?.values, [page])
    const hit = hitOf(rulesOf(ONE_SITE), aRequest(`/badge.svg?count&p=${written}&label=views`))
    assert.equal(hit.path, page)
  })
}

test('many looks in a few seconds are one question; later ones ask again', async () => {
  let nowMs = 1_000_000
  const { read, asked } = badges({ now: () => nowMs })
  for (let look = 0; look < 5; look += 1) await read('/blog.example.org/badge.svg')
  assert.equal(asked.length, 1)
  nowMs += 10_000
  await read('/blog.example.org/badge.svg')
  assert.equal(asked.length, 2)
})

describe('what cannot be shown', () => {
  const wrong: readonly (readonly [query: string, says: RegExp])[] = [
    ['colour=red', /no parameter .*colour/],
    ['show=users', /show.*users/],
    ['show=visitors&p=/', /visitors are known of a site/],
    ['start=-1', /start.*-1/],
    ['start=1e9', /start/],
    [`label=${'x'.repeat(65)}`, /65 characters; at most 64/],
    ['color=url(%23x)', /color/],
    ['color=%23ff', /color/],
    ['p=mailto:a@example.org', /p.* names no page/],
    ['p=/a&p=/b', /p.* stands in it 2 times/],
  ]
  for (const [query, says] of wrong) {
    test(`${query} is refused by name, in a badge`, async () => {
      const { read, asked } = badges()
      const response = await read(`/blog.example.org/badge.json?${query}`)
      assert.equal(response.status, 400)
      assert.match(await response.text(), says)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      assert.deepEqual(asked, [])
    })
  }

  test('a number that is not known is none', async () => {
    const { readJson } = badges({
      ask: async (question) => {
        const report = await sampleDeps().ask(question)
        return { ...report, totals: { ...report.totals, visitors: null } }
      },
    })
    const json = await readJson('/blog.example.org/badge.json?show=visitors&start=7')
    assert.deepEqual([json.message, json.value], ['not known', null])
  })
})

test('what a label says is text, never markup', async () => {
  const { read } = badges()
  const label = `"><script>alert(1)</script>&'`
  const svg = await (await read(`/blog.example.org/badge.svg?label=${encodeURIComponent(label)}`)).text()
  assert.equal(svg.includes('<script'), false)
  assert.equal(svg.split('&lt;script&gt;').length, 4)
})

test('a badge that counts is never kept; one that only shows is kept for a minute, and asked about', async () => {
  const { read } = badges()
  const counting = await read('/blog.example.org/badge.svg?count')
  assert.equal(counting.headers.get('cache-control'), 'no-cache, no-store, must-revalidate')
  const shown = await read('/blog.example.org/badge.svg')
  assert.equal(shown.headers.get('cache-control'), 'public, max-age=60')
  const tag = shown.headers.get('etag') ?? ''
  const again = await read('/blog.example.org/badge.svg', { headers: { 'If-None-Match': tag } })
  assert.equal(again.status, 304)
})
