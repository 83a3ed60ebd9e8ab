import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLANK_HIT } from '../../src/blank-hit.ts'
import { LIMITS } from '../../src/limits.ts'
import type { CollectRequest } from '../../src/collect/request.ts'
import { aRequest, ask, FIREFOX, hitOf, ONE_SITE, rulesOf, TIME_MS } from './ask.ts'

const rules = rulesOf(ONE_SITE)
const PAGE = 'https://blog.example.org/post?token=secret#part'
const REFERRER = 'https://search.example/find?q=secret'
/** As Firefox and WebKit send it. */
const REPORT = {
  'document-uri': PAGE,
  referrer: REFERRER,
  'violated-directive': 'frame-src',
  'effective-directive': 'frame-src',
  'original-policy': 'frame-src * blob:; report-uri https://count.example.org/csp',
  disposition: 'report',
  'blocked-uri': 'data',
  'status-code': 200,
  'script-sample': 'secret',
}

test('a report is a referral: the page and the way to it, nothing else', () => {
  const { response, hit } = ask(rules, reportUri(REPORT))
  assert.deepEqual([response.status, response.body], [204, ''])
  assert.deepEqual(hit, {
    ...BLANK_HIT,
    kind: 'referral',
    timeMs: TIME_MS,
    site: 'blog.example.org',
    path: '/post',
    referrer: 'https://search.example/find',
    headers: {
      'user-agent': FIREFOX['user-agent'],
      'accept-language': 'de-DE',
      'sec-fetch-site': 'cross-site',
    },
  })
})

test('the Reporting API says the same: the first report of a page that is asked for', () => {
  const violation = (blockedURL: string, documentURL = PAGE) => ({
    type: 'csp-violation',
    age: 5,
    url: PAGE,
    user_agent: 'secret',
    body: { documentURL, referrer: REFERRER, blockedURL, effectiveDirective: 'frame-src' },
  })
  const reports = [
    { type: 'deprecation', body: {} },
    violation('inline'),
    violation('data'),
    violation('data'),
  ]
  const hit = hitOf(rules, sent('application/reports+json', JSON.stringify(reports)))
  assert.deepEqual([hit.path, hit.referrer], ['/post', 'https://search.example/find'])
})

test('Chromium leaves out what a frame held, either way', () => {
  assert.equal(hitOf(rules, reportUri({ ...REPORT, 'blocked-uri': '' })).path, '/post')
  const body = { documentURL: PAGE, referrer: REFERRER, effectiveDirective: 'frame-src' }
  const reports = JSON.stringify([{ type: 'csp-violation', body }])
  assert.equal(hitOf(rules, sent('application/reports+json', reports)).path, '/post')
})

test('the front page is a page, from wherever the report comes', () => {
  const report = { ...REPORT, 'document-uri': 'https://blog.example.org/' }
  assert.equal(hitOf(rules, reportUri(report)).path, '/')
})

test('the site’s own pages are no referrer, and neither is an empty one', () => {
  for (const referrer of [
    'https://www.blog.example.org/before',
    'https://blog.example.org/',
    '',
    'about:blank',
  ])
    assert.equal(hitOf(rules, reportUri({ ...REPORT, referrer })).referrer, null)
})

test('a page whose address names a campaign was told by its view: the report says nothing more of the way', () => {
  const named = 'https://blog.example.org/post?utm_source=news'
  const { path, referrer, source } = hitOf(rules, reportUri({ ...REPORT, 'document-uri': named }))
  assert.deepEqual([path, referrer, source], ['/post', null, null])
})

const OTHERS: [name: string, type: string, body: string][] = [
  [
    'a violation of another kind',
    'application/csp-report',
    report({ 'blocked-uri': 'https://ads.example/' }),
  ],
  [
    'a resource that is called like it',
    'application/csp-report',
    report({ 'blocked-uri': 'database.example' }),
  ],
  ['a report without its fields', 'application/csp-report', '{"csp-report":{}}'],
  [
    'fields of other types',
    'application/csp-report',
    '{"csp-report":{"blocked-uri":["data"],"document-uri":7}}',
  ],
  [
    'a violation of another directive that leaves out what it forbids',
    'application/csp-report',
    report({ 'blocked-uri': '', 'effective-directive': 'img-src' }),
  ],
  ['no report', 'application/csp-report', '{}'],
  ['null', 'application/csp-report', 'null'],
  ['a list of nothing', 'application/reports+json', '[null,1,"a",{"type":"csp-violation"}]'],
  [
    'a report of another type',
    'application/reports+json',
    JSON.stringify([{ type: 'coep', body: { blockedURL: 'data', documentURL: PAGE } }]),
  ],
  ['no JSON', 'application/csp-report', '{"csp-report":'],
  ['nothing', 'application/csp-report', ''],
  ['JSON of another type', 'text/plain', report({})],
  ['more brackets than a parser likes', 'application/reports+json', '['.repeat(LIMITS.bodyBytesMax)],
]

for (const [name, type, body] of OTHERS) {
  test(`malformed, and answered like any other: ${name}`, () => {
    const { response, hit, refused } = ask(rules, sent(type, body))
    assert.deepEqual([response.status, hit, refused?.verdict], [204, null, 'malformed'])
  })
}

test('a report of a page of an unknown site is told with its host', () => {
  const { refused } = ask(rules, reportUri({ ...REPORT, 'document-uri': 'https://x.example/' }))
  assert.deepEqual(refused, { verdict: 'unknown-site', site: null, host: 'x.example' })
})

test('64 KiB are read and no more: 413, and malformed', () => {
  const fitting = report({ 'script-sample': 'a'.repeat(LIMITS.bodyBytesMax - report({}).length + 6) })
  assert.equal(fitting.length, LIMITS.bodyBytesMax)
  assert.equal(ask(rules, sent('application/csp-report', fitting)).hit?.path, '/post')
  for (const body of [`${fitting} `, null]) {
    const { response, hit, refused } = ask(rules, sent('application/csp-report', body))
    assert.deepEqual([response.status, hit, refused?.verdict], [413, null, 'malformed'])
  }
})

test('what a reader who opted out, a bot and a prefetch send is judged like a view', () => {
  const judged = (headers: Record<string, string>, toml = '') => {
    const request = reportUri(REPORT)
    const { verdict, referrer } = hitOf(rulesOf(toml + ONE_SITE), {
      ...request,
      headers: { ...request.headers, ...headers },
    })
    return [verdict, referrer]
  }
  assert.deepEqual(judged({ dnt: '1' }), [null, null])
  assert.deepEqual(judged({ dnt: '1', 'user-agent': 'Googlebot/2.1' }), ['bot', null])
  assert.deepEqual(judged({ 'sec-gpc': '1' }, 'opt_out = "refuse"\n'), ['opt-out', null])
})

function report(over: Partial<Record<keyof typeof REPORT, string>>): string {
  return JSON.stringify({ 'csp-report': { ...REPORT, ...over } })
}

function reportUri(fields: Partial<Record<keyof typeof REPORT, unknown>>): CollectRequest {
  return sent('application/csp-report', JSON.stringify({ 'csp-report': fields }))
}

function sent(type: string, body: string | null): CollectRequest {
  const headers = {
    ...FIREFOX,
    'sec-fetch-dest': 'report',
    'sec-fetch-site': 'cross-site',
    'content-type': type,
  }
  return aRequest('/csp', { method: 'POST', headers, body })
}
