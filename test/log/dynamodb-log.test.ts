import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { encodeRawHit } from '../../src/hit.ts'
import type { RawHit } from '../../src/hit.ts'
import { LIMITS } from '../../src/limits.ts'
import type { DynamoDb } from '../../src/log/dynamodb/dynamodb.ts'
import { openDynamoDbLog } from '../../src/log/dynamodb/dynamodb-log.ts'
import { demoHits } from '../../src/main/demo/year.ts'
import { aHit } from '../a-hit.ts'
import type { DynamoDbLocal } from '../aws/support/dynamodb-local.ts'
import { startDynamoDbLocal, whyNoDynamoDb } from '../aws/support/dynamodb-local.ts'
import type { Fault, Faults } from '../aws/support/faults.ts'
import { startFaults } from '../aws/support/faults.ts'
import { createHitsTable, hitsOf, itemsIn, openLocalDb } from '../aws/support/hits-table.ts'
import { AGENT_CASES } from '../user-agents.ts'
import { testAppend } from './hot-log.contract.ts'

const random = () => randomBytes(16).toString('hex')

function openLog(db: DynamoDb, table: string) {
  return openDynamoDbLog({ db, table, keepDays: 365, now: Date.now, random })
}

describe('openDynamoDbLog', { skip: whyNoDynamoDb() }, () => {
  let local: DynamoDbLocal
  let faults: Faults
  let tables = 0
  before(async () => {
    local = await startDynamoDbLocal()
    faults = await startFaults(local.endpoint)
  })
  after(async () => {
    await faults[Symbol.asyncDispose]()
    await local[Symbol.asyncDispose]()
  })

  async function newTable() {
    const name = `hits-${(tables += 1)}`
    await createHitsTable(openLocalDb(local.endpoint), name)
    const items = () => itemsIn(openLocalDb(local.endpoint), name)
    return { name, items, kept: async () => hitsOf(await items()) }
  }

  testAppend('openDynamoDbLog', async () => {
    const { name, kept } = await newTable()
    return { open: async () => openLog(openLocalDb(local.endpoint), name), kept }
  })

  test('an item says when it may go, and has a key that readers can ask for by day and time', async () => {
    const { name, items } = await newTable()
    await openLog(openLocalDb(local.endpoint), name).append(
      aHit({ timeMs: Date.UTC(2026, 10, 23, 6, 0, 0, 5) }),
    )
    const [item] = await items()
    assert.match(item?.pk ?? '', /^2026-11-23\.[0-3]$/)
    assert.match(item?.sk ?? '', /^2026-11-23T06:00:00\.005Z\.[\da-f]{20}$/)
    assert.equal(item?.ttl, Date.UTC(2027, 10, 23, 6) / 1_000)
  })

  const PASSING: readonly Fault[] = [
    { kind: 'throttle', times: 3 },
    { kind: '500', times: 3 },
    { kind: 'reset', times: 3 },
    { kind: 'lost', times: 3 },
    { kind: 'truncate', times: 2 },
    { kind: 'delay', ms: 1_200, times: 1 },
  ]
  for (const fault of PASSING) {
    test(`${fault.times} × ${fault.kind}: the hit is kept, once`, async () => {
      const { name, kept } = await newTable()
      faults.plan(fault)
      const calls = faults.calls.length
      const hit = aHit({ path: `/${fault.kind}` })
      await openLog(openLocalDb(faults.endpoint), name).append(hit)
      assert.equal(faults.left(), 0)
      assert.equal(faults.calls.length - calls, fault.times + 1)
      // What was slow arrives after all.
      await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 0))
      assert.deepEqual(await kept(), [hit])
    })
  }

  for (const kind of ['throttle', '500', 'reset', 'lost', 'delay'] as const) {
    test(`${kind} without end: refused within two seconds, after few tries, and never kept twice`, async () => {
      const { name, kept } = await newTable()
      faults.plan({ kind, ms: 3_000, times: 99 })
      const calls = faults.calls.length
      const startMs = performance.now()
      const append = openLog(openLocalDb(faults.endpoint), name).append(aHit())
      await assert.rejects(append, {
        code: 'LOG_UNWRITABLE',
        message: new RegExp(`^Cannot write table "${name}": `),
      })
      assert.ok(performance.now() - startMs < LIMITS.tableWithinMs + 900)
      assert.ok(faults.calls.length - calls <= LIMITS.tableTriesMax)
      faults.plan()
      assert.ok((await kept()).length <= (kind === 'lost' ? 1 : 0))
    })
  }

  test('what cannot be put right by waiting is tried once, and named', async () => {
    const calls = faults.calls.length
    faults.plan()
    await assert.rejects(openLog(openLocalDb(faults.endpoint), 'no-such-table').append(aHit()), {
      code: 'LOG_UNWRITABLE',
      message: 'Cannot write table "no-such-table": ResourceNotFoundException',
    })
    assert.equal(faults.calls.length - calls, 1)
  })

  test('nobody who listens: refused, with what the system says', async () => {
    await assert.rejects(openLog(openLocalDb('http://127.0.0.1:1'), 'hits').append(aHit()), {
      message: 'Cannot write table "hits": ECONNREFUSED',
    })
  })

  describe('one hit is one write unit', () => {
    async function unitsOf(hits: readonly RawHit[]): Promise<readonly unknown[]> {
      const units: unknown[] = []
      const db = openLocalDb(local.endpoint)
      const counting: DynamoDb = {
        call: async (operation, input, withinMs) => {
          const answer = await db.call(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' }, withinMs)
          units.push(JSON.parse(JSON.stringify(answer.output)).ConsumedCapacity.CapacityUnits)
          return answer
        },
      }
      const { name, items } = await newTable()
      const log = openLog(counting, name)
      for (let at = 0; at < hits.length; at += 50)
        await Promise.all(hits.slice(at, at + 50).map((hit) => log.append(hit)))
      assert.equal((await items()).length, hits.length)
      return units
    }

    test('for a thousand headers of real browsers', async () => {
      const hits = headerSets(1_000)
      assert.deepEqual(new Set(await unitsOf(hits)), new Set([1]))
    })

    test('for hits that cannot be made smaller, up to the last byte', async () => {
      const mixed = Array.from({ length: 200 }, (_, at) =>
        aHit({
          path: `/${noise(at * 40)}`,
          referrer: `https://${noise(at * 20)}.example/`,
          campaign: noise(at),
          headers: { 'user-agent': noise(at * 7), 'x-noise': noise(9_999 % (at + 1)), via: 'é'.repeat(at) },
        }),
      )
      const hits = [
        ...mixed,
        ...Array.from({ length: 200 }, (_, at) => aHit({ path: `/${noise(800 + at)}` })),
      ]
      const sizes = hits.map((hit) => Buffer.byteLength(encodeRawHit(hit)))
      assert.equal(Math.max(...sizes), LIMITS.rawHitBytesMax)
      assert.deepEqual(new Set(await unitsOf(hits)), new Set([1]))
    })

    test('and larger lines would not be', async () => {
      const { name } = await newTable()
      const Item = { pk: { S: 'x' }, sk: { S: 'y' }, h: { S: 'z'.repeat(1_025) } }
      const input = { TableName: name, Item, ReturnConsumedCapacity: 'TOTAL' }
      const { output } = await openLocalDb(local.endpoint).call('PutItem', input)
      assert.partialDeepStrictEqual(output, { ConsumedCapacity: { CapacityUnits: 2 } })
    })
  })
})

/** Hits whose headers differ: those of the demo's readers, then those of browsers, apps and consoles known by name. */
function headerSets(count: number): readonly RawHit[] {
  const named = AGENT_CASES.map(({ userAgent }) => aHit({ headers: { 'user-agent': userAgent } }))
  const sets = new Map(named.map((hit) => [JSON.stringify(hit.headers), hit]))
  for (const hit of demoHits({ seed: 1, endMs: Date.UTC(2026, 10, 23), days: 365 })) {
    sets.set(JSON.stringify(hit.headers), hit)
    if (sets.size === count) break
  }
  assert.equal(sets.size, count)
  return [...sets.values()]
}

function noise(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length)
}
