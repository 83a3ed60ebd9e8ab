import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { createApp } from '../../src/web/app.ts'
import { readers, sampleDays, sampleDeps, sampleReport } from './sample.ts'
import { matchesSnapshot } from './snapshot.ts'

const SITE = '/dashboard/blog.example.org'
const HOSTILE = '</text><script>alert(1)</script>'

const app = createApp(
  sampleDeps({
    ask: async ({ site, period }) => readers(sampleReport(sampleDays(period), { site })),
    annotations: [{ date: '2026-11-11', text: HOSTILE, site: null }],
  }),
)

for (const file of ['series.svg', 'heat.svg', 'map.svg', 'spark.svg', 'ledger.svg']) {
  test(`${file} stands by itself: one document, its own styles, nothing of elsewhere`, async () => {
    const response = await app.request(`${SITE}/${file}?theme=light`)
    const text = await response.text()
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'image/svg+xml; charset=utf-8')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(response.headers.get('cache-control'), 'private, max-age=60')
    const { root } = parseXml(text)
    assert.equal(root?.name, 'svg')
    assert.deepEqual(
      root?.children
        .filter((child) => child instanceof XmlElement)
        .map(({ name }) => name)
        .slice(0, 3),
      ['title', 'desc', 'style'],
    )
    assert.doesNotMatch(text, /<script|href=|var\(|light-dark|https?:(?!\/\/www\.w3\.org\/2000\/svg)/)
    if (file === 'series.svg') matchesSnapshot(`picture-of-${file}`, text)
  })
}

test('the policy of a picture allows its own styles and nothing else', async () => {
  const response = await app.request(`${SITE}/series.svg`)
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(await response.text()) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  assert.equal(
    response.headers.get('content-security-policy'),
    `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'`,
  )
})

const COLOURS: readonly (readonly [theme: string, has: RegExp, hasNot: RegExp])[] = [
  ['light', /fill:#fdfdfc/, /#0f1417|prefers-color-scheme/],
  ['dark', /fill:#0f1417/, /#fdfdfc|prefers-color-scheme/],
  ['auto', /fill:#fdfdfc.*@media \(prefers-color-scheme:dark\)\{.*fill:#0f1417/s, /currentColor/],
]

for (const [theme, has, hasNot] of COLOURS) {
  test(`a picture of the theme "${theme}" has its colours`, async () => {
    const text = await (await app.request(`${SITE}/map.svg?theme=${theme}`)).text()
    assert.match(text, has)
    assert.doesNotMatch(text, hasNot)
  })
}

const REFUSED: readonly (readonly [path: string, status: number])[] = [
  ['/dashboard/blog.example.org/series.svg?theme=red', 400],
  ['/dashboard/blog.example.org/series.svg?contry=DE', 400],
  ['/dashboard/blog.example.org/other.svg', 404],
  ['/dashboard/blog.example.org/constructor', 404],
  ['/dashboard/unknown.example.org/series.svg', 404],
]

for (const [path, status] of REFUSED) {
  test(`${path} is answered ${status}`, async () => {
    const { status: answered } = await createApp(sampleDeps()).request(path)
    assert.equal(answered, status)
  })
}

test('a picture is for those who may see its page', async () => {
  const closed = createApp(sampleDeps({ demo: false }))
  for (const path of [SITE, `${SITE}/series.svg`]) assert.equal((await closed.request(path)).status, 303)
})

test('a picture asks the question of its page', async () => {
  const deps = sampleDeps()
  await createApp(deps).request(`${SITE}/series.svg?period=7d&compare=year&path=/about/&theme=dark`)
  const [asked] = deps.asked
  assert.deepEqual(
    [asked?.period, asked?.compare, asked?.filters],
    ['7d', 'year', [{ column: 'path', values: ['/about/'], exclude: false }]],
  )
})

test('only pictures of a public site may stand on pages of other sites', async () => {
  const site = { name: 'blog.example.org', aliases: [], timezone: 'UTC' }
  const policyOf = async (isPublic: boolean) => {
    const deps = sampleDeps({ sitesConfigured: [{ ...site, public: isPublic }] })
    const { headers } = await createApp(deps).request(`${SITE}/series.svg`)
    return headers.get('cross-origin-resource-policy')
  }
  assert.deepEqual([await policyOf(true), await policyOf(false)], ['cross-origin', 'same-origin'])
})
