import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIREFOX, ONE_SITE } from '../../collect/ask.ts'
import type { WireRequest } from '../support/events.ts'
import { restEvent, urlEvent } from '../support/events.ts'
import { askLambda, SHELLS } from './shells.ts'

const referer = 'https://blog.example.org/post'
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

interface Case {
  readonly name: string
  readonly target?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly toml?: string
  readonly fails?: boolean
  /** Status, how many hits, and of the first what is interesting. */
  readonly comes: readonly [status: number, hits: number, about?: Record<string, unknown>]
}

const PING = {
  method: 'POST',
  target: '/ping',
  headers: {
    'Content-Type': 'text/ping',
    'Ping-From': `${referer}?id=secret`,
    'Ping-To': 'https://else.example/a?secret',
  },
  body: 'PING',
}

const REPORT = {
  method: 'POST',
  target: '/csp',
  headers: { 'Content-Type': 'application/csp-report' },
  body: JSON.stringify({
    'csp-report': {
      'document-uri': 'https://blog.example.org/caf%C3%A9?id=secret',
      referrer: 'https://search.example/find?q=secret',
      'blocked-uri': 'data',
    },
  }),
}

/** One table for all shells. */
const CASES: readonly Case[] = [
  { name: 'a view', comes: [200, 1, { path: '/post', verdict: null, country: null }] },
  ...['c.js', 'c.txt', 'c.svg', 'c.gif', 'c.png'].map((file): Case => ({
    name: file,
    target: `/${file}`,
    comes: [200, 1, { path: '/post' }],
  })),
  {
    name: 'a site in the path',
    target: '/www.blog.example.org/c.css',
    comes: [200, 1, { site: 'blog.example.org' }],
  },
  {
    name: 'an international site',
    target: '/b%C3%BCcher.example/c.css',
    comes: [200, 1, { site: 'blog.example.org' }],
  },
  { name: 'a page that the tag names', target: '/c.css?p=/a/b', comes: [200, 1, { path: '/a/b' }] },
  { name: 'an escaped page', target: '/c.css?p=%2Fcaf%25C3%25A9', comes: [200, 1, { path: '/café' }] },
  { name: 'an escaped path', target: '/c.css?p=/caf%C3%A9', comes: [200, 1, { path: '/café' }] },
  {
    name: 'a campaign and a referrer as an include writes them',
    target: '/c.css?p=/a?utm_source=news&utm_medium=mail&r=https://search.example/find?q=secret&x=y',
    comes: [200, 1, { path: '/a', source: 'news', medium: 'mail', referrer: 'https://search.example/find' }],
  },
  {
    name: 'the same, escaped',
    target: '/c.css?p=%2Fa%3Futm_source%3Dnews%26utm_medium%3Dmail&r=https%3A%2F%2Fsearch.example%2Ffind',
    comes: [200, 1, { path: '/a', source: 'news', medium: 'mail', referrer: 'https://search.example/find' }],
  },
  { name: 'a plus and a space', target: '/c.css?p=/a+b%20c', comes: [200, 1, { path: '/a+b%20c' }] },
  { name: 'a query that says nothing', target: '/c.css?&=&x', comes: [200, 1, { path: '/post' }] },
  {
    name: 'raw UTF-8',
    headers: { referer: 'https://blog.example.org/caf\xc3\xa9' },
    comes: [200, 1, { path: '/café' }],
  },
  { name: 'no Referer at all', headers: {}, comes: [200, 1, { path: null, site: 'blog.example.org' }] },
  { name: 'malformed: a line break', target: '/c.css?p=/a%0D%0Ab', comes: [200, 0] },
  {
    name: 'malformed: somebody opened it',
    headers: { referer, 'sec-fetch-dest': 'document' },
    comes: [200, 0],
  },
  { name: 'an unknown site', target: '/else.example/c.css', comes: [200, 0] },
  {
    name: 'an ignored host',
    toml: `ignore_hosts = ["staging.example"]\n${ONE_SITE}`,
    target: '/staging.example/c.css',
    comes: [200, 1, { verdict: 'ignored' }],
  },
  {
    name: 'opted out, reduced',
    headers: { ...FIREFOX, referer, 'sec-gpc': '1' },
    comes: [200, 1, { path: '/post', headers: {} }],
  },
  {
    name: 'opted out, refused',
    toml: `opt_out = "refuse"\n${ONE_SITE}`,
    headers: { referer, DNT: '1' },
    comes: [200, 1, { verdict: 'opt-out', path: null }],
  },
  {
    name: 'a reduced bot',
    headers: { referer, DNT: '1', 'User-Agent': BOT },
    comes: [200, 1, { verdict: 'bot', bot: 'Googlebot' }],
  },
  {
    name: 'prefetched',
    headers: { referer, 'Sec-Purpose': 'prefetch' },
    comes: [200, 1, { headers: { 'sec-purpose': 'prefetch' } }],
  },
  {
    name: 'cookies and credentials',
    headers: { referer, Cookie: 'a=1; b=2', Authorization: 'Basic eA==' },
    comes: [200, 1, { headers: {} }],
  },
  { name: 'HEAD', method: 'HEAD', target: '/c.gif', comes: [200, 0] },
  ...['v.css', 'v.svg', 'n.css'].map((file): Case => ({
    name: `${file} for the first time`,
    target: `/${file}`,
    comes: [200, 1, { viewNumber: 1 }],
  })),
  ...['"2026-11-23.1"', 'W/"2026-11-23.1"'].map((validator): Case => ({
    name: `v.css after ${validator}`,
    target: '/v.css',
    headers: { referer, 'If-None-Match': validator },
    comes: [200, 1, { viewNumber: 2 }],
  })),
  {
    name: 'HEAD of v.css',
    method: 'HEAD',
    target: '/v.css',
    headers: { referer, 'If-None-Match': '"2026-11-23.1"' },
    comes: [200, 0],
  },
  {
    name: 'a view number in the site’s own day',
    toml: `${ONE_SITE}timezone = "Pacific/Kiritimati"\n`,
    target: '/v.css',
    headers: { referer, 'If-None-Match': '"2026-11-23.3"' },
    comes: [200, 1, { viewNumber: 3 }],
  },
  {
    name: 'v.css that could not be kept',
    fails: true,
    target: '/v.css',
    headers: { referer, 'If-None-Match': '"2026-11-23.1"' },
    comes: [503, 0],
  },
  { name: 'a window', target: '/w/m.svg', comes: [200, 1, { kind: 'window', window: 'm', path: '/post' }] },
  { name: 'an event', target: '/e/end.svg', comes: [200, 1, { kind: 'event', event: 'end', path: '/post' }] },
  { name: 'an event without a name', target: '/e/.svg', comes: [200, 0] },
  {
    name: 'a link that was followed',
    target: '/e/outbound.svg?p=/post&t=https://else.example/a?secret',
    comes: [200, 1, { event: 'outbound', target: 'else.example/a' }],
  },
  {
    name: 'a ping',
    ...PING,
    comes: [204, 1, { event: 'outbound', target: 'else.example/a', path: '/post' }],
  },
  {
    name: 'a ping in the name of a site',
    ...PING,
    target: '/blog.example.org/ping?p=/there',
    comes: [204, 1, { path: '/there' }],
  },
  { name: 'a ping that is none', ...PING, headers: {}, comes: [204, 0] },
  ...['application/csp-report', 'application/csp-report; charset=utf-8'].map((type): Case => ({
    name: `a report as ${type}`,
    ...REPORT,
    headers: { 'Content-Type': type },
    comes: [204, 1, { kind: 'referral', path: '/café', referrer: 'https://search.example/find' }],
  })),
  { name: 'a report that is none', ...REPORT, body: '{"csp-report":', comes: [204, 0] },
  { name: 'a report that is too long', ...REPORT, body: ' '.repeat(65_537), comes: [413, 0] },
  { name: 'whether reports may come', method: 'OPTIONS', target: '/csp', comes: [204, 0] },
  { name: 'a report without POST', target: '/csp', comes: [405, 0] },
  { name: 'a body for a tag', method: 'POST', body: 'x', comes: [405, 0] },
  { name: 'another method', method: 'DELETE', comes: [405, 0] },
  { name: 'not the collector’s', target: '/favicon.ico', comes: [404, 0] },
  { name: 'the front page', target: '/', comes: [404, 0] },
  { name: 'a log that fails', fails: true, target: '/c.png', comes: [503, 0] },
]

