import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Filter } from '../../src/report/report.ts'
import { createApp } from '../../src/web/app.ts'
import type { WebDeps } from '../../src/web/deps.ts'
import type { Share } from '../../src/web/share.ts'
import { findShare, makeShare } from '../../src/web/share.ts'
import { NOW_MS, OPEN_AUTH, sampleDeps } from './sample.ts'

const SITE = 'blog.example.org'
const OTHER = 'diary.example.org'
const CONFIGURED = [SITE, OTHER].map((name) => ({ name, aliases: [], timezone: 'UTC' }))
const GERMANS: Filter = { column: 'country', values: ['DE'], exclude: false }

function link(over: Partial<Omit<Share, 'hash'>> = {}) {
  return makeShare({ name: 'one', site: SITE, filters: [], untilMs: null, madeMs: NOW_MS, ...over })
}

function app(shares: readonly Share[], change: Partial<WebDeps> = {}) {
  const auth = { ...OPEN_AUTH, shares }
  const deps = sampleDeps({ demo: false, sitesConfigured: CONFIGURED, auth, ...change })
  const web = createApp(deps)
  return { asked: deps.asked, read: async (path: string, init?: RequestInit) => web.request(path, init) }
}

describe('a shared link', () => {
  test('shows its site without a login or a cookie, and no way to others', async () => {
    const { secret, share } = link()
    const { read } = app([share])
    const bare = await read(`/share/${secret}`)
    assert.equal(bare.headers.get('location'), `/share/${secret}/${SITE}`)
    const response = await read(`/share/${secret}/${SITE}`)
    const html = await response.text()
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('set-cookie'), null)
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(html.includes(OTHER), false)
    const foreign = [...html.matchAll(/(?:href|action|src)="(\/[^"]*)"/g)]
      .map(([, address = '']) => address)
      .filter(
        (address) =>
          !address.startsWith(`/share/${secret}/`) && !/^\/dashboard\/[\w.]+\.(?:css|svg)/.test(address),
      )
    assert.deepEqual(foreign, [])
  })

  for (const page of ['', '/now', '/ledger', '/series.svg']) {
    test(`has the page "${page}" of its site, and none of another`, async () => {
      const { secret, share } = link()
      const { read, asked } = app([share])
      assert.equal((await read(`/share/${secret}/${SITE}${page}`)).status, 200)
      const before = asked.length
      assert.equal((await read(`/share/${secret}/${OTHER}${page}`)).status, 404)
      assert.equal(asked.length, before)
    })
  }

  test('keeps its filter, whatever the address says', async () => {
    const { secret, share } = link({ filters: [GERMANS] })
    const { read, asked } = app([share])
    for (const query of [
      '',
      '?country=FR',
      '?country!=DE',
      '?country=',
      '?period=7d&path=/a',
      '?show=country',
    ])
      assert.equal((await read(`/share/${secret}/${SITE}${query}`)).status, 200, query)
    assert.equal((await read(`/share/${secret}/${SITE}/map.svg?country=FR`)).status, 200)
    assert(asked.length >= 7)
    for (const { filters, site } of asked) {
      assert.equal(site, SITE)
      assert.deepEqual(filters.at(-1), GERMANS)
    }
  })

  for (const page of ['/now', '/ledger', '/ledger.svg']) {
    test(`of a part of a site has no "${page}", which would tell the whole`, async () => {
      const { secret, share } = link({ filters: [GERMANS] })
      const { read } = app([share])
      assert.equal((await read(`/share/${secret}/${SITE}${page}`)).status, 404)
    })
  }

  test('of a part of a site says which, and no number of the whole', async () => {
    const { secret, share } = link({ filters: [GERMANS] })
    const { read } = app([share])
    const html = await (await read(`/share/${secret}/${SITE}`)).text()
    assert.match(html, /class="sight">blog\.example\.org, Country is Germany</)
    assert.equal(html.includes('/ledger'), false)
  })

  test('that has ended, was revoked or never was is answered alike', async () => {
    const ended = link({ untilMs: NOW_MS })
    const revoked = link()
    const { read } = app([ended.share])
    const answers = await Promise.all(
      [ended.secret, revoked.secret, 'x', 'a'.repeat(43)].map(async (secret) => {
        const response = await read(`/share/${secret}/${SITE}`)
        return [response.status, await response.text()]
      }),
    )
    assert.equal(answers[0]?.[0], 404)
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    assert.equal((await read(`/share/${ended.secret}`)).status, 404)
  })

  test('opens nothing else: neither the list of sites nor the API', async () => {
    const { secret, share } = link()
    const { read } = app([share])
    for (const path of ['/dashboard/', `/dashboard/${SITE}`])
      assert.equal((await read(path, { headers: { Authorization: `Bearer ${secret}` } })).status, 303)
    const headers = { Authorization: `Bearer ${secret}` }
    assert.equal((await read(`/api/v1/sites/${SITE}/report`, { headers })).status, 401)
  })

  test('is kept as a hash', () => {
    const { secret, share } = link()
    assert.match(secret, /^[\w-]{43}$/)
    assert.equal(JSON.stringify(share).includes(secret), false)
    assert.equal(findShare([share], secret, NOW_MS), share)
    assert.equal(findShare([share], `${secret}x`, NOW_MS), null)
  })
})

