import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RawHit } from '../../src/hit.ts'
import { LIMITS } from '../../src/limits.ts'
import { aRequest, ask, FIREFOX, hitOf, ONE_SITE, rulesOf } from './ask.ts'

const rules = rulesOf(ONE_SITE)
const twoSites = rulesOf('sites = ["blog.example.org", "shop.example.org"]')
const anySite = rulesOf('sites = "any"')

type Way = Partial<Pick<RawHit, 'path' | 'referrer' | 'source' | 'medium' | 'campaign'>>

const BLOG = 'https://blog.example.org'
const WAYS: [name: string, target: string, referer: string | undefined, way: Way][] = [
  ['the Referer’s path', '/c.css', `${BLOG}/a`, { path: '/a' }],
  ['p before the Referer', '/c.css?p=/b', `${BLOG}/a`, { path: '/b' }],
  ['p alone', '/blog.example.org/c.css?p=/b', undefined, { path: '/b' }],
  ['neither', '/blog.example.org/c.css', undefined, { path: null }],
  ['an empty p is none', '/c.css?p=&r=', `${BLOG}/a`, { path: '/a', referrer: null }],
  ['p without slash', '/c.css?p=b', `${BLOG}/a`, { path: '/b' }],
  ['p escaped as a URL', '/c.css?p=/caf%C3%A9%2Fb', `${BLOG}/a`, { path: '/café%2Fb' }],
  ['p in raw bytes', '/c.css?p=/cafÃ©', `${BLOG}/a`, { path: '/café' }],
  [
    'p escaped as one value',
    '/c.css?p=%2Fcaf%25C3%25A9%3Fref%3Dx%26y',
    `${BLOG}/a`,
    { path: '/café', source: 'x' },
  ],
  ['p as a whole URL', '/c.css?p=https://blog.example.org/b?via=x', `${BLOG}/a`, { path: '/b', source: 'x' }],
  ['the same, escaped', '/c.css?p=https%3A%2F%2Fblog.example.org%2Fb+c', `${BLOG}/a`, { path: '/b%20c' }],
  ['p as no page', '/c.css?p=about:blank', `${BLOG}/a`, { path: '/a' }],
  [
    'p with a query of its own',
    '/c.css?p=/b?utm_source=x&utm_medium=y',
    `${BLOG}/a`,
    { path: '/b', source: 'x', medium: 'y' },
  ],
  ['p and further keys', '/c.css?v=3&p=/b&x=/c', `${BLOG}/a`, { path: '/b' }],
  ['p without campaign, the Referer with one', '/c.css?p=/b', `${BLOG}/a?ref=x`, { path: '/b', source: 'x' }],
  ['an index file', '/c.css?p=/b/index.html', undefined, { path: '/b/' }],
  ['a Referer in raw bytes', '/c.css', `${BLOG}/cafÃ©`, { path: '/café' }],
  ['a Referer with a password', '/c.css', 'https://me:secret@blog.example.org/a', { path: '/a' }],
  ['a Referer that is no web address', '/c.css', 'about:blank', { path: null }],
  ['a Referer that is no URL', '/c.css', 'blog.example.org/a', { path: null }],
  [
    'r to the end',
    '/c.css?p=/b&r=https://search.example/find?a=1&b=2&p=/c',
    undefined,
    { path: '/b', referrer: 'https://search.example/find' },
  ],
  [
    'r alone',
    '/c.css?r=https://search.example',
    `${BLOG}/a`,
    { path: '/a', referrer: 'https://search.example/' },
  ],
  [
    'r escaped',
    '/c.css?r=https%3A%2F%2FSearch.example%2Ffind%3Fq%3D1',
    `${BLOG}/a`,
    { path: '/a', referrer: 'https://search.example/find' },
  ],
  [
    'r with an r of its own',
    '/c.css?r=https://search.example/?q=1&r=2',
    `${BLOG}/a`,
    { path: '/a', referrer: 'https://search.example/' },
  ],
  [
    'a page with an r of its own',
    '/c.css?p=/b?x=1&r=5&r=https://search.example/',
    undefined,
    { path: '/b', referrer: 'https://search.example/' },
  ],
  [
    'r as a host',
    '/c.css?r=Search.example',
    `${BLOG}/a`,
    { path: '/a', referrer: 'https://search.example/' },
  ],
  [
    'r with a password, query and fragment',
    '/c.css?r=http://me:secret@search.example/a?b#c',
    `${BLOG}/a`,
    { path: '/a', referrer: 'http://search.example/a' },
  ],
  [
    'r as an app',
    '/c.css?r=android-app://com.example.mail/',
    `${BLOG}/a`,
    { path: '/a', referrer: 'android-app://com.example.mail/' },
  ],
  ['r as nothing', '/c.css?r=-', `${BLOG}/a`, { path: '/a', referrer: null }],
  ['r as script', '/c.css?r=javascript:alert(1)', `${BLOG}/a`, { path: '/a', referrer: null }],
  [
    'r on an alias is oneself',
    '/c.css?r=https://www.blog.example.org/b',
    `${BLOG}/a`,
    { path: '/a', referrer: null },
  ],
  [
    'utm',
    '/c.css',
    `${BLOG}/a?utm_source=s&utm_medium=m&utm_campaign=c%20d&utm_term=t`,
    { path: '/a', source: 's', medium: 'm', campaign: 'c d' },
  ],
  ['utm_source before the others', '/c.css', `${BLOG}/a?ref=b&utm_source=a`, { path: '/a', source: 'a' }],
  ['the first of the same key', '/c.css', `${BLOG}/a?ref=b&ref=c`, { path: '/a', source: 'b' }],
  ['an empty utm_source', '/c.css', `${BLOG}/a?utm_source=&source=b`, { path: '/a', source: 'b' }],
  [
    'signs that cannot be seen',
    '/c.css',
    `${BLOG}/a?via=%20b%00%E2%80%AE+c%0A`,
    { path: '/a', source: 'b c' },
  ],
]

