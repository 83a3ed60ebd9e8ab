import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { CollectRequest } from '../../src/collect/request.ts'
import type { CollectRules } from '../../src/collect/rules.ts'
import { encodeRawHit } from '../../src/hit.ts'
import { aRequest, ask, fieldOf, FIREFOX, hitOf, ONE_SITE, rulesOf, TIME_MS } from './ask.ts'

const referer = 'https://blog.example.org/post'
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
const TODAY = '2026-11-23'
const rules = rulesOf(ONE_SITE)

test('a browser’s views are 1, 2, 3 and 3 from then on, each answered with the validator of the next', () => {
  let validator: string | undefined
  const views = Array.from({ length: 5 }, () => {
    const { response, hit } = ask(rules, numbered(validator))
    validator = fieldOf(response, 'etag')
    return [response.status, hit?.viewNumber, validator, fieldOf(response, 'cache-control')]
  })
  assert.deepEqual(
    views,
    [1, 2, 3, 3, 3].map((number) => [200, number, `"${TODAY}.${number}"`, 'private, no-cache']),
  )
})

type Validator = CollectRequest['headers'][string]

const VALIDATORS: [name: string, validator: Validator, number: number][] = [
  ['none', undefined, 1],
  ['of the first view', `"${TODAY}.1"`, 2],
  ['weak, as a CDN writes it', `W/"${TODAY}.1"`, 2],
  ['marked, as Apache writes it', `"${TODAY}.1-gzip"`, 2],
  ['at the cap', `"${TODAY}.3"`, 3],
  ['of yesterday', '"2026-11-22.3"', 1],
  ['of tomorrow', '"2026-11-24.3"', 1],
  ['above the cap', `"${TODAY}.4"`, 1],
  ['of no view', `"${TODAY}.0"`, 1],
  ['with more digits', `"${TODAY}.11"`, 1],
  ['without quotes', `${TODAY}.1`, 1],
  ['any', '*', 1],
  ['one of several', `"a", "${TODAY}.2"`, 1],
  ['repeated', [`"${TODAY}.1"`, `"${TODAY}.1"`], 1],
  ['random, as c.css has it', '"0123456789abcdef"', 1],
]

for (const [name, validator, number] of VALIDATORS) {
  test(`a validator ${name} makes view ${number}`, () => {
    assert.equal(hitOf(rules, numbered(validator)).viewNumber, number)
  })
}

test('the other numbered resources count alike; n.css is no view and names no page', () => {
  for (const target of ['/v.svg', '/n.css', '/blog.example.org/v.css', '/v.css?p=/a'])
    assert.equal(hitOf(rules, { ...numbered(`"${TODAY}.1"`), target }).viewNumber, 2)
  const { kind, path, source, headers } = hitOf(rules, {
    ...numbered(undefined, { referer: `${referer}?ref=x` }),
    target: '/n.css',
  })
  assert.deepEqual([kind, path, source, headers['accept-language']], ['number', null, null, 'de-DE'])
})

test('resources without a number take no notice of validators', () => {
  const request = numbered(`"${TODAY}.1"`)
  for (const target of ['/c.css', '/w/s.svg', '/e/end.svg']) {
    const { response, hit } = ask(rules, { ...request, target })
    assert.deepEqual([hit?.viewNumber, fieldOf(response, 'etag')], [null, '"0123456789abcdef"'])
    assert.equal(fieldOf(response, 'cache-control'), 'no-cache, no-store, must-revalidate')
  }
})

const ZONES: [zone: string, timeMs: number, day: string][] = [
  ['Pacific/Kiritimati', Date.UTC(2026, 10, 23, 10), '2026-11-24'],
  ['Pacific/Kiritimati', Date.UTC(2026, 10, 23, 9, 59, 59, 999), '2026-11-23'],
  ['Pacific/Pago_Pago', Date.UTC(2026, 10, 23, 10, 59, 59, 999), '2026-11-22'],
  ['Asia/Kathmandu', Date.UTC(2026, 10, 23, 18, 15), '2026-11-24'],
  // The clock goes back at 01:00 UTC, and the day begins two hours before midnight UTC.
  ['Europe/Warsaw', Date.UTC(2026, 9, 24, 22), '2026-10-25'],
  ['Europe/Warsaw', Date.UTC(2026, 9, 25, 22, 59, 59, 999), '2026-10-25'],
  ['UTC', Date.UTC(2027, 0, 1), '2027-01-01'],
]

