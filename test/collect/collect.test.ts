import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CollectResponse } from '../../src/collect/request.ts'
import { collect } from '../../src/collect/collect.ts'
import { BLANK_HIT } from '../../src/blank-hit.ts'
import { aRequest, ask, fieldOf, FIREFOX, hitOf, ONE_SITE, rulesOf, TIME_MS } from './ask.ts'

const rules = rulesOf(ONE_SITE)

const RESOURCES: [target: string, type: string, bytes: number][] = [
  ['/c.css', 'text/css', 0],
  ['/c.js', 'text/javascript', 0],
  ['/c.txt', 'text/plain', 0],
  ['/c.gif', 'image/gif', 42],
  ['/c.png', 'image/png', 68],
  ['/c.svg', 'image/svg+xml', 62],
  ['/blog.example.org/c.css', 'text/css', 0],
  ['/c.css?p=/a&r=https://search.example/', 'text/css', 0],
  ['/w/m.svg', 'image/svg+xml', 62],
  ['/e/end.svg', 'image/svg+xml', 62],
  ['/e/end.css', 'text/css', 0],
]

for (const [target, type, bytes] of RESOURCES) {
  test(`${target} answers ${bytes} bytes of ${type} that nobody keeps`, () => {
    const { response, hit } = ask(rules, aRequest(target))
    assert.equal(response.status, 200)
    assert.equal(Buffer.byteLength(response.body), bytes)
    assert.deepEqual(headersOf(response), {
      'content-type': type,
      'content-length': String(bytes),
      'cache-control': 'no-cache, no-store, must-revalidate',
      etag: '"0123456789abcdef"',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
    assert.equal(hit?.viewNumber, null)
  })
}

const NOT_MINE = [
  '/',
  '/c',
  '/c.css/',
  '/C.css',
  '/v.js',
  '/n.svg',
  '/w/x.svg',
  '/w/s.css',
  '/e/end.gif',
  '/e/end',
  '/ping/',
  '/dashboard/c.css',
  '/dashboard/',
  '/api/v1/c.css',
  '/demo/c.css',
  '/login',
  '/blog.example.org/',
  '/blog.example.org/dashboard/c.css',
  '//c.css',
  '/%E0%A4%A/c.css',
  '/user@blog.example.org/c.css',
  '?c.css',
  '',
]

for (const target of NOT_MINE) {
  test(`"${target}" is not the collector's`, () => {
    assert.equal(collect(aRequest(target), rules), null)
  })
}

test('stems are settings', () => {
  const stems = 'view_stem = "look"\nevent_stem = "did"\nwindow_stem = "size"\nping_stem = "left"\n'
  const rules = rulesOf(stems + ONE_SITE)
  assert.equal(hitOf(rules, aRequest('/look.css')).path, '/post')
  assert.equal(hitOf(rules, aRequest('/did/end.svg')).event, 'end')
  assert.equal(hitOf(rules, aRequest('/size/s.svg')).window, 's')
  assert.equal(ask(rules, aRequest('/left', { method: 'POST' })).response.status, 204)
  for (const target of ['/c.css', '/e/end.svg', '/w/s.svg', '/ping'])
    assert.equal(collect(aRequest(target), rules), null)
})

test('HEAD is answered like GET, without a body, and not counted', () => {
  const { response, hit, refused } = ask(rules, aRequest('/c.gif', { method: 'HEAD' }))
  assert.deepEqual(headersOf(response), headersOf(ask(rules, aRequest('/c.gif')).response))
  assert.deepEqual([response.status, response.body, hit, refused], [200, '', null, null])
})

for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', '']) {
  test(`method "${method}" is answered 405 and not counted`, () => {
    const { response, hit, refused } = ask(rules, aRequest('/c.css', { method }))
    assert.equal(response.status, 405)
    assert.equal(headersOf(response)['allow'], 'GET, HEAD')
    assert.deepEqual([response.body, hit, refused], ['', null, null])
  })
}

const ALLOWED: [target: string, method: string, status: number, allow: string][] = [
  ['/ping', 'GET', 405, 'POST'],
  ['/ping', 'HEAD', 405, 'POST'],
  ['/ping', 'OPTIONS', 405, 'POST'],
  ['/csp', 'GET', 405, 'POST, OPTIONS'],
  ['/blog.example.org/csp', 'PUT', 405, 'POST, OPTIONS'],
  ['/csp', 'OPTIONS', 204, ''],
]

for (const [target, method, status, allow] of ALLOWED) {
  test(`${method} ${target} is answered ${status} and not counted`, () => {
    const { response, hit, refused } = ask(rules, aRequest(target, { method }))
    assert.deepEqual([response.status, fieldOf(response, 'allow')], [status, allow])
    assert.deepEqual([response.body, hit, refused], ['', null, null])
  })
}

test('browsers may send reports from every page', () => {
  const { response } = ask(rules, aRequest('/csp', { method: 'OPTIONS' }))
  assert.equal(fieldOf(response, 'access-control-allow-origin'), '*')
  assert.equal(fieldOf(response, 'access-control-allow-methods'), 'POST')
  assert.equal(fieldOf(response, 'access-control-allow-headers'), 'Content-Type')
})

test('a hit is the page, the way to it, and the browser', () => {
  const request = aRequest('/c.css?r=https://search.example/find?q=secret', {
    headers: {
      ...FIREFOX,
      referer: 'https://blog.example.org/post/?utm_source=news&utm_medium=mail&token=1',
    },
  })
  assert.deepEqual(hitOf(rules, request), {
    ...BLANK_HIT,
    timeMs: TIME_MS,
    site: 'blog.example.org',
    path: '/post/',
    referrer: 'https://search.example/find',
    source: 'news',
    medium: 'mail',
    headers: {
      'user-agent': FIREFOX['user-agent'],
      'accept-language': 'de-DE',
      'sec-fetch-site': 'same-site',
    },
    country: 'PL',
  })
})

test('the country is the trusted header’s where one is set, and then never the address’', () => {
  const rules = rulesOf(`country_header = "CF-IPCountry"\n${ONE_SITE}`)
  const countryOf = (value?: string) =>
    hitOf(
      rules,
      aRequest('/c.css', { headers: { referer: 'https://blog.example.org/', 'cf-ipcountry': value } }),
    ).country
  assert.deepEqual(['de', 'XX', 'T1', 'Germany', undefined].map(countryOf), ['DE', null, null, null, null])
})

test('the address of a proxy that is not trusted has no country', () => {
  assert.equal(hitOf(rules, aRequest('/c.css', { proxied: true })).country, null)
  assert.equal(hitOf(rules, aRequest('/c.css', { address: null })).country, null)
})

function headersOf({ headers }: CollectResponse): Record<string, string> {
  const pairs = headers.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), headers[index + 1] ?? '']] : [],
  )
  return Object.fromEntries(pairs)
}