for (const [name, target, referer, way] of WAYS) {
  test(`which page, and from where: ${name}`, () => {
    const { path, referrer, source, medium, campaign } = hitOf(
      rules,
      aRequest(target, { headers: { ...FIREFOX, referer } }),
    )
    const none = { path: null, referrer: null, source: null, medium: null, campaign: null }
    assert.deepEqual({ path, referrer, source, medium, campaign }, { ...none, ...way })
  })
}

test('a Referer that is an origin from another site says no path: browsers cut it to that', () => {
  const pathOf = (site: string, referer = `${BLOG}/`) =>
    hitOf(rules, aRequest('/c.css', { headers: { referer, 'sec-fetch-site': site } })).path
  assert.equal(pathOf('cross-site'), null)
  assert.equal(pathOf('same-site'), '/')
  assert.equal(pathOf('same-origin'), '/')
  assert.equal(pathOf('cross-site', `${BLOG}/?id=1`), '/')
})

test('the Referer names the page, and never where its reader came from', () => {
  for (const target of ['/c.css', '/v.svg', '/w/s.svg', '/e/end.svg']) {
    for (const referer of [`${BLOG}/entry`, 'https://www.blog.example.org/entry']) {
      const { path, referrer } = hitOf(rules, aRequest(target, { headers: { ...FIREFOX, referer } }))
      assert.deepEqual([path, referrer], ['/entry', null])
    }
  }
})

test('long parts are cut at their limits', () => {
  const target = `/c.css?r=https://search.example/${'a'.repeat(600)}`
  const referer = `${BLOG}/${'b'.repeat(600)}?utm_source=${'%C3%A9'.repeat(100)}`
  const hit = hitOf(rules, aRequest(target, { headers: { referer } }))
  assert.equal(Buffer.byteLength(hit.path ?? ''), LIMITS.pathBytesMax)
  assert.equal(Buffer.byteLength(hit.referrer ?? ''), LIMITS.referrerBytesMax)
  assert.equal(hit.source, 'é'.repeat(LIMITS.campaignBytesMax / 2))
})

type Rules = typeof rules
const SITES: [
  name: string,
  rules: Rules,
  target: string,
  referer: string | undefined,
  site: string | null,
][] = [
  ['the Referer’s host', twoSites, '/c.css', 'https://shop.example.org:8443/', 'shop.example.org'],
  ['the path before the Referer', twoSites, '/shop.example.org/c.css', `${BLOG}/a`, 'shop.example.org'],
  ['the path alone', twoSites, '/shop.example.org/c.css', undefined, 'shop.example.org'],
  ['none of two', twoSites, '/c.css', undefined, null],
  ['the only one', rules, '/c.css', undefined, 'blog.example.org'],
  ['an unknown host is not the only one', rules, '/c.css', 'https://elsewhere.example/', null],
  ['an unknown host in the path', rules, '/elsewhere.example/c.css', `${BLOG}/a`, null],
  ['an alias', rules, '/c.css', 'https://WWW.blog.example.org./a', 'blog.example.org'],
  ['an alias in the path', rules, '/www.blog.example.org/c.css', undefined, 'blog.example.org'],
  ['an international name', rules, '/c.css', 'https://xn--bcher-kva.example/', 'blog.example.org'],
  ['the same in the path', rules, '/b%C3%BCcher.example/c.css', undefined, 'blog.example.org'],
  ['the same in raw bytes', rules, '/bÃ¼cher.example/c.css', undefined, 'blog.example.org'],
  ['any host', anySite, '/c.css', 'http://localhost:3000/a', 'localhost'],
  ['any IPv6 host', anySite, '/c.css', 'http://[2001:db8::1]:80/a', '[2001:db8::1]'],
  ['any host, none named', anySite, '/c.css', undefined, null],
  [
    'a trial counts every host',
    rulesOf('', true),
    '/demo.example/c.css',
    'http://127.0.0.1:8080/demo/',
    'demo.example',
  ],
  ['without sites others reach none', rulesOf('', false), '/demo.example/c.css', undefined, null],
]

for (const [name, rules, target, referer, site] of SITES) {
  test(`which site: ${name}`, () => {
    const { hit, refused } = ask(rules, aRequest(target, { headers: { ...FIREFOX, referer } }))
    assert.equal(hit?.site ?? null, site)
    assert.equal(refused?.verdict ?? null, site === null ? 'unknown-site' : null)
  })
}

test('an unknown host is told with its refusal', () => {
  const hostOf = (target: string) => ask(rules, aRequest(target, { headers: {} })).refused?.host
  assert.equal(hostOf('/elsewhere.example/c.css'), 'elsewhere.example')
  assert.equal(ask(twoSites, aRequest('/c.css', { headers: {} })).refused?.host, null)
})