describe('a public site', () => {
  const open = CONFIGURED.map((site) => (site.name === SITE ? { ...site, public: true } : site))

  for (const page of ['', '?period=7d', '/now', '/ledger', '/series.svg', '/map.svg']) {
    test(`shows "${page}" to everybody`, async () => {
      const { read } = app([], { sitesConfigured: open })
      const response = await read(`/dashboard/${SITE}${page}`)
      assert.equal(response.status, 200)
      assert.equal((await response.text()).includes(OTHER), false)
    })
  }

  test('opens no other site, no list of sites, no ledger of all, and not the API', async () => {
    const { read } = app([], { sitesConfigured: open })
    for (const path of [
      '/dashboard/',
      `/dashboard/${OTHER}`,
      `/dashboard/${OTHER}/ledger`,
      '/dashboard/ledger',
    ])
      assert.equal((await read(path)).status, 303, path)
    for (const path of ['/api/v1/sites', `/api/v1/sites/${SITE}/report`, '/metrics'])
      assert.equal((await read(path)).status, 401, path)
  })

  test('has help for its readers; where no site is public the help wants the login', async () => {
    assert.equal((await app([], { sitesConfigured: open }).read('/dashboard/help')).status, 200)
    assert.equal((await app([]).read('/dashboard/help')).status, 303)
  })
})

describe('a frame', () => {
  const { secret, share } = link()
  const embed = ['https://blog.example.org', 'https://www.example.org:8443']
  const policyOf = async (path: string, change: Partial<WebDeps>) => {
    const response = await app([share], change).read(path)
    return /frame-ancestors ([^;]*)/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
  }

  test('may hold shared and public pages where the settings say so', async () => {
    assert.equal(await policyOf(`/share/${secret}/${SITE}`, { embed }), embed.join(' '))
    assert.equal(await policyOf(`/share/${secret}/${SITE}`, {}), "'none'")
  })

  test('never holds what is behind the login, nor the login', async () => {
    for (const path of ['/login', '/dashboard/', '/nothing'])
      assert.equal(await policyOf(path, { embed }), "'none'", path)
    assert.equal(await policyOf(`/dashboard/${OTHER}`, { embed, demo: true }), "'none'")
  })
})

test('who is named by a trusted proxy is logged in', async () => {
  const { read } = app([], { namesUser: (request) => request.headers.get('remote-user') === 'ada' })
  const headers = { 'Remote-User': 'ada' }
  assert.equal((await read('/dashboard/', { headers })).status, 200)
  assert.equal((await read('/api/v1/sites', { headers })).status, 200)
  assert.equal((await read('/dashboard/')).status, 303)
})
