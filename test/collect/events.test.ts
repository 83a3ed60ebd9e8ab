import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../src/limits.ts'
import { aRequest, ask, fieldOf, FIREFOX, hitOf, ONE_SITE, rulesOf } from './ask.ts'

const rules = rulesOf(ONE_SITE)
const BLOG = 'https://blog.example.org'

for (const window of ['s', 'm', 'l'] as const) {
  test(`w/${window}.svg says the window and the page, and neither country nor the way here`, () => {
    const hit = hitOf(rules, aRequest(`/w/${window}.svg?r=https://search.example/`))
    assert.deepEqual(
      [hit.kind, hit.window, hit.path, hit.country, hit.referrer],
      ['window', window, '/post', null, null],
    )
  })
}

const EVENTS: [name: string, target: string, event: string, path: string, leads: string | null][] = [
  ['a picture', '/e/end.svg', 'end', '/post', null],
  ['a style sheet', '/e/end.css', 'end', '/post', null],
  ['under the site', '/blog.example.org/e/end.svg', 'end', '/post', null],
  ['the page by p', '/e/end.svg?p=/a', 'end', '/a', null],
  ['every sign of the alphabet', '/e/Sign-up_2.0.svg', 'Sign-up_2.0', '/post', null],
  ['a name that has the ending of another', '/e/c.css.svg', 'c.css', '/post', null],
  ['as long as a name may be', `/e/${'a'.repeat(64)}.svg`, 'a'.repeat(64), '/post', null],
  ['a link', '/e/outbound.svg?t=https://Other.example/a?b#c', 'outbound', '/post', 'other.example/a'],
  ['a link and a page', '/e/out.svg?p=/a&t=https://other.example/a?p=/b&c', 'out', '/a', 'other.example/a'],
  [
    'a page with a query, and a link',
    '/e/out.svg?p=/a?x=1&t=https://other.example/',
    'out',
    '/a',
    'other.example/',
  ],
  [
    'a link escaped',
    '/e/out.svg?p=%2Fa&t=https%3A%2F%2Fother.example%2Fb%3Fc',
    'out',
    '/a',
    'other.example/b',
  ],
  [
    'a link to oneself by an alias',
    `/e/out.svg?t=https://www.blog.example.org/f.zip`,
    'out',
    '/post',
    'blog.example.org/f.zip',
  ],
  [
    'a link with a password',
    '/e/out.svg?t=https://me:secret@other.example/',
    'out',
    '/post',
    'other.example/',
  ],
  ['no link', '/e/out.svg?t=mailto:somebody@other.example', 'out', '/post', null],
  ['script', '/e/out.svg?t=javascript:alert(1)', 'out', '/post', null],
  ['r is for views', '/e/out.svg?r=https://other.example/', 'out', '/post', null],
]

for (const [name, target, event, path, leads] of EVENTS) {
  test(`an event: ${name}`, () => {
    const hit = hitOf(rules, aRequest(target))
    assert.deepEqual(
      [hit.kind, hit.event, hit.path, hit.target, hit.referrer],
      ['event', event, path, leads, null],
    )
  })
}

for (const name of ['', 'a%20b', 'a/b', 'é', '%65nd', '<b>', 'a'.repeat(65), '192.0.2.7']) {
  test(`"${name}" is no name of an event: malformed, and answered like one`, () => {
    const { response, hit, refused } = ask(rules, aRequest(`/e/${name}.svg`))
    assert.deepEqual([response.status, hit, refused?.verdict], [200, null, 'malformed'])
    assert.equal(fieldOf(response, 'content-type'), 'image/svg+xml')
  })
}

test('a target that holds the client’s address is cut, and a long one is cut short', () => {
  const targetOf = (path: string) => {
    const { target, cut } = hitOf(rules, aRequest(`/e/out.svg?t=https://other.example/${path}`))
    return { bytes: target?.length, cut }
  }
  assert.deepEqual(targetOf('by/192.0.2.7'), { bytes: undefined, cut: ['target'] })
  assert.deepEqual(targetOf('a'.repeat(600)), { bytes: LIMITS.targetBytesMax, cut: [] })
})

