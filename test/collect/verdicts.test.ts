import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { BLANK_HIT } from '../../src/blank-hit.ts'
import type { CollectRequest } from '../../src/collect/request.ts'
import { VERDICT_RULES } from '../../src/verdict-rules.ts'
import { prefetchVerdict, VERDICTS } from '../../src/verdict.ts'
import { aRequest, ask, FIREFOX, hitOf, ONE_SITE, rulesOf, TIME_MS } from './ask.ts'

const referer = 'https://blog.example.org/post'
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

test('docs/verdicts.md has the table of the code, row by row', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/verdicts.md'), 'utf8')
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (.+?) \| (.+) \| (collect|derive) \|$/gm)]
  assert.deepEqual(
    rows.map(([, verdict, header, condition, decides]) => ({ verdict, header, condition, decides })),
    VERDICT_RULES.map(({ verdict, header, condition, decides }) => ({
      verdict,
      header: header === null ? '–' : `\`${header}\``,
      condition,
      decides,
    })),
  )
})

test('every verdict but "counted" has a rule', () => {
  assert.deepEqual(
    VERDICTS.filter((verdict) => !VERDICT_RULES.some((rule) => rule.verdict === verdict)),
    ['counted'],
  )
})

const PURPOSES: [headers: Record<string, string>, verdict: 'prefetch' | 'prerender' | null][] = [
  [{}, null],
  [{ 'sec-purpose': 'prefetch' }, 'prefetch'],
  [{ 'sec-purpose': 'prefetch;anonymous-client-ip' }, 'prefetch'],
  [{ 'sec-purpose': 'prefetch;prerender' }, 'prerender'],
  [{ 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' }, 'prerender'],
  [{ purpose: 'prefetch' }, 'prefetch'],
  [{ purpose: 'Preview' }, 'prefetch'],
  [{ 'x-purpose': 'preview' }, 'prefetch'],
  [{ 'x-moz': 'prefetch' }, 'prefetch'],
  [{ 'x-moz': 'livebookmarks' }, null],
  [{ 'sec-purpose': '' }, null],
]

for (const [headers, verdict] of PURPOSES) {
  test(`${JSON.stringify(headers)} is ${verdict ?? 'an ordinary view'}`, () => {
    assert.equal(prefetchVerdict(headers), verdict)
  })
}

const rules = rulesOf(`flood_per_minute = 1\n${ONE_SITE}`)
const REFUSED: [name: string, target: string, headers: Record<string, string>, verdict: string][] = [
  ['a line break in p', '/c.css?p=/a%0d%0aSet-Cookie:x', { referer }, 'malformed'],
  ['a zero byte in p', '/c.css?p=/a%00', { referer }, 'malformed'],
  ['somebody opened the address', '/c.css', { 'sec-fetch-dest': 'document' }, 'malformed'],
  ['a window was sent there', '/c.css', { 'sec-fetch-mode': 'navigate' }, 'malformed'],
  ['malformed before unknown site', '/x.example/c.css', { 'sec-fetch-mode': 'navigate' }, 'malformed'],
  ['an unknown site', '/x.example/c.css', { referer }, 'unknown-site'],
]

for (const [name, target, headers, verdict] of REFUSED) {
  test(`refused at the door: ${name}`, () => {
    const { response, hit, refused } = ask(rules, aRequest(target, { headers }))
    assert.deepEqual([response.status, hit, refused?.verdict], [200, null, verdict])
  })
}

test('a flood is refused, and names its site', () => {
  const request = aRequest('/c.css', { address: '198.51.100.9' })
  assert.equal(ask(rules, request).refused, null)
  assert.deepEqual(ask(rules, request).refused, { verdict: 'flood', site: 'blog.example.org', host: null })
})

test('what is refused before, a proxy that is not trusted, and HEAD do not add to a flood', () => {
  const request = aRequest('/c.css', { address: '198.51.100.10' })
  ask(rules, { ...request, target: '/x.example/c.css' })
  ask(rules, { ...request, method: 'HEAD' })
  ask(rules, { ...request, proxied: true })
  assert.equal(ask(rules, request).refused, null)
})

/** One request for each kind of resource, from one address. */
const EACH_KIND: readonly CollectRequest[] = [
  ...['/c.css', '/v.css', '/n.css', '/w/s.svg', '/e/end.svg'].map((target) => aRequest(target)),
  aRequest('/ping', {
    method: 'POST',
    headers: { ...FIREFOX, 'content-type': 'text/ping', 'ping-to': 'https://a.example/', origin: referer },
  }),
  aRequest('/csp', {
    method: 'POST',
    headers: { ...FIREFOX, 'content-type': 'application/csp-report' },
    body: JSON.stringify({ 'csp-report': { 'blocked-uri': 'data', 'document-uri': referer } }),
  }),
]

for (const request of EACH_KIND) {
  test(`${request.target} is judged like a view`, () => {
    const verdictOf = (toml: string, headers: CollectRequest['headers'] = {}) =>
      hitOf(rulesOf(toml + ONE_SITE), { ...request, headers: { ...request.headers, ...headers } }).verdict
    assert.equal(verdictOf(''), null)
    assert.equal(verdictOf('ignore_addresses = ["192.0.2.7"]\n'), 'ignored')
    assert.equal(verdictOf('opt_out = "refuse"\n', { dnt: '1' }), 'opt-out')
    assert.equal(verdictOf('', { dnt: '1', 'user-agent': BOT }), 'bot')
    assert.equal(verdictOf('', { dnt: '1', 'sec-purpose': 'prefetch' }), 'prefetch')
    const flooded = rulesOf(`flood_per_minute = 1\n${ONE_SITE}`)
    const [, second] = [ask(flooded, request), ask(flooded, request)]
    assert.equal(second?.refused?.verdict, 'flood')
    const opened = { ...request, headers: { ...request.headers, 'sec-fetch-mode': 'navigate' } }
    assert.equal(ask(rulesOf(ONE_SITE), opened).refused?.verdict, 'malformed')
  })
}

const only = { ...BLANK_HIT, timeMs: TIME_MS, site: 'blog.example.org' }

for (const headers of [{ 'sec-gpc': '1' }, { dnt: '1' }]) {
  const request = aRequest('/c.css?r=https://search.example/', {
    headers: { ...FIREFOX, referer: `${referer}?ref=x`, ...headers },
  })

  test(`${Object.keys(headers).join()}: by default a hit is page and time`, () => {
    assert.deepEqual(hitOf(rulesOf(ONE_SITE), request), { ...only, path: '/post' })
  })

  test(`${Object.keys(headers).join()}: opt_out = "refuse" keeps that it was`, () => {
    assert.deepEqual(hitOf(rulesOf(`opt_out = "refuse"\n${ONE_SITE}`), request), {
      ...only,
      verdict: 'opt-out',
    })
  })

  test(`${Object.keys(headers).join()}: opt_out = "count" is as without it`, () => {
    const hit = hitOf(rulesOf(`opt_out = "count"\n${ONE_SITE}`), request)
    assert.deepEqual([hit.verdict, hit.source, hit.headers['accept-language']], [null, 'x', 'de-DE'])
  })
}

test('a header that says "0" opts nobody out', () => {
  const hit = hitOf(
    rulesOf(ONE_SITE),
    aRequest('/c.css', { headers: { referer, ...FIREFOX, 'sec-gpc': '0' } }),
  )
  assert.equal(hit.country, 'PL')
})

test('of a reduced hit the door says what derive no longer can', () => {
  const reduced = (headers: Record<string, string>, toml = '') => {
    const { verdict, bot } = hitOf(
      rulesOf(toml + ONE_SITE),
      aRequest('/c.css', { headers: { referer, dnt: '1', ...headers } }),
    )
    return [verdict, bot]
  }
  assert.deepEqual(reduced({ 'user-agent': BOT }), ['bot', 'Googlebot'])
  assert.deepEqual(reduced(FIREFOX), [null, null])
  assert.deepEqual(reduced({}), [null, null])
  assert.deepEqual(reduced({ 'sec-purpose': 'prefetch' }), ['prefetch', null])
  assert.deepEqual(reduced({ 'sec-purpose': 'prefetch;prerender' }), ['prerender', null])
  assert.deepEqual(reduced({ 'sec-purpose': 'prefetch;prerender' }, 'prerender = "count"\n'), [null, null])
})

test('a reduced hit from a known referrer spammer is a bot’s', () => {
  const headers = { ...FIREFOX, referer, dnt: '1' }
  const hit = hitOf(rulesOf(ONE_SITE), aRequest('/c.css?r=https://semalt.com/', { headers }))
  assert.deepEqual([hit.verdict, hit.bot, hit.referrer], ['bot', null, null])
})

test('a bot that is not reduced is left to derive', () => {
  const hit = hitOf(rulesOf(ONE_SITE), aRequest('/c.css', { headers: { referer, 'user-agent': BOT } }))
  assert.deepEqual([hit.verdict, hit.bot, hit.headers['user-agent']], [null, null, BOT])
})

test('the owner’s own addresses are kept as no more than that they were', () => {
  const rules = rulesOf(`ignore_addresses = ["192.0.2.0/24", "2001:db8::/32"]\n${ONE_SITE}`)
  for (const address of ['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::7'])
    assert.deepEqual(hitOf(rules, aRequest('/c.css', { address })), { ...only, verdict: 'ignored' })
  assert.equal(hitOf(rules, aRequest('/c.css', { address: '198.51.100.7' })).verdict, null)
})

test('a hit of an ignored host belongs to the site that its tag or the settings name', () => {
  const ignore = 'ignore_hosts = ["staging.example.org"]\n'
  const headers = { ...FIREFOX, referer: 'https://staging.example.org/' }
  const ignored = (toml: string, target: string) =>
    hitOf(rulesOf(ignore + toml), aRequest(target, { headers }))
  assert.deepEqual(ignored(ONE_SITE, '/c.css'), { ...only, verdict: 'ignored' })
  const two = 'sites = ["blog.example.org", "shop.example.org"]\n'
  assert.deepEqual(ignored(two, '/blog.example.org/c.css'), { ...only, verdict: 'ignored' })
  assert.equal(ignored(two, '/c.css').site, 'staging.example.org')
})

test('opting out is said before being ignored', () => {
  const rules = rulesOf(`opt_out = "refuse"\nignore_addresses = ["192.0.2.7"]\n${ONE_SITE}`)
  assert.equal(hitOf(rules, aRequest('/c.css', { headers: { referer, dnt: '1' } })).verdict, 'opt-out')
})