for (const { name, comes, toml = ONE_SITE, fails = false, ...request } of CASES) {
  const wire: WireRequest = { method: 'GET', target: '/c.css', headers: { ...FIREFOX, referer }, ...request }
  const [status, count, about] = comes

  test(`${name} comes to the same through every shell`, async () => {
    const [[, node] = [], ...lambda] = await Promise.all(
      Object.entries(SHELLS).map(async ([shell, ask]) => [shell, await ask(wire, toml, fails)] as const),
    )
    assert.deepEqual([node?.status, node?.hits.length], [status, count])
    if (about !== undefined) assert.partialDeepStrictEqual(node?.hits[0], about)
    for (const [shell, outcome] of lambda) assert.deepEqual(outcome, node, shell)
  })
}

const CLOUDFRONT = `country_header = "cloudfront-viewer-country"\nignore_addresses = ["198.51.100.9"]\n${ONE_SITE}`
const EDGE = '203.0.113.1'

for (const [shell, event] of [
  ['a Function URL', urlEvent],
  ['a REST API', restEvent],
] as const) {
  test(`behind CloudFront, ${shell} is told country and client`, async () => {
    const headers = { referer, 'CloudFront-Viewer-Country': 'pl' }
    const ask = async (forwarded: string) => {
      const request = {
        method: 'GET',
        target: '/c.css',
        headers: { ...headers, 'X-Forwarded-For': forwarded },
      }
      const { hits } = await askLambda(event(request, EDGE), CLOUDFRONT)
      return [hits[0]?.country, hits[0]?.verdict]
    }
    assert.deepEqual(await ask('192.0.2.7'), ['PL', null])
    assert.deepEqual(await ask('198.51.100.9'), [null, 'ignored'])
    assert.deepEqual(await ask(`198.51.100.9, ${EDGE}`), [null, 'ignored'])
    // What a client writes itself stands further left.
    assert.deepEqual(await ask('198.51.100.9, 192.0.2.7'), ['PL', null])
  })

  test(`not behind CloudFront, nobody tells ${shell} a country or another address`, async () => {
    const headers = { referer, 'CloudFront-Viewer-Country': 'PL', 'X-Forwarded-For': '198.51.100.9' }
    const toml = `ignore_addresses = ["198.51.100.9"]\n${ONE_SITE}`
    const { hits } = await askLambda(event({ method: 'GET', target: '/c.css', headers }, EDGE), toml)
    assert.deepEqual([hits[0]?.country, hits[0]?.verdict], [null, null])
    const own = await askLambda(event({ method: 'GET', target: '/c.css', headers }, '198.51.100.9'), toml)
    assert.equal(own.hits[0]?.verdict, 'ignored')
  })

  test(`${shell}: what holds the client’s address is dropped, and AWS’s own headers are not kept`, async () => {
    const headers = { referer: 'https://blog.example.org/from-192.0.2.7', 'User-Agent': 'Firefox 192.0.2.7' }
    const { hits } = await askLambda(event({ method: 'GET', target: '/c.css', headers }), ONE_SITE)
    assert.deepEqual([hits[0]?.path, hits[0]?.headers], [null, {}])
  })

  test(`${shell}: no answer sets a header that AWS renames, and only pictures are base64`, async () => {
    const wire = { method: 'GET', headers: { referer } }
    for (const target of ['/c.css', '/c.js', '/c.svg', '/c.gif', '/nothing']) {
      const { headers } = await askLambda(event({ ...wire, target }), ONE_SITE)
      const renamed = /^(?:content-length|date|connection|server|www-authenticate)$/
      assert.deepEqual(
        Object.keys(headers).filter((name) => renamed.test(name)),
        [],
      )
    }
  })
}

test('a bug is answered 500 with nothing in it', async () => {
  const { status, body, hits } = await askLambda(JSON.parse('{"key1":"value1"}'), ONE_SITE)
  assert.deepEqual([status, body, hits], [500, '', []])
})