test('of a reader who opted out an event keeps its name and page, a window nothing', () => {
  const headers = { ...FIREFOX, referer: `${BLOG}/post`, dnt: '1' }
  const event = hitOf(rules, aRequest('/e/out.svg?t=https://other.example/', { headers }))
  assert.deepEqual([event.event, event.path, event.target, event.headers], ['out', '/post', null, {}])
  assert.equal(hitOf(rules, aRequest('/w/s.svg', { headers })).window, null)
})

const PING = { ...FIREFOX, 'sec-fetch-dest': 'empty', 'content-type': 'text/ping' }
const TO = 'https://other.example/landing?token=1#part'
const PINGS: [name: string, target: string, headers: Record<string, string>, want: unknown[]][] = [
  [
    'from another host of the site',
    '/ping?p=/a',
    { origin: BLOG, 'ping-to': TO },
    ['outbound', '/a', 'other.example/landing'],
  ],
  [
    'from the page’s own host',
    '/ping',
    { origin: BLOG, 'ping-from': `${BLOG}/post?x`, 'ping-to': TO },
    ['outbound', '/post', 'other.example/landing'],
  ],
  [
    'with no more than its origin',
    '/ping',
    { origin: BLOG, 'ping-to': TO },
    ['outbound', null, 'other.example/landing'],
  ],
  [
    'to a file of the site',
    '/ping?p=/a',
    { origin: BLOG, 'ping-to': 'https://www.blog.example.org/paper.pdf' },
    ['download', '/a', 'blog.example.org/paper.pdf'],
  ],
  [
    'from a page without an origin',
    '/blog.example.org/ping?p=/a',
    { origin: 'null', 'ping-to': TO },
    ['outbound', '/a', 'other.example/landing'],
  ],
]

for (const [name, target, headers, want] of PINGS) {
  test(`the ping of a link: ${name}`, () => {
    const request = aRequest(target, { method: 'POST', body: 'PING', headers: { ...PING, ...headers } })
    const { response, hit } = ask(rules, request)
    assert.deepEqual([response.status, response.body], [204, ''])
    assert.deepEqual([hit?.event, hit?.path, hit?.target], want)
    assert.deepEqual([hit?.kind, hit?.country, hit?.headers['accept-language']], ['event', 'PL', 'de-DE'])
  })
}

test('the site of a ping is the path’s, else the page’s, else the origin’s', () => {
  const two = rulesOf('sites = ["blog.example.org", "shop.example.org"]')
  const siteOf = (target: string, headers: Record<string, string>) =>
    ask(
      two,
      aRequest(target, { method: 'POST', body: 'PING', headers: { ...PING, 'ping-to': TO, ...headers } }),
    ).hit?.site
  assert.equal(siteOf('/shop.example.org/ping', { origin: BLOG }), 'shop.example.org')
  assert.equal(siteOf('/ping', { 'ping-from': 'https://shop.example.org/' }), 'shop.example.org')
  assert.equal(siteOf('/ping', { origin: BLOG }), 'blog.example.org')
  assert.equal(siteOf('/ping', {}), undefined)
})

test('headers = "all" keeps nothing of where a ping came from and leads to', () => {
  const all = rulesOf(`headers = "all"\n${ONE_SITE}`)
  const headers = {
    ...PING,
    origin: BLOG,
    'ping-from': `${BLOG}/a?secret`,
    'ping-to': `${BLOG}/b?secret#secret`,
  }
  const hit = hitOf(all, aRequest('/ping', { method: 'POST', body: 'PING', headers }))
  assert.doesNotMatch(JSON.stringify(hit), /secret|ping-/)
})

const NO_PINGS: [name: string, headers: Record<string, string>][] = [
  ['no target', { origin: BLOG }],
  ['a target that is no web address', { origin: BLOG, 'ping-to': 'mailto:a@b.example' }],
  ['a target without scheme', { origin: BLOG, 'ping-to': 'other.example' }],
  ['another type', { origin: BLOG, 'ping-to': TO, 'content-type': 'text/plain' }],
  ['a form that leads there', { origin: BLOG, 'ping-to': TO, 'sec-fetch-mode': 'navigate' }],
]

for (const [name, headers] of NO_PINGS) {
  test(`no ping: ${name}`, () => {
    const request = aRequest('/ping', { method: 'POST', body: 'PING', headers: { ...PING, ...headers } })
    const { response, hit, refused } = ask(rules, request)
    assert.deepEqual([response.status, hit, refused?.verdict], [204, null, 'malformed'])
  })
}