for (const [zone, timeMs, day] of ZONES) {
  test(`the day is the site’s: ${new Date(timeMs).toISOString()} is ${day} in ${zone}`, () => {
    const rules = rulesOf(`sites = ["blog.example.org"]\n[site."blog.example.org"]\ntimezone = "${zone}"`)
    const { response } = ask(rules, { ...numbered(undefined), timeMs })
    assert.equal(fieldOf(response, 'etag'), `"${day}.1"`)
  })
}

test('at midnight the next view is the first again', () => {
  const midnightMs = Date.UTC(2026, 10, 24)
  const views = [midnightMs - 1, midnightMs, midnightMs - 1].map((timeMs) => {
    const { response, hit } = ask(rules, { ...numbered(`"${TODAY}.1"`), timeMs })
    return [hit?.viewNumber, fieldOf(response, 'etag')]
  })
  const before = [2, `"${TODAY}.2"`]
  assert.deepEqual(views, [before, [1, '"2026-11-24.1"'], before])
})

test('where any host counts, the day is that of the settings’ zone', () => {
  const rules = rulesOf('sites = "any"\ntimezone = "Pacific/Kiritimati"')
  const { response } = ask(rules, { ...numbered(undefined), timeMs: Date.UTC(2026, 10, 23, 12) })
  assert.equal(fieldOf(response, 'etag'), '"2026-11-24.1"')
})

const UNCOUNTED: [name: string, rules: CollectRules, over: Partial<CollectRequest>][] = [
  ['a bot', rules, { headers: { 'user-agent': BOT } }],
  ['a prefetch', rules, { headers: { 'sec-purpose': 'prefetch' } }],
  ['a prerender', rules, { headers: { 'sec-purpose': 'prefetch;prerender' } }],
  ['a referrer spammer', rules, { target: '/v.css?r=https://semalt.com/' }],
  ['an address that is ignored', rulesOf(`ignore_addresses = ["192.0.2.7"]\n${ONE_SITE}`), {}],
  ['a malformed request', rules, { target: '/v.css?p=/a%00' }],
  ['an address that was opened', rules, { headers: { 'sec-fetch-mode': 'navigate' } }],
  ['HEAD', rules, { method: 'HEAD' }],
]

for (const [name, rules, over] of UNCOUNTED) {
  test(`a view that is not counted moves no number: ${name}`, () => {
    const uncounted = (validator: string | undefined) => {
      const { headers, ...rest } = over
      const { response, hit } = ask(rules, { ...numbered(validator, headers), ...rest })
      assert.equal(hit?.viewNumber ?? null, null)
      return [response.status, fieldOf(response, 'etag'), fieldOf(response, 'cache-control')]
    }
    assert.deepEqual(uncounted(`W/"${TODAY}.2"`), [200, `"${TODAY}.2"`, 'private, no-cache'])
    assert.deepEqual(uncounted(undefined), [200, ...NOTHING])
    assert.deepEqual(uncounted('"2026-11-22.2"'), [200, ...NOTHING])
  })
}

const NOTHING = ['"0123456789abcdef"', 'no-cache, no-store, must-revalidate']

test('a flood moves no number, and an unknown site has none', () => {
  const rules = rulesOf(`flood_per_minute = 1\n${ONE_SITE}`)
  const request = { ...numbered(`"${TODAY}.1"`), address: '198.51.100.9' }
  const etags = [request, request, { ...request, target: '/x.example/v.css' }].map((request) =>
    fieldOf(ask(rules, request).response, 'etag'),
  )
  assert.deepEqual(etags, [`"${TODAY}.2"`, `"${TODAY}.1"`, NOTHING[0]])
})

