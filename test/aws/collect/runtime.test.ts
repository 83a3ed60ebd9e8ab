import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { bundleLambda } from '../../../scripts/lambda-bundle.ts'
import { packCode } from '../../../src/aws/packed-code.ts'
import { FIREFOX } from '../../collect/ask.ts'
import type { DynamoDbLocal } from '../support/dynamodb-local.ts'
import { startDynamoDbLocal, whyNoDynamoDb } from '../support/dynamodb-local.ts'
import { restEvent, urlEvent } from '../support/events.ts'
import type { Faults } from '../support/faults.ts'
import { startFaults } from '../support/faults.ts'
import { createHitsTable, hitsOf, itemsIn, openLocalDb } from '../support/hits-table.ts'
import { startLambda, whyNoRuntime } from '../support/lambda-runtime.ts'

const headers = { ...FIREFOX, referer: 'https://blog.example.org/post' }
const SIX_HOURS = 6 * 3_600_000
const view = { method: 'GET', target: '/c.css', headers }
/** As the template holds it. */
const code = packCode((await bundleLambda()).code)

describe('the built function in AWS’s runtime client', { skip: whyNoDynamoDb() || whyNoRuntime() }, () => {
  let local: DynamoDbLocal
  let faults: Faults
  before(async () => {
    local = await startDynamoDbLocal()
    faults = await startFaults(local.endpoint)
  })
  after(async () => {
    await faults[Symbol.asyncDispose]()
    await local[Symbol.asyncDispose]()
  })

  async function start(table: string, env: Readonly<Record<string, string>> = {}) {
    const db = openLocalDb(local.endpoint)
    await createHitsTable(db, table)
    const lambda = await startLambda(code, {
      HEADCOUNT_TABLE: table,
      HEADCOUNT_SITES: 'blog.example.org',
      HEADCOUNT_OPT_OUT: 'reduce',
      HEADCOUNT_KEEP_DAYS: '365',
      HEADCOUNT_SETTINGS: '{}',
      AWS_ENDPOINT_URL_DYNAMODB: faults.endpoint,
      ...env,
    })
    return { lambda, kept: async () => hitsOf(await itemsIn(db, table)) }
  }

  test('starts, and keeps what comes over either payload', async (context) => {
    const { lambda, kept } = await start('both')
    await using _ = lambda
    context.diagnostic(`cold start in the runtime client: ${(await lambda.coldMs).toFixed(0)} ms`)
    const [url, rest] = [await lambda.invoke(urlEvent(view)), await lambda.invoke(restEvent(view))]
    assert.deepEqual([url.statusCode, url.headers['Content-Type'], url.body], [200, 'text/css', ''])
    assert.deepEqual({ ...rest.headers, ETag: '' }, { ...url.headers, ETag: '' })
    assert.notEqual(rest.headers['ETag'], url.headers['ETag'])
    const hits = await kept()
    assert.deepEqual(
      hits.map(({ path, country }) => [path, country]),
      [
        ['/post', null],
        ['/post', null],
      ],
    )
    assert.equal((await lambda.invoke(urlEvent({ ...view, target: '/c.gif' }))).isBase64Encoded, true)
    assert.equal(lambda.output(), '')
  })

  test('counts views in the site’s day, and keeps what browsers post, over either payload', async () => {
    // Six hours to the east, or to the west: where midnight is further away.
    const [timezone, aheadMs] =
      new Date().getUTCHours() < 12 ? ['Etc/GMT-6', SIX_HOURS] : ['Etc/GMT+6', -SIX_HOURS]
    const { lambda, kept } = await start('numbered', {
      HEADCOUNT_SETTINGS: JSON.stringify({ timezone, visitor_stem: 'seen' }),
    })
    await using _ = lambda
    const day = new Date(Date.now() + aheadMs).toISOString().slice(0, 10)
    for (const eventOf of [urlEvent, restEvent]) {
      const validators: string[] = []
      for (let number = 1; number <= 4; number += 1) {
        const sent = { ...headers, 'if-none-match': validators.at(-1) ?? '' }
        const answer = await lambda.invoke(eventOf({ ...view, target: '/seen.css', headers: sent }))
        validators.push(answer.headers['ETag'] ?? '')
      }
      assert.deepEqual(
        validators,
        [1, 2, 3, 3].map((number) => `"${day}.${number}"`),
      )
      const posted = {
        'content-type': 'text/ping',
        'ping-from': headers.referer,
        'ping-to': 'https://else.example/',
      }
      const ping = { method: 'POST', target: '/ping', headers: { ...FIREFOX, ...posted }, body: 'PING' }
      assert.equal((await lambda.invoke(eventOf(ping))).statusCode, 204)
    }
    const found = (await kept()).map(({ kind, viewNumber, target }) => `${kind} ${viewNumber ?? target}`)
    const each = ['view 1', 'view 2', 'view 3', 'view 3', 'event else.example/']
    assert.deepEqual(found.toSorted(), [...each, ...each].toSorted())
  })

  test('300 hits one after the other: each kept once, answered soon, and nothing printed', async () => {
    const { lambda, kept } = await start('many')
    await using _ = lambda
    const durations: number[] = []
    for (let at = 0; at < 300; at += 1) {
      const startMs = performance.now()
      const { statusCode } = await lambda.invoke(urlEvent({ ...view, target: `/c.css?p=/${at}` }))
      durations.push(performance.now() - startMs)
      assert.equal(statusCode, 200)
    }
    assert.equal(new Set((await kept()).map(({ path }) => path)).size, 300)
    assert.equal(lambda.output(), '')
  })

  test('refused at the door: answered, and nothing is stored', async () => {
    const { lambda, kept } = await start('refused')
    await using _ = lambda
    const calls = faults.calls.length
    for (const target of ['/else.example/c.css', '/c.css?p=/a%0Ab', '/nothing'])
      await lambda.invoke(urlEvent({ ...view, target }))
    assert.equal(faults.calls.length, calls)
    assert.deepEqual(await kept(), [])
  })

  test('a table that fails: 503 with the empty resource within the budget, one line that says why, then on it goes', async () => {
    const { lambda, kept } = await start('failing')
    await using _ = lambda
    faults.plan({ kind: 'throttle', times: 99 })
    const startMs = performance.now()
    const failed = await lambda.invoke(
      urlEvent({ ...view, headers: { ...headers, 'user-agent': 'secret 192.0.2.7' } }),
    )
    assert.ok(performance.now() - startMs < 2_500)
    assert.deepEqual([failed.statusCode, failed.headers['Content-Type'], failed.body], [503, 'text/css', ''])
    assert.match(lambda.output(), /Cannot write table "failing": ProvisionedThroughputExceededException/)
    assert.doesNotMatch(lambda.output(), /secret|192\.0\.2\.7|blog\.example/)
    faults.plan({ kind: 'reset', times: 2 })
    assert.equal((await lambda.invoke(urlEvent(view))).statusCode, 200)
    assert.equal((await kept()).length, 1)
  })

  test('an event of nobody’s is answered 500, told without its words, and the next one is served', async () => {
    const { lambda } = await start('strange')
    await using _ = lambda
    const strange = await lambda.invoke(JSON.parse('{"secret":"192.0.2.7"}'))
    assert.deepEqual([strange.statusCode, strange.body], [500, ''])
    assert.match(lambda.output(), /TypeError/)
    assert.doesNotMatch(lambda.output(), /secret|192\.0\.2\.7/)
    assert.equal((await lambda.invoke(urlEvent(view))).statusCode, 200)
  })

  test('behind CloudFront: its country, and the address that it appended', async () => {
    const settings = '{"ignore_addresses":["198.51.100.9"]}'
    const { lambda, kept } = await start('cloudfront', {
      HEADCOUNT_ENDPOINT: 'cloudfront',
      HEADCOUNT_SETTINGS: settings,
    })
    await using _ = lambda
    for (const client of ['192.0.2.7', '198.51.100.9']) {
      const forwarded = { ...headers, 'cloudfront-viewer-country': 'PL', 'x-forwarded-for': client }
      await lambda.invoke(urlEvent({ ...view, headers: forwarded }, '203.0.113.1'))
    }
    const hits = await kept()
    assert.deepEqual(
      new Set(hits.map(({ country, verdict }) => country ?? verdict)),
      new Set(['PL', 'ignored']),
    )
  })
})
