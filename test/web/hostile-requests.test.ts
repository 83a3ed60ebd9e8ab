import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApi } from '../../src/web/api/api.ts'
import { createAccess } from '../../src/web/access.ts'
import { createApp } from '../../src/web/app.ts'
import type { Auth } from '../../src/web/auth.ts'
import type { WebDeps } from '../../src/web/deps.ts'
import { linksUnder } from '../../src/web/links.ts'
import { hashPassword } from '../../src/web/password.ts'
import { makeShare } from '../../src/web/share.ts'
import { SiteList } from '../../src/web/site-list.ts'
import { LINK_KEY, NOW_MS, OPEN_AUTH, sampleDeps } from './sample.ts'

const PASSWORD = 'correct horse battery staple'
const { secret, share } = makeShare({
  name: 'one',
  site: 'blog.example.org',
  filters: [],
  untilMs: null,
  madeMs: NOW_MS,
})
const passwordAuth: Auth = {
  ...OPEN_AUTH,
  linkKey: null,
  passwordHash: await hashPassword(PASSWORD),
  shares: [share],
}

function closed(change: Partial<WebDeps> = {}): ReturnType<typeof createApp> {
  return createApp(sampleDeps({ demo: false, auth: passwordAuth, ...change }))
}

async function logIn(app: ReturnType<typeof createApp>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ password: PASSWORD })
  return app.request('/login', { method: 'POST', body, headers })
}

function cookieOf(response: Response): string {
  return /^headcount=[^;]+/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

const HOSTILE = [
  '\r\nSet-Cookie: headcount=planted',
  '%0d%0aSet-Cookie:%20headcount=planted',
  '\nX: 1',
  '嘊嘍X: 1',
  '\0',
  '//evil.example/',
  '/\\evil.example/',
  'https://evil.example/',
].flatMap((value) => [encodeURIComponent(value), encodeURIComponent(encodeURIComponent(value))])

/** Addresses of which a value comes back in a header: as where to go, or as the name of a file. */
const ECHOES: readonly ((value: string) => string)[] = [
  (value) => `/dashboard/blog.example.org?column=path&comparison=is&value=${value}`,
  (value) => `/dashboard/blog.example.org?from=${value}&to=2026-11-23`,
  (value) => `/dashboard/${value}?column=path&value=x`,
  (value) => `/login?key=${LINK_KEY}&next=/dashboard/${value}`,
  (value) => `/login?key=${LINK_KEY}&next=${value}`,
  (value) => `/dashboard/${value}/series.svg`,
  (value) => `/api/v1/sites/blog.example.org/hits?period=7d&format=csv&path=${value}`,
  (value) => `/share/${value}`,
]

test('no value from outside begins a header of an answer, or leads to another host', async () => {
  const app = createApp(sampleDeps())
  const headersOf = async (address: string) => (await app.request(address)).headers
  const known = new Set(
    (await Promise.all(ECHOES.map((echo) => headersOf(echo('x'))))).flatMap((all) => [...all.keys()]),
  )
  for (const address of ECHOES.flatMap((echo) => HOSTILE.map(echo))) {
    const headers = await headersOf(address)
    for (const [name, text] of headers) {
      assert.ok(known.has(name), `${address} brings ${name}`)
      assert.match(text, /^[\t\x20-\x7e]*$/, `${address}: ${name}`)
    }
    assert.doesNotMatch(headers.get('set-cookie') ?? '', /planted/, address)
    const to = new URL(headers.get('location') ?? '', 'http://here.invalid/dashboard/')
    assert.equal(to.origin, 'http://here.invalid', address)
  }
})

test('a session that somebody planted is not taken over by the login', async () => {
  const app = closed()
  const planted = `headcount=${NOW_MS + 1_000_000}.AAAAAAAAAAAAAAAAAAAAAA.${'A'.repeat(43)}`
  const response = await logIn(app, { Cookie: planted })
  const cookie = cookieOf(response)
  assert.notEqual(cookie, planted)
  const ask = async (Cookie: string) => (await app.request('/dashboard/', { headers: { Cookie } })).status
  assert.deepEqual(
    [await ask(planted), await ask(cookie), await ask(`${planted}; ${cookie}`)],
    [303, 200, 303],
  )
})

test('two logins are two sessions', async () => {
  const app = closed()
  assert.notEqual(cookieOf(await logIn(app)), cookieOf(await logIn(app)))
})

/** `POST /login`: everything that answers anything but GET. */
function writingRoutes(): readonly string[] {
  const deps = sampleDeps()
  const links = linksUnder('', '')
  const { guard } = createAccess(deps, links)
  const api = createApi({ deps, links, guard, siteList: new SiteList(deps) })
  const routes = [...createApp(deps).routes, ...api.routes]
  const writing = routes.filter(({ method }) => !['ALL', 'GET', 'HEAD', 'OPTIONS'].includes(method))
  return [...new Set(writing.map(({ method, path }) => `${method} ${path}`))].sort()
}

const FOREIGN = [
  { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
  { 'Sec-Fetch-Site': 'same-site', Origin: 'https://evil.example.org' },
]

const BODIES = [
  new URLSearchParams({ password: PASSWORD }),
  JSON.stringify({ hits: [{ site: 'blog.example.org', path: '/' }] }),
]

test('what can be sent is a hit, a password, and the end of a session', () => {
  assert.deepEqual(writingRoutes(), ['POST /api/v1/hits', 'POST /login', 'POST /logout'])
})

for (const route of writingRoutes()) {
  test(`${route} does nothing for a page of another site, with the session that the browser adds`, async () => {
    const [method = '', path = ''] = route.split(' ')
    let counted = 0
    const app = closed({
      count: async (hits) => {
        counted += hits.length
        return hits.map(() => 'kept')
      },
    })
    const Cookie = cookieOf(await logIn(app))
    for (const [foreign, body] of FOREIGN.flatMap((foreign) =>
      BODIES.map((body) => [foreign, body] as const),
    )) {
      const response = await app.request(path, { method, headers: { ...foreign, Cookie }, body })
      assert.equal(response.status, 403)
      assert.equal(response.headers.get('set-cookie'), null)
    }
    assert.equal(counted, 0)
    assert.equal((await app.request('/dashboard/', { headers: { Cookie } })).status, 200)
  })
}

const READABLE = [
  ['the list of sites', '/dashboard/'],
  ['a picture', '/dashboard/blog.example.org/series.svg'],
  ['the login', '/login'],
  ['data', '/api/v1/sites'],
  ['metrics', '/metrics'],
  ['a shared link', `/share/${secret}/blog.example.org`],
] as const

for (const [what, path] of READABLE) {
  test(`no page of another origin can read ${what}, frame it or hold a window of it`, async () => {
    const app = closed()
    const Cookie = cookieOf(await logIn(app))
    const headers = { Cookie, Origin: 'https://evil.example' }
    const response = await app.request(path, { headers })
    assert.equal(response.headers.get('access-control-allow-origin'), null)
    assert.match(response.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'same-origin')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer')
    assert.match(response.headers.get('cache-control') ?? '', /private|no-store/)
    assert.equal(response.headers.get('set-cookie'), null)
  })
}