test('a hit that could not be kept leaves the number as it stands', () => {
  const etagOf = (validator?: string) => fieldOf(ask(rules, numbered(validator)).unkept, 'etag')
  assert.equal(etagOf(`"${TODAY}.1"`), `"${TODAY}.1"`)
  assert.equal(etagOf(), NOTHING[0])
})

test('a prerendered view counts and has a number where the setting says so', () => {
  const rules = rulesOf(`prerender = "count"\n${ONE_SITE}`)
  const request = numbered(undefined, { 'sec-purpose': 'prefetch;prerender' })
  assert.equal(hitOf(rules, request).viewNumber, 1)
})

for (const policy of ['reduce', 'refuse']) {
  test(`opt_out = "${policy}": nothing stays on the device, and no number is known`, () => {
    const rules = rulesOf(`opt_out = "${policy}"\n${ONE_SITE}`)
    const { response, unkept, hit } = ask(rules, numbered(`"${TODAY}.1"`, { 'sec-gpc': '1' }))
    assert.deepEqual([fieldOf(response, 'etag'), fieldOf(response, 'cache-control')], NOTHING)
    assert.deepEqual([unkept, hit?.viewNumber], [response, null])
  })
}

/** What a browser may send, a hostile server may have planted, or a forger makes up. */
const validators = fc.oneof(
  fc.constantFrom(...VALIDATORS.map(([, validator]) => validator)),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .record({
      weak: fc.constantFrom('', 'W/'),
      day: fc.constantFrom(TODAY, '2026-11-22', '1970-01-01', '9999-99-99'),
      number: fc.nat(12),
      end: fc.constantFrom('', '-gzip', ';id', '"'),
    })
    .map(({ weak, day, number, end }) => `${weak}"${day}.${number}${end}"`),
)

const OF_TODAY = [1, 2, 3].map((number) => `"${TODAY}.${number}"`)

for (const headers of ['allowed', 'all']) {
  test(`headers = "${headers}": whatever the validator, one of three lines is kept, and one of today’s numbers answered`, () => {
    const rules = rulesOf(`flood_per_minute = 0\nheaders = "${headers}"\n${ONE_SITE}`)
    const lineOf = (validator: Validator) => encodeRawHit(hitOf(rules, numbered(validator)))
    const lines = new Set([undefined, `"${TODAY}.1"`, `"${TODAY}.2"`].map(lineOf))
    const property = fc.property(validators, (validator) => {
      const { response, unkept } = ask(rules, numbered(validator))
      assert.ok(lines.has(lineOf(validator)))
      assert.ok(OF_TODAY.includes(fieldOf(response, 'etag')))
      assert.ok([...OF_TODAY, NOTHING[0]].includes(fieldOf(unkept, 'etag')))
    })
    fc.assert(property, { numRuns: 300 })
  })
}

test('two browsers with equal headers, day and count are one in all that is kept, whatever else they are', () => {
  const devices: [address: string, validator: string | undefined, number: number][] = [
    ['192.0.2.7', `"${TODAY}.2"`, 3],
    ['192.0.2.7', `W/"${TODAY}.3"`, 3],
    ['198.51.100.7', `"${TODAY}.3-gzip"`, 3],
    ['192.0.2.7', undefined, 1],
    ['198.51.100.7', '"2026-11-20.3"', 1],
    ['198.51.100.7', '"9999-12-31.2"', 1],
  ]
  const world = rulesOf(`country_header = "cf-ipcountry"\n${ONE_SITE}`)
  const kept = devices.map(([address, validator, number]) => {
    const request = { ...numbered(validator), address, random: address, timeMs: TIME_MS }
    return [number, encodeRawHit(hitOf(world, request))] as const
  })
  assert.equal(new Set(kept.map(([, line]) => line)).size, 2)
  for (const [number, line] of kept) assert.equal(line, kept.find(([other]) => other === number)?.[1])
})

/** A view with its number, by a browser that holds this validator. */
function numbered(validator?: Validator, headers: CollectRequest['headers'] = {}): CollectRequest {
  return aRequest('/v.css', { headers: { ...FIREFOX, referer, 'if-none-match': validator, ...headers } })
}
