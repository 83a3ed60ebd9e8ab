import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../src/limits.ts'
import { createApp } from '../../src/web/app.ts'
import type { Auth } from '../../src/web/auth.ts'
import type { WebDeps } from '../../src/web/deps.ts'
import { hashPassword } from '../../src/web/password.ts'
import type { Scope } from '../../src/web/token.ts'
import { makeToken } from '../../src/web/token.ts'
import { LINK_KEY, NOW_MS, OPEN_AUTH, sampleDeps } from './sample.ts'

const PASSWORD = 'correct horse battery staple'
const passwordAuth: Auth = { ...OPEN_AUTH, linkKey: null, passwordHash: await hashPassword(PASSWORD) }

function closed(change: Partial<WebDeps> = {}): ReturnType<typeof createApp> {
  return createApp(sampleDeps({ demo: false, ...change }))
}

const OPEN = [
  ['/healthz', 200],
  ['/robots.txt', 200],
  ['/dashboard/dashboard.css', 200],
  ['/dashboard/headcount.svg', 200],
  ['/login', 200],
  ['/', 302],
] as const

for (const [path, status] of OPEN) {
  test(`${path} is for everybody`, async () => {
    assert.equal((await closed().request(path)).status, status)
  })
}

const PAGES = ['/dashboard/', '/dashboard/blog.example.org?period=7d', '/dashboard/ledger', '/dashboard/help']
const DATA = ['/api/v1/sites', '/api/v1/sites/blog.example.org/report', '/metrics']

/** What a client may say of itself, or a proxy of the client. */
const CLAIMS: Record<string, string> = {
  Authorization: `Bearer ${LINK_KEY}`,
  Cookie: 'headcount=1; session=admin',
  Forwarded: 'for=127.0.0.1;host=localhost',
  Host: 'localhost',
  'X-Forwarded-For': '127.0.0.1',
  'X-Forwarded-User': 'owner',
  'X-Real-IP': '127.0.0.1',
  'X-Original-URL': '/healthz',
}

for (const path of PAGES) {
  test(`${path} sends everybody else to the login, and back`, async () => {
    const response = await closed().request(path, { headers: CLAIMS })
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), `/login?next=${encodeURIComponent(path)}`)
    assert.equal(await response.text(), '')
  })
}

for (const path of DATA) {
  test(`${path} is refused to everybody else`, async () => {
    const response = await closed().request(path, { headers: CLAIMS })
    assert.equal(response.status, 401)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    assert.ok(response.headers.has('www-authenticate'))
  })
}

test('with neither password nor key nothing opens', async () => {
  const app = closed({ auth: { ...OPEN_AUTH, linkKey: null } })
  assert.equal((await app.request('/login?key=')).status, 403)
  assert.equal((await app.request('/login?key=null')).status, 403)
  assert.equal((await app.request('/dashboard/')).status, 303)
})

test('the key of the printed link opens a session and leaves the address', async () => {
  const app = closed()
  const response = await app.request(`/login?key=${LINK_KEY}`)
  assert.equal(response.status, 303)
  assert.equal(response.headers.get('location'), '/dashboard/')
  const cookie = sessionOf(response)
  for (const path of [...PAGES, ...DATA])
    assert.equal((await app.request(path, { headers: { Cookie: cookie } })).status, 200)
})

for (const key of ['', 'k3y', `${LINK_KEY}x`, LINK_KEY.toUpperCase(), 'é']) {
  test(`another key ("${key}") opens nothing`, async () => {
    const response = await closed().request(`/login?key=${encodeURIComponent(key)}`)
    assert.equal(response.status, 403)
    assert.equal(response.headers.get('set-cookie'), null)
  })
}

test('the key opens nothing once a password is set', async () => {
  const app = closed({ auth: { ...passwordAuth, linkKey: LINK_KEY } })
  const response = await app.request(`/login?key=${LINK_KEY}`)
  assert.equal(response.headers.get('set-cookie'), null)
  assert.match(await response.text(), /type="password"/)
})

test('the password opens a session that leads to where one wanted to go', async () => {
  const app = closed({ auth: passwordAuth, basePath: '/stats' })
  const response = await logIn(
    app,
    { password: PASSWORD, next: '/stats/dashboard/ledger?period=7d' },
    '/stats',
  )
  assert.equal(response.status, 303)
  assert.equal(response.headers.get('location'), '/stats/dashboard/ledger?period=7d')
  const set = response.headers.get('set-cookie') ?? ''
  assert.match(set, /; Path=\/stats\/; HttpOnly; Secure; SameSite=Lax$/)
  const headers = { Cookie: sessionOf(response) }
  assert.equal((await app.request('/stats/dashboard/', { headers })).status, 200)
})

test('under plain http the cookie is not Secure, or browsers would drop it', async () => {
  const app = closed({ auth: passwordAuth, publicUrl: () => 'http://192.0.2.1:8080' })
  const set = (await logIn(app, { password: PASSWORD })).headers.get('set-cookie') ?? ''
  assert.match(set, /; HttpOnly; SameSite=Lax$/)
})

