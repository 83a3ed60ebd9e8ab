import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decodeRawHit, encodeRawHit, KINDS } from '../src/hit.ts'
import type { RawHit } from '../src/hit.ts'
import { LIMITS } from '../src/limits.ts'
import { demoHits } from '../src/main/demo/year.ts'
import { aHit } from './a-hit.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/157.0.0.0 Safari/537.36'

const full: RawHit = {
  kind: 'event',
  timeMs: 1_795_420_800_123,
  site: 'blog.example.org',
  path: '/2026/11/żółw',
  referrer: 'https://news.example/item',
  source: 'letter',
  medium: 'mail',
  campaign: 'november',
  headers: {
    'user-agent': CHROME,
    'accept-language': 'pl-PL,pl;q=0.9',
    'sec-ch-ua': '"Chromium";v="157", "Not~A Brand";v="99"',
    'sec-ch-ua-mobile': '?0',
    'sec-ch-ua-platform': '"Windows"',
    'sec-fetch-site': 'cross-site',
    'sec-purpose': 'prefetch;prerender',
    dnt: '1',
  },
  country: 'PL',
  viewNumber: 2,
  event: 'outbound',
  target: 'https://else.example/',
  window: 'm',
  verdict: 'ignored',
  bot: 'curl',
  count: 3,
  cut: ['path'],
}

