import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../src/limits.ts'
import type { Fate, SentHit } from '../../src/web/api/sent-hits.ts'
import { createApp } from '../../src/web/app.ts'
import type { Scope } from '../../src/web/token.ts'
import { makeToken } from '../../src/web/token.ts'
import { NOW_MS, OPEN_AUTH, sampleDeps } from './sample.ts'

const HIT: SentHit = { site: 'blog.example.org', path: '/' }

interface Answer {
  readonly status?: number
  readonly errors?: readonly { readonly pointer: string }[]
}

/** An API whose hits meet the fates of a list, batch after batch, and are kept after it. */
function counting(fates: readonly (readonly Fate[])[] = [], scope: Scope = 'count') {
  const { secret, token } = makeToken({ name: 'app', scopes: [scope], madeMs: NOW_MS })
  const counted: (readonly SentHit[])[] = []
  const clock = { nowMs: NOW_MS }
  const app = createApp(
    sampleDeps({
      auth: { ...OPEN_AUTH, tokens: [token] },
      now: () => clock.nowMs,
      count: async (hits) => {
        counted.push(hits)
        return hits.map((_, index) => fates[counted.length - 1]?.[index] ?? 'kept')
      },
    }),
  )
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await app.request('/api/v1/hits', {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const answer: Answer = JSON.parse(await response.text())
    return { response, answer }
  }
  return { app, counted, clock, post }
}

test('hits are counted, and what was refused is told by its place', async () => {
  const { post, counted } = counting([['kept', 'unknown-site', 'flood']])
  const { response, answer } = await post({ hits: [HIT, { ...HIT, site: 'else.example' }, HIT] })
  assert.equal(response.status, 200)
  assert.deepEqual(answer, {
    received: 3,
    kept: 1,
    refused: [
      { index: 1, verdict: 'unknown-site' },
      { index: 2, verdict: 'flood' },
    ],
  })
  assert.equal(counted[0]?.[1]?.site, 'else.example')
})

const WRONG: readonly (readonly [hit: object, pointer: string])[] = [
  [{ path: '/' }, '#/hits/1/site'],
  [{ ...HIT, path: 'posts' }, '#/hits/1/path'],
  [{ ...HIT, time: 'yesterday' }, '#/hits/1/time'],
  [{ ...HIT, time: '2026-11-22T13:35:06Z' }, '#/hits/1/time'],
  [{ ...HIT, address: '192.0.2.300' }, '#/hits/1/address'],
  [{ ...HIT, event: 'sign up' }, '#/hits/1/event'],
  [{ ...HIT, headers: { cookie: 'a=b' } }, '#/hits/1/headers'],
  [{ ...HIT, visitor: 7 }, '#/hits/1'],
]

for (const [hit, pointer] of WRONG) {
  test(`a batch with ${JSON.stringify(hit)} is refused as a whole, with the place and the field`, async () => {
    const { post, counted } = counting()
    const { response, answer } = await post({ hits: [HIT, hit] })
    assert.equal(response.status, 400)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    assert.equal(answer.errors?.[0]?.pointer, pointer)
    assert.deepEqual(counted, [])
  })
}

for (const [what, body, type, status] of [
  ['no JSON', '{"hits": [', 'application/json', 400],
  ['no hits', { hits: [] }, 'application/json', 400],
  [
    'too many hits',
    { hits: Array.from({ length: LIMITS.sentHitsMax + 1 }, () => HIT) },
    'application/json',
    400,
  ],
  ['a form', 'hits=1', 'application/x-www-form-urlencoded', 415],
  ['too long a body', 'x'.repeat(LIMITS.sentBodyBytesMax + 1), 'application/json', 413],
] as const) {
  test(`${what} is answered ${status} with a problem`, async () => {
    const { response, answer } = await counting().post(body, { 'Content-Type': type })
    assert.equal(response.status, status)
    assert.equal(answer.status, status)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  })
}

test('the same key and body are counted once, another body under the key not at all', async () => {
  const { post, counted, clock } = counting([['flood']])
  const key = { 'Idempotency-Key': 'a' }
  const first = await post({ hits: [HIT] }, key)
  const again = await post(`{ "hits": [${JSON.stringify(HIT)}] }`, key)
  assert.deepEqual(again.answer, first.answer)
  assert.equal((await post({ hits: [HIT, HIT] }, key)).response.status, 422)
  assert.equal(counted.length, 1)
  await post({ hits: [HIT] }, { 'Idempotency-Key': 'b' })
  await post({ hits: [HIT] })
  assert.equal(counted.length, 3)
  clock.nowMs += LIMITS.sentHoursMax * 3_600_000
  await post({ hits: [HIT] }, key)
  assert.equal(counted.length, 4)
})

test('equal batches that are sent at once are counted once', async () => {
  const { post, counted } = counting()
  const answers = await Promise.all([1, 2, 3].map(() => post({ hits: [HIT] }, { 'Idempotency-Key': 'a' })))
  assert.deepEqual(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size, 1)
  assert.equal(counted.length, 1)
})

test('what failed is told, and only that is counted when the batch comes again', async () => {
  const { post, counted } = counting([
    ['kept', 'failed', 'unknown-site', 'failed'],
    ['kept', 'failed'],
  ])
  const hits = ['/a', '/b', '/c', '/d'].map((path) => ({ ...HIT, path }))
  const key = { 'Idempotency-Key': 'a' }
  const pointers = ({ errors = [] }: Answer) => errors.map(({ pointer }) => pointer)
  const first = await post({ hits }, key)
  assert.equal(first.response.status, 503)
  assert.equal(first.response.headers.get('retry-after'), '5')
  assert.deepEqual(pointers(first.answer), ['#/hits/1', '#/hits/3'])
  const second = await post({ hits }, key)
  assert.deepEqual(pointers(second.answer), ['#/hits/3'])
  const third = await post({ hits }, key)
  assert.deepEqual(third.answer, { received: 4, kept: 3, refused: [{ index: 2, verdict: 'unknown-site' }] })
  assert.deepEqual(
    counted.map((batch) => batch.map(({ path }) => path)),
    [['/a', '/b', '/c', '/d'], ['/b', '/d'], ['/d']],
  )
})

test('the oldest key is forgotten when there are too many', async () => {
  const { post, counted, clock } = counting()
  const send = (key: number) => {
    clock.nowMs += 1_000
    return post({ hits: [HIT] }, { 'Idempotency-Key': String(key) })
  }
  for (let key = 0; key <= LIMITS.idempotencyKeysMax; key++) await send(key)
  await send(1)
  assert.equal(counted.length, LIMITS.idempotencyKeysMax + 1)
  await send(0)
  assert.equal(counted.length, LIMITS.idempotencyKeysMax + 2)
})

test('neither a session nor a token without the scope has hits counted', async () => {
  const reading = counting([], 'read')
  assert.equal((await reading.post({ hits: [HIT] })).response.status, 403)
  assert.equal((await reading.post({ hits: [HIT] }, { Authorization: '' })).response.status, 403)
  assert.deepEqual(reading.counted, [])
})