test('a wrong password is refused in the same words whatever was wrong', async () => {
  const app = closed({ auth: passwordAuth })
  const answers = await Promise.all(
    [{ password: 'wrong' }, { password: '' }, {}].map((form) => logIn(app, form)),
  )
  const pages = await Promise.all(answers.map((answer) => answer.text()))
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [403, 403, 403],
  )
  assert.deepEqual(
    answers.map((answer) => answer.headers.get('set-cookie')),
    [null, null, null],
  )
  assert.equal(new Set(pages).size, 1)
  assert.match(pages[0] ?? '', /role="alert"/)
})

test('passwords can be tried so often a minute and no oftener; the right one too', async () => {
  let nowMs = NOW_MS
  const app = closed({ auth: { ...passwordAuth, passwordHash: 'damaged' }, now: () => nowMs })
  for (let tries = 0; tries < LIMITS.loginTriesPerMinute; tries++)
    assert.equal((await logIn(app, { password: 'wrong' })).status, 403)
  const refused = await logIn(app, { password: PASSWORD })
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), '60')
  nowMs += 60_000 / LIMITS.loginTriesPerMinute
  assert.equal((await logIn(app, { password: 'wrong' })).status, 403)
  assert.equal((await logIn(app, { password: 'wrong' })).status, 429)
})

test('a session ends after 30 days, with a new password, and when its signature is touched', async () => {
  let nowMs = NOW_MS
  let auth = passwordAuth
  const app = closed({
    now: () => nowMs,
    auth: {
      ...passwordAuth,
      get passwordHash() {
        return auth.passwordHash
      },
    },
  })
  const cookie = sessionOf(await logIn(app, { password: PASSWORD }))
  const status = async (value: string) =>
    (await app.request('/dashboard/', { headers: { Cookie: value } })).status
  assert.equal(await status(cookie), 200)
  const later = cookie.replace(/=(\d+)/, (_, expiry: string) => `=${Number(expiry) + 1}`)
  assert.equal(await status(later), 303)
  assert.equal(await status(cookie.slice(0, -1) + (cookie.endsWith('A') ? 'B' : 'A')), 303)
  auth = { ...passwordAuth, passwordHash: await hashPassword('another one, as long') }
  assert.equal(await status(cookie), 303)
  auth = passwordAuth
  nowMs += 30 * 86_400_000
  assert.equal(await status(cookie), 303)
})

test('the session of a link ends when the link does', async () => {
  const cookie = sessionOf(await closed().request(`/login?key=${LINK_KEY}`))
  const restarted = closed({ auth: { ...OPEN_AUTH, linkKey: 'another' } })
  assert.equal((await restarted.request('/dashboard/', { headers: { Cookie: cookie } })).status, 303)
})

test('logging out takes a form of our own', async () => {
  const app = closed({ auth: passwordAuth })
  const headers = { Cookie: sessionOf(await logIn(app, { password: PASSWORD })) }
  assert.equal((await app.request('/logout', { headers })).status, 405)
  for (const from of ['cross-site', 'same-site']) {
    const foreign = await app.request('/logout', {
      method: 'POST',
      headers: { ...headers, 'Sec-Fetch-Site': from },
    })
    assert.equal(foreign.status, 403)
    assert.equal(foreign.headers.get('set-cookie'), null)
  }
  const own = await app.request('/logout', {
    method: 'POST',
    headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' },
  })
  assert.match(own.headers.get('set-cookie') ?? '', /^headcount=; Max-Age=0; Path=\//)
  assert.equal(own.headers.get('location'), '/login')
  const nobody = await app.request('/logout', { method: 'POST' })
  assert.equal(nobody.headers.get('set-cookie'), null)
})

test('another site cannot log anybody in', async () => {
  const app = closed({ auth: passwordAuth })
  const response = await app.request('/login', {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'cross-site' },
    body: new URLSearchParams({ password: PASSWORD }),
  })
  assert.equal(response.status, 403)
  assert.equal(response.headers.get('set-cookie'), null)
})

test('a form that is too long is not read', async () => {
  const response = await logIn(closed({ auth: passwordAuth }), { password: 'x'.repeat(LIMITS.bodyBytesMax) })
  assert.equal(response.status, 413)
})

const ELSEWHERE = [
  '//evil.example/dashboard/',
  '/\\evil.example/dashboard/',
  '/\t/evil.example/dashboard/',
  '\\\\evil.example/dashboard/',
  '%2F%2Fevil.example',
  '/%2Fevil.example',
  'https://evil.example/dashboard/',
  'https:/dashboard/',
  'javascript:alert(1)',
  '/dashboard/..//evil.example',
  '/dashboard/%2e%2e//evil.example',
  '/dashboard\\..\\\\evil.example',
  '/login?next=/dashboard/',
  'dashboard/',
  '',
]

