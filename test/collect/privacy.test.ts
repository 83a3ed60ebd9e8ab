import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CollectRequest } from '../../src/collect/request.ts'
import { aRequest, ask, FIREFOX, hitOf, ONE_SITE, rulesOf } from './ask.ts'

const IPV4 = '192.0.2.77'
const IPV6 = '2001:db8:77:66::55'

/** The client's address in its writings, each with the address that the connection has. */
const WRITINGS: [address: string, writing: string][] = [
  [IPV4, IPV4],
  [`::ffff:${IPV4}`, IPV4],
  [IPV4, `::ffff:${IPV4}`],
  [IPV4, '::ffff:c000:24d'],
  [IPV4, '192-0-2-77'],
  [IPV4, '192.000.002.077'],
  [IPV4, 'c000024d'],
  [IPV4, '3221226061'],
  [IPV6, IPV6],
  [IPV6, IPV6.toUpperCase()],
  [IPV6, `[${IPV6}]:4711`],
  [IPV6, encodeURIComponent(IPV6)],
  [IPV6, '2001:0db8:0077:0066:0000:0000:0000:0055'],
]

const POLICIES: [name: string, toml: string][] = [
  ['by default', ''],
  ['with every header', 'headers = "all"\n'],
  ['reduced', ''],
]

for (const [policy, toml] of POLICIES) {
  for (const [address, writing] of WRITINGS) {
    test(`${policy}: "${writing}" of ${address} is kept nowhere`, () => {
      const base = requestThatHolds(writing, address)
      const request = policy === 'reduced' ? { ...base, headers: { ...base.headers, dnt: '1' } } : base
      const hit = hitOf(rulesOf(toml + ONE_SITE), request)
      assert.doesNotMatch(JSON.stringify(hit), new RegExp(escapeRegExp(writing), 'i'))
      assert.ok(hit.cut.includes('path'))
    })
  }
}

test('an address that only a proxy’s header names is kept nowhere, either', () => {
  const rules = rulesOf(`headers = "all"\n${ONE_SITE}`)
  const request = requestThatHolds(IPV4, '198.51.100.1')
  for (const over of [{ proxied: true }, { proxied: false }])
    assert.doesNotMatch(JSON.stringify(hitOf(rules, { ...request, ...over })), /192/)
})

test('where any host counts, a host that holds the client’s address is none, and is not told', () => {
  const rules = rulesOf('sites = "any"')
  const { refused } = ask(
    rules,
    aRequest('/c.css', { address: IPV4, headers: { referer: `http://${IPV4}/` } }),
  )
  assert.deepEqual(refused, { verdict: 'unknown-site', site: null, host: null })
})

test('this machine’s own address is nobody’s: a trial on it counts', () => {
  const headers = { ...FIREFOX, referer: 'http://127.0.0.1:8080/post' }
  const hit = hitOf(rulesOf('', true), aRequest('/c.css', { address: '127.0.0.1', headers }))
  assert.deepEqual([hit.site, hit.path], ['127.0.0.1', '/post'])
})

test('cookies, credentials and ids are kept nowhere', () => {
  const secrets =
    'cookie authorization proxy-authorization x-api-key x-auth-token x-csrf-token x-request-id traceparent'
  const headers = {
    ...FIREFOX,
    ...Object.fromEntries(secrets.split(' ').map((name) => [name, 'canary'])),
    referer: 'https://canary:canary@blog.example.org/post?session=canary#canary',
  }
  const target = '/c.css?canary=1&p=/post?token=canary#canary&r=https://canary@search.example/a?canary'
  for (const [, toml] of POLICIES) {
    const hit = hitOf(rulesOf(toml + ONE_SITE), aRequest(target, { headers }))
    assert.doesNotMatch(JSON.stringify(hit), /canary/)
    assert.equal(hit.path, '/post')
  }
})

/** Puts the text wherever a request can hold one. */
function requestThatHolds(text: string, address: string): CollectRequest {
  const named =
    'x-forwarded-for x-real-ip forwarded cf-connecting-ip x-a x-country accept-language sec-ch-ua-platform'
  return aRequest(`/c.css?p=/page/${text}&r=https://search.example/${text}`, {
    address,
    headers: {
      ...Object.fromEntries(named.split(' ').map((name) => [name, text])),
      'user-agent': `Mozilla/5.0 (${text}) ${text}bot/1.0`,
      'sec-ch-ua': `"${text}";v="142"`,
      'x-comment': `seen from ${text}, today`,
      referer: `https://blog.example.org/${text}?utm_source=${text}&utm_medium=a&utm_campaign=${text}`,
    },
  })
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