const units = fc.array(fc.nat(0xff_ff)).map((codes) => String.fromCharCode(...codes))
const strings = fc.oneof(units, fc.string({ unit: 'grapheme' }), fc.constantFrom('~', '~m', CHROME))
const text = (lengthMax: number) => fc.option(strings.map((value) => value.slice(0, lengthMax)))
const longText = fc.option(fc.string({ unit: 'binary', maxLength: 4_000, size: 'max' }))
const headerNames = fc.stringMatching(/^[a-z\d!#$%&'*+.^_`|~-]{1,40}$/).filter((name) => name !== '__proto__')
const headers = fc.dictionary(fc.oneof(headerNames, fc.constantFrom(...Object.keys(full.headers))), strings, {
  noNullPrototype: true,
})
const longHeaders = fc.dictionary(headerNames, fc.string({ maxLength: 2_000, size: 'max' }), {
  maxKeys: 40,
  noNullPrototype: true,
})

/** Any hit a collector may hand over; with `path` and `referrer` as long as a request may be. */
function hits(field: fc.Arbitrary<string | null>, headers: fc.Arbitrary<Record<string, string>>) {
  return fc.record(
    {
      kind: fc.constantFrom(...KINDS),
      timeMs: fc.integer({ min: 0, max: 8.64e15 }),
      site: fc.option(fc.domain()),
      path: field,
      referrer: field,
      source: field,
      medium: field,
      campaign: field,
      headers,
      country: fc.option(fc.stringMatching(/^[A-Z]{2}$/)),
      viewNumber: fc.constantFrom(1, 2, 3, null),
      event: field,
      target: field,
      window: fc.constantFrom('s', 'm', 'l', null),
      verdict: fc.constantFrom('opt-out', 'ignored', 'bot', 'malformed', 'unknown-site', 'flood', null),
      bot: field,
      count: fc.integer({ min: 1 }),
      cut: fc.subarray(['path', 'headers']),
    },
    { noNullPrototype: true },
  )
}

test('a hit is read as it was written', () => {
  assert.deepEqual(decodeRawHit(encodeRawHit(full)), full)
})

test('nulls, the usual kind and a count of one take no room', () => {
  const line = encodeRawHit(aHit({ timeMs: 1, site: 'a.example', path: '/' }))
  assert.equal(line, '{"t":1,"s":"a.example","p":"/"}')
})

test('the hits of an ordinary site take at most 250 bytes on average', () => {
  const lines = Array.from(demoHits({ seed: 1, endMs: full.timeMs, days: 7 }), encodeRawHit)
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
  assert.ok(bytes / lines.length <= 250, `${bytes / lines.length} bytes`)
})

test('any hit that fits is read as it was written', () => {
  fc.assert(
    fc.property(hits(text(12), headers), (hit) => {
      const line = encodeRawHit(hit)
      const kept = decodeRawHit(line)
      if (kept?.cut.length === hit.cut.length) assert.deepEqual(kept, hit)
      assert.ok(!line.includes('\n'))
    }),
  )
})

test('whatever the hit, its line has at most 944 bytes and is read', () => {
  fc.assert(
    fc.property(hits(longText, longHeaders), (hit) => {
      const line = encodeRawHit(hit)
      assert.ok(Buffer.byteLength(line) <= LIMITS.rawHitBytesMax, `${Buffer.byteLength(line)} bytes`)
      const kept = decodeRawHit(line)
      assert.equal(kept?.timeMs, hit.timeMs)
      assert.equal(kept?.site, hit.site)
    }),
  )
})

const LONG = 'x'.repeat(900)
const CUTS: [what: string, over: Partial<RawHit>, cut: string[]][] = [
  ['nothing', { headers: { dnt: '1' } }, []],
  ['other headers', { headers: { 'user-agent': 'a', accept: LONG, via: LONG } }, ['headers']],
  ['client hints', { headers: { 'sec-ch-ua': LONG, 'user-agent': LONG.slice(500) } }, ['client-hints']],
  ['the language', { headers: { 'accept-language': LONG, 'user-agent': LONG.slice(500) } }, ['language']],
  ['the referrer', { referrer: LONG, headers: { 'user-agent': LONG.slice(500) } }, ['referrer']],
  ['the User-Agent', { path: LONG.slice(400), headers: { 'user-agent': LONG } }, ['user-agent']],
  ['the end of the path', { path: `/${LONG}${LONG}` }, ['path']],
  [
    'all of them, in this order',
    {
      path: `/${LONG}${LONG}`,
      referrer: LONG,
      headers: { via: LONG, 'user-agent': LONG, 'sec-ch-ua': LONG, 'accept-language': LONG },
    },
    ['headers', 'client-hints', 'language', 'referrer', 'user-agent', 'path'],
  ],
]

for (const [what, over, cut] of CUTS) {
  test(`what does not fit: ${what}`, () => {
    assert.deepEqual(decodeRawHit(encodeRawHit(aHit(over)))?.cut, cut)
  })
}

test('a sign of prefetching is kept when other headers are dropped, unless it is no honest one', () => {
  const signs = { 'sec-purpose': 'prefetch', 'x-moz': LONG, via: LONG }
  assert.deepEqual(decodeRawHit(encodeRawHit(aHit({ headers: signs })))?.headers, {
    'sec-purpose': 'prefetch',
  })
})

test('a path is not cut inside a character', () => {
  for (let length = 980; length < 1_000; length += 1) {
    const path = decodeRawHit(encodeRawHit(aHit({ path: `/${'x'.repeat(length)}${'😀'.repeat(40)}` })))?.path
    assert.ok(path?.isWellFormed())
  }
})

const DAMAGED = [
  '',
  '\0\0\0\0',
  'null',
  '[]',
  '1',
  '{}',
  '{"t":1',
  '{"t":"1"}',
  '{"t":1.5}',
  '{"t":1,"s":2}',
  '{"t":1,"k":"visit"}',
  '{"t":1,"n":4}',
  '{"t":1,"x":0}',
  '{"t":1,"w":"xl"}',
  '{"t":1,"v":"counted"}',
  '{"t":1,"h":[]}',
  '{"t":1,"h":{"U":1}}',
  '{"t":1,"h":{"U":"~?"}}',
  '{"t":1,"d":[1]}',
  '{"t":1,"later":true}',
  '{"t":1,"constructor":"x"}',
]

for (const line of DAMAGED) {
  test(`a damaged line is no hit: ${JSON.stringify(line)}`, () => assert.equal(decodeRawHit(line), null))
}

test('no line makes the decoder throw', () => {
  fc.assert(fc.property(fc.oneof(strings, fc.json()), (line) => void decodeRawHit(line)))
  const line = encodeRawHit(full)
  fc.assert(
    fc.property(fc.nat(line.length), strings, (at, noise) => {
      void decodeRawHit(line.slice(0, at) + noise + line.slice(at + noise.length))
    }),
  )
})
