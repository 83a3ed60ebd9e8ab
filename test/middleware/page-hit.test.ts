import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answered } from '../../src/middleware/page-hit.ts'
import { isPage, pageHit } from '../../src/middleware/page-hit.ts'

const PAGE: Answered = {
  method: 'GET',
  url: '/posts/hello?utm_source=letter',
  headers: { accept: 'text/html,*/*;q=0.8', 'sec-fetch-dest': 'document', 'user-agent': 'Firefox' },
  address: '192.0.2.7',
  status: 200,
  type: 'text/html; charset=utf-8',
}

const CASES: readonly (readonly [what: string, change: Partial<Answered>, is: boolean])[] = [
  ['a document that a browser navigates to', {}, true],
  ['one that the browser has and asks for again', { status: 304, type: null }, true],
  ['one for a browser that says nothing of its fetches', { headers: { accept: 'text/html' } }, true],
  ['XHTML', { type: 'application/xhtml+xml' }, true],
  [
    'a document in advance, which Headcount judges',
    { headers: { ...PAGE.headers, 'sec-purpose': 'prefetch' } },
    true,
  ],
  ['a form that was sent', { method: 'POST' }, false],
  ['HEAD', { method: 'HEAD' }, false],
  ['a page that is not there', { status: 404 }, false],
  ['a redirect', { status: 302 }, false],
  ['a picture', { type: 'image/png' }, false],
  ['no type', { type: null }, false],
  ['a frame', { headers: { ...PAGE.headers, 'sec-fetch-dest': 'iframe' } }, false],
  ['HTML that a script fetched', { headers: { accept: 'text/html', 'sec-fetch-dest': 'empty' } }, false],
  ['HTML for what accepts anything', { headers: { accept: '*/*' } }, false],
  ['an asset that the browser has', { status: 304, headers: { accept: 'text/html' }, type: null }, false],
  ['a request to a proxy', { url: 'http://else.example/' }, false],
]

for (const [what, change, is] of CASES) {
  test(`${what} is ${is ? '' : 'no '}page`, () => {
    assert.equal(isPage({ ...PAGE, ...change }), is)
  })
}

test('a hit holds what Headcount reads, and no cookie', () => {
  const headers = {
    ...PAGE.headers,
    cookie: 'session=secret',
    authorization: 'Basic c2VjcmV0',
    referer: 'https://news.example/',
    dnt: '1',
    'x-forwarded-for': '192.0.2.9',
  }
  assert.deepEqual(JSON.parse(pageHit('blog.example', { ...PAGE, headers }, 0)), {
    site: 'blog.example',
    path: '/posts/hello?utm_source=letter',
    time: '1970-01-01T00:00:00.000Z',
    referrer: 'https://news.example/',
    address: '192.0.2.7',
    headers: { 'user-agent': 'Firefox', dnt: '1' },
  })
})

for (const [address, told] of [
  [null, undefined],
  ['', undefined],
  ['unknown', undefined],
  ['fe80::1%eth0', 'fe80::1'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
] as const) {
  test(`the address ${address} is told as ${told}`, () => {
    assert.equal(JSON.parse(pageHit('a.example', { ...PAGE, address }, 0)).address, told)
  })
}
