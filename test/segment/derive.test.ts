import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Kind, RawHit } from '../../src/hit.ts'
import { KINDS } from '../../src/hit.ts'
import type { ColumnName } from '../../src/row.ts'
import { COLUMNS } from '../../src/row.ts'
import type { DerivePolicy } from '../../src/segment/derive.ts'
import { createDeriver, deriveId, policyOf } from '../../src/segment/derive.ts'
import type { Verdict } from '../../src/verdict.ts'
import { aHit } from '../a-hit.ts'

const REFUSE: DerivePolicy = { prerender: 'refuse' }
const COUNT: DerivePolicy = { prerender: 'count' }

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const SPAM = 'https://semalt.com/'

type Refusal = readonly [verdict: Verdict, bot: string | null, hit: Partial<RawHit>, policy?: DerivePolicy]

const VERDICT_CASES: readonly Refusal[] = [
  ['counted', null, { headers: { 'user-agent': FIREFOX } }],
  ['counted', null, { headers: {} }],
  ['counted', null, { headers: { 'user-agent': '' } }],
  ['counted', null, { headers: { 'sec-purpose': '' } }],
  ['prefetch', null, { headers: { 'sec-purpose': 'prefetch' } }],
  ['prefetch', null, { headers: { 'sec-purpose': 'prefetch;anonymous-client-ip' } }],
  ['prefetch', null, { headers: { purpose: 'prefetch' } }],
  ['prefetch', null, { headers: { 'x-moz': 'prefetch' } }],
  ['prefetch', null, { headers: { 'x-purpose': 'preview' } }],
  ['prefetch', null, { headers: { 'sec-purpose': 'prefetch' } }, COUNT],
  ['prerender', null, { headers: { 'sec-purpose': 'prefetch;prerender' } }],
  ['prerender', null, { headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' } }],
  ['counted', null, { headers: { 'sec-purpose': 'prefetch;prerender' } }, COUNT],
  ['counted', null, { headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' } }, COUNT],
  ['bot', 'curl', { headers: { 'sec-purpose': 'prefetch;prerender', 'user-agent': 'curl/8.14.1' } }, COUNT],
  ['prefetch', null, { headers: { 'sec-purpose': 'prefetch', 'user-agent': 'curl/8.14.1' } }],
  ['bot', 'curl', { headers: { 'user-agent': 'curl/8.14.1' } }],
  ['bot', 'curl', { headers: { 'user-agent': 'curl/8.14.1' }, referrer: SPAM }],
  ['bot', 'referrer spam', { headers: { 'user-agent': FIREFOX }, referrer: SPAM }],
  ['prefetch', null, { headers: { purpose: 'prefetch' }, referrer: SPAM }],
  ['bot', 'GPTBot', { verdict: 'bot', bot: 'GPTBot' }],
  ['bot', null, { verdict: 'bot' }],
  ['ignored', null, { verdict: 'ignored', headers: { 'user-agent': 'curl/8.14.1' } }],
  ['opt-out', null, { verdict: 'opt-out', headers: { purpose: 'prefetch' } }],
  ['flood', null, { kind: 'tally', verdict: 'flood', count: 70 }],
]

for (const [verdict, bot, hit, policy = REFUSE] of VERDICT_CASES) {
  test(`${JSON.stringify(hit)} is ${verdict} (${bot}) where prerendering is to ${policy.prerender}`, () => {
    const row = createDeriver(policy)(aHit(hit))
    assert.deepEqual([row.verdict, row.bot], [verdict, bot])
  })
}

/** A hit that has everything, so that a kind shows what it leaves out. */
const FULL: Partial<RawHit> = {
  path: '/about',
  referrer: 'https://www.google.de/',
  source: 'letter',
  medium: 'print',
  campaign: 'spring',
  headers: { 'user-agent': FIREFOX, 'accept-language': 'de-AT' },
  country: 'AT',
  viewNumber: 2,
  event: 'end',
  target: 'https://else.example/',
  window: 'm',
}

const AGENT: readonly ColumnName[] = ['browser', 'browser_version', 'system', 'system_version', 'device']
const PLACE: readonly ColumnName[] = ['country', 'language']

const CARRIES: Readonly<Record<Kind, readonly ColumnName[]>> = {
  view: ['path', 'referrer', 'channel', 'source', 'medium', 'campaign', ...PLACE, ...AGENT, 'view_number'],
  number: [...PLACE, ...AGENT, 'view_number'],
  event: ['path', ...PLACE, ...AGENT, 'event', 'target'],
  window: ['path', ...AGENT, 'window'],
  referral: ['path', 'referrer', 'channel'],
  tally: [],
}

for (const kind of KINDS) {
  test(`a row of kind ${kind} carries what its kind carries, in the order of the columns`, () => {
    const row = createDeriver(REFUSE)(aHit({ ...FULL, kind }))
    assert.deepEqual(
      Object.keys(row),
      COLUMNS.map(({ name }) => name),
    )
    const carried = new Set<ColumnName>(['time', 'site', 'kind', 'count', 'verdict', ...CARRIES[kind]])
    assert.deepEqual(
      COLUMNS.map(({ name }) => name).filter((name) => row[name] !== null),
      COLUMNS.map(({ name }) => name).filter((name) => carried.has(name)),
    )
  })
}

test('a view says all that its headers and its address say', () => {
  assert.deepEqual(createDeriver(REFUSE)(aHit(FULL)), {
    time: Date.UTC(2026, 10, 23, 6),
    site: 'blog.example.org',
    kind: 'view',
    count: 1,
    path: '/about',
    referrer: 'google.com',
    channel: 'search',
    source: 'letter',
    medium: 'print',
    campaign: 'spring',
    country: 'AT',
    language: 'de',
    browser: 'Firefox',
    browser_version: '145',
    system: 'Windows',
    system_version: '10/11',
    device: 'desktop',
    window: null,
    event: null,
    target: null,
    view_number: 2,
    verdict: 'counted',
    bot: null,
    scripts: null,
  })
})

test('what a machine fetches for a reader counts, and tells nothing of that machine', () => {
  const derive = createDeriver(REFUSE)
  const gmail = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'
  for (const agent of ['github-camo (876de43e)', gmail]) {
    const headers = { 'user-agent': agent, 'accept-language': 'en-US' }
    const row = derive(aHit({ headers, country: 'US' }))
    assert.equal(row.verdict, 'counted')
    for (const column of [...AGENT, ...PLACE]) assert.equal(row[column], null, `${column} of ${agent}`)
  }
  assert.equal(derive(aHit({ headers: { 'user-agent': FIREFOX }, country: 'US' })).country, 'US')
})

test('what was remembered never shows in another hit: a fresh deriver gives the same rows', () => {
  fc.assert(
    fc.property(fc.array(anyHit(), { maxLength: 40 }), fc.constantFrom(REFUSE, COUNT), (hits, policy) => {
      const derive = createDeriver(policy)
      const remembered = [...hits, ...hits].map((hit) => derive(hit))
      const fresh = [...hits, ...hits].map((hit) => createDeriver(policy)(hit))
      assert.deepEqual(remembered, fresh)
    }),
  )
})

test('a hit whose client hints were cut does not tell whether scripts ran', () => {
  const headers = { 'user-agent': CHROME, 'sec-fetch-site': 'same-origin' }
  const derive = createDeriver(REFUSE)
  assert.equal(derive(aHit({ headers })).scripts, 'off')
  assert.equal(derive(aHit({ headers, cut: ['headers', 'client-hints'] })).scripts, null)
})

test('the id says the policy, and tells policies apart', () => {
  for (const policy of [REFUSE, COUNT]) assert.deepEqual(policyOf(deriveId(policy)), policy)
  assert.equal(deriveId(REFUSE), '2')
  assert.equal(deriveId(COUNT), '2+prerender')
})

/** Hits of few values, so that they share some and differ in others; values that run into one another included. */
function anyHit(): fc.Arbitrary<RawHit> {
  const value = fc.constantFrom(
    '',
    '-',
    '1:',
    '1:a',
    'a',
    'curl/8.14.1',
    FIREFOX,
    'prefetch',
    'Brave 142',
    '?1',
    'de',
    'fr',
  )
  const text = fc.option(
    fc.constantFrom('', '-', 'google', 'email', 'https://t.co/', 'https://example.com/', SPAM),
  )
  const headers = fc.dictionary(fc.constantFrom(...HEADERS), value, { noNullPrototype: true })
  return fc
    .record({
      kind: fc.constantFrom(...KINDS),
      site: fc.constantFrom('blog.example.org', 'example.com', null),
      referrer: text,
      source: text,
      medium: text,
      campaign: text,
      headers,
    })
    .map((fields) => aHit(fields))
}

const HEADERS = [
  'user-agent',
  'accept-language',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-site',
  'sec-purpose',
  'purpose',
  'x-purpose',
  'x-moz',
]