for (const next of ELSEWHERE) {
  test(`after logging in "${next}" leads to the sites`, async () => {
    const response = await closed().request(`/login?key=${LINK_KEY}&next=${encodeURIComponent(next)}`)
    assert.equal(response.headers.get('location'), '/dashboard/')
  })
}

const MADE = { madeMs: NOW_MS, name: 'script' }

function tokenApp(scopes: readonly Scope[], now = () => NOW_MS) {
  const { secret, token } = makeToken({ ...MADE, scopes })
  const app = closed({ auth: { ...OPEN_AUTH, tokens: [token] }, now })
  const ask = (path: string, authorization = `Bearer ${secret}`) =>
    app.request(path, { headers: { Authorization: authorization } })
  return { ask, secret, token }
}

test('a token that may read opens data and no page', async () => {
  const { ask, secret } = tokenApp(['read'])
  assert.match(secret, /^hc_[\w-]{43}$/)
  for (const path of DATA) assert.equal((await ask(path)).status, 200)
  for (const path of PAGES) assert.equal((await ask(path)).status, 303)
  assert.equal((await ask('/api/v1/sites', `bearer  ${secret}`)).status, 200)
})

test('another token, an old one and a part of one open nothing', async () => {
  const { ask, secret, token } = tokenApp(['read'])
  const others = [
    '',
    'hc_',
    secret.slice(0, -1),
    `${secret}A`,
    token.hash,
    makeToken({ ...MADE, scopes: [] }).secret,
  ]
  for (const other of others) {
    const response = await ask('/api/v1/sites', `Bearer ${other}`)
    assert.equal(response.status, 401, other)
    assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer realm="Headcount", Cookie /)
  }
})

test('a token without the scope is told which one it takes', async () => {
  const { ask } = tokenApp(['count', 'export'])
  const response = await ask('/metrics')
  assert.equal(response.status, 403)
  assert.match(response.headers.get('www-authenticate') ?? '', /error="insufficient_scope", scope="read"$/)
  assert.match(await response.text(), /--scope read/)
})

test('a wrong token opens nothing where a session would', async () => {
  const response = await createApp(sampleDeps()).request('/api/v1/sites', {
    headers: { Authorization: 'Bearer hc_wrong' },
  })
  assert.equal(response.status, 401)
})

test('each token has so many requests a minute, and is told how many are left', async () => {
  let nowMs = NOW_MS
  const { ask } = tokenApp(['read'], () => nowMs)
  const first = await ask('/metrics')
  assert.equal(first.headers.get('ratelimit-policy'), `"minute";q=${LIMITS.apiRequestsPerMinute};w=60`)
  assert.equal(first.headers.get('ratelimit'), `"minute";r=${LIMITS.apiRequestsPerMinute - 1};t=60`)
  for (let request = 1; request < LIMITS.apiRequestsPerMinute; request++) await ask('/metrics')
  nowMs += 20_000
  const refused = await ask('/metrics')
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), '40')
  assert.equal(refused.headers.get('ratelimit'), '"minute";r=0;t=40')
  nowMs += 40_000
  assert.equal((await ask('/metrics')).status, 200)
})

test('the demo is open to look at', async () => {
  const app = createApp(sampleDeps())
  for (const path of [...PAGES, ...DATA]) assert.equal((await app.request(path)).status, 200)
  assert.doesNotMatch(await (await app.request('/dashboard/')).text(), /Log out/)
})

const METHODS: readonly (readonly [method: string, path: string, allow: string])[] = [
  ['POST', '/dashboard/', 'GET, HEAD'],
  ['DELETE', '/dashboard/blog.example.org', 'GET, HEAD'],
  ['PUT', '/api/v1/sites', 'GET, HEAD'],
  ['GET', '/logout', 'POST'],
  ['PUT', '/login', 'GET, HEAD, POST'],
]

for (const [method, path, allow] of METHODS) {
  test(`${method} ${path} is not allowed, ${allow} is`, async () => {
    const response = await createApp(sampleDeps()).request(path, { method })
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), allow)
  })
}

for (const path of [...PAGES, ...DATA, '/healthz']) {
  test(`HEAD ${path} answers as GET, without a body`, async () => {
    const ask = (method: string) => createApp(sampleDeps()).request(path, { method })
    const [head, got] = await Promise.all([ask('HEAD'), ask('GET')])
    assert.equal(head.status, got.status)
    assert.deepEqual([...head.headers], [...got.headers])
    assert.equal(await head.text(), '')
  })
}

async function logIn(
  app: ReturnType<typeof createApp>,
  form: Record<string, string>,
  base = '',
): Promise<Response> {
  return app.request(`${base}/login`, { method: 'POST', body: new URLSearchParams(form) })
}

function sessionOf(response: Response): string {
  const cookie = /^headcount=[^;]+/.exec(response.headers.get('set-cookie') ?? '')?.[0]
  assert.ok(cookie !== undefined)
  return cookie
}
