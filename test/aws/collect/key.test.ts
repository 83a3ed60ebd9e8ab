import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { lambdaCollector } from '../../../src/aws/handler.ts'
import type { DynamoDb } from '../../../src/log/dynamodb/dynamodb.ts'
import { openDynamoDbLog } from '../../../src/log/dynamodb/dynamodb-log.ts'
import { dayOf, keyOf, SHARDS } from '../../../src/log/dynamodb/table-item.ts'
import { ONE_SITE, rulesOf, TIME_MS } from '../../collect/ask.ts'
import { restEvent, urlEvent } from '../support/events.ts'

const RANDOM = '0123456789abcdef0123456789abcdef'

test('nothing of a request changes where its hit is stored', async () => {
  const rules = rulesOf(ONE_SITE)
  const text = fc.string({ unit: 'grapheme-ascii', maxLength: 40 })
  const names = fc.constantFrom(
    'user-agent',
    'x-forwarded-for',
    'x-amzn-trace-id',
    'host',
    'pk',
    'accept-language',
  )
  const request = fc.record({
    method: fc.constant('GET'),
    target: text.map((query) => `/c.css?p=/${encodeURIComponent(query)}`),
    headers: fc.dictionary(names, text, { noNullPrototype: true }),
  })
  await fc.assert(
    fc.asyncProperty(
      request,
      fc.ipV4(),
      fc.constantFrom(urlEvent, restEvent),
      async (wire, address, toEvent) => {
        const inputs: object[] = []
        const db: DynamoDb = {
          call: async (_, input) => {
            inputs.push(input)
            return { output: {}, dateMs: TIME_MS }
          },
        }
        const [now, random] = [() => TIME_MS, () => RANDOM]
        const log = openDynamoDbLog({ db, table: 'hits', keepDays: 365, now, random })
        const collector = {
          rules,
          log,
          now,
          random,
          behindCloudFront: false,
          basePath: '',
          report: assert.ifError,
        }
        await lambdaCollector(collector)(toEvent(wire, address))
        const key = {
          pk: { S: '2026-11-23.1' },
          sk: { S: `2026-11-23T06:00:00.000Z.${RANDOM.slice(0, 20)}` },
        }
        assert.partialDeepStrictEqual(inputs, [{ TableName: 'hits', Item: key }])
      },
    ),
  )
})

test('chance spreads the hits of a day over all its partitions, and tells those of one millisecond apart', () => {
  const keys = Array.from({ length: 4_000 }, () => keyOf(TIME_MS, randomBytes(16).toString('hex')))
  const shards = Object.values(Object.groupBy(keys, ({ pk }) => pk)).map((group = []) => group.length)
  assert.equal(shards.length, SHARDS)
  for (const count of shards) assert.ok(count > 800 && count < 1_200, `${count} of 4,000`)
  assert.equal(new Set(keys.map(({ sk }) => sk)).size, keys.length)
})

test('a day is UTC’s', () => {
  assert.equal(dayOf(Date.UTC(2026, 10, 23, 23, 59, 59, 999)), '2026-11-23')
  assert.equal(dayOf(Date.UTC(2026, 10, 24)), '2026-11-24')
})
