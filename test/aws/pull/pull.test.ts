import assert from 'node:assert/strict'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { PullDeps } from '../../../src/aws/pull/pull.ts'
import { Puller, pull } from '../../../src/aws/pull/pull.ts'
import type { RawHit } from '../../../src/hit.ts'
import { LIMITS } from '../../../src/limits.ts'
import type { DynamoDb } from '../../../src/log/dynamodb/dynamodb.ts'
import { openDynamoDbLog } from '../../../src/log/dynamodb/dynamodb-log.ts'
import { keyOf } from '../../../src/log/dynamodb/table-item.ts'
import { aHit } from '../../a-hit.ts'
import type { DynamoDbLocal } from '../support/dynamodb-local.ts'
import { startDynamoDbLocal, whyNoDynamoDb } from '../support/dynamodb-local.ts'
import type { Fault, Faults } from '../support/faults.ts'
import { startFaults } from '../support/faults.ts'
import { createHitsTable, openLocalDb } from '../support/hits-table.ts'
import { aPullFolder, beginAt, linesIn } from './folder.ts'
import { putItems, stock } from './stocked.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SIX = Date.UTC(2026, 10, 23, 6)

describe('pull from DynamoDB', { skip: whyNoDynamoDb() }, () => {
  let local: DynamoDbLocal
  let faults: Faults
  let db: DynamoDb
  let tables = 0

  before(async () => {
    local = await startDynamoDbLocal()
    faults = await startFaults(local.endpoint)
    db = openLocalDb(local.endpoint)
  })
  after(async () => {
    await faults[Symbol.asyncDispose]()
    await local[Symbol.asyncDispose]()
  })

  /**
   * A new table of hits, pulled through the proxy, whose clock says `dateMs`.
   *
   * @param sinceMs the pull begins there; null: where one begins that knows nothing
   */
  async function aTable(dateMs: number, sinceMs: number | null = dateMs - 2 * DAY) {
    const table = `hits-${(tables += 1)}`
    await createHitsTable(db, table)
    faults.plan()
    faults.setDate(dateMs)
    const folder = await aPullFolder()
    if (sinceMs !== null) await beginAt(folder.progress, sinceMs)
    const told: string[] = []
    const report = (line: string) => void told.push(line)
    const deps: PullDeps = {
      db: openLocalDb(faults.endpoint),
      table,
      folder,
      unitsPerSecond: 1_000_000,
      report,
    }
    return { table, folder, deps, told }
  }

  test('copies every hit once, and nothing more the next time', async () => {
    const { table, deps, folder } = await aTable(SIX, null)
    const ages = [0, SECOND, 5 * MINUTE, HOUR, 3 * HOUR, DAY, 40 * DAY, 200 * DAY]
    const lines = await stock(
      db,
      table,
      ages.map((age) => aHit({ timeMs: SIX - age })),
    )
    const first = await pull(deps)
    assert.equal(first.hits, ages.length)
    assert.equal(first.wholeUntilMs, SIX - HOUR)
    assert.deepEqual(await linesIn(folder.log), lines)
    assert.equal((await pull(deps)).hits, 0)
    assert.deepEqual(await linesIn(folder.log), lines)
    const files = await readdir(folder.log)
    assert(
      files.every((file) => /^2026-\d\d-\d\dT\d\d\.a01\.\d{5}\.ndjson$/.test(file)),
      files.join(),
    )
  })

  const FAULTS: readonly (readonly [what: string, ...plan: Fault[]])[] = [
    ['throttling', { kind: 'throttle', op: 'Query', times: 5 }],
    ['failures of DynamoDB', { kind: '500', op: 'Query', times: 5 }],
    ['connections that break', { kind: 'reset', op: 'Query', times: 5 }],
    ['answers that get lost', { kind: 'lost', op: 'Query', times: 5 }],
    ['answers that are cut off', { kind: 'truncate', op: 'Query', times: 5 }],
    ['slow answers', { kind: 'delay', op: 'Query', times: 2, ms: 500 }],
    ['a bad start', { kind: '500', op: 'DescribeTable', times: 2 }, { kind: 'reset', times: 3 }],
  ]

  for (const [what, ...plan] of FAULTS) {
    test(`${what}: every hit is there once`, async () => {
      const { table, deps, folder } = await aTable(SIX)
      const hits = Array.from({ length: 40 }, (_, index) => aHit({ timeMs: SIX - index * 7 * MINUTE }))
      const lines = await stock(db, table, hits)
      faults.plan(...plan)
      await pull(deps)
      assert.equal(faults.left(), 0)
      assert.deepEqual(await linesIn(folder.log), lines)
    })
  }

  test('a pull that is ended while the table is busy is gone on with by the next', async () => {
    const { table, deps, folder } = await aTable(SIX)
    const lines = await stock(db, table, [aHit({ timeMs: SIX - DAY })])
    faults.plan(
      { kind: 'throttle', op: 'DescribeTable', times: 3 },
      { kind: 'throttle', op: 'Query', times: 10 ** 6 },
    )
    const hasty = { ...deps, signal: AbortSignal.timeout(2_000) }
    await assert.rejects(pull(hasty), { name: 'AbortError' })
    faults.plan()
    await pull(deps)
    assert.deepEqual(await linesIn(folder.log), lines)
  })

  test('a hit that was written twice under its key, as its answer was lost, is one hit', async () => {
    const { table, deps, folder } = await aTable(SIX)
    const log = openDynamoDbLog({
      db: openLocalDb(faults.endpoint),
      table,
      keepDays: 365,
      now: () => performance.now(),
      random: () => 'abcdef0123456789abcdef',
    })
    faults.plan({ kind: 'lost', op: 'PutItem', times: 1 })
    await log.append(aHit({ timeMs: SIX - 1 }))
    assert.equal(faults.left(), 0)
    assert.equal((await pull(deps)).hits, 1)
    assert.equal((await linesIn(folder.log)).length, 1)
  })

  test('of a page of a megabyte and of many nothing is missed', async () => {
    const { table, deps, folder } = await aTable(SIX)
    const long = 'x'.repeat(410)
    const hits = Array.from({ length: 5_000 }, (_, index) => {
      const path = `/${index}/${long}`
      return aHit({ timeMs: SIX - DAY + index * SECOND, path, referrer: `https://e.example/${long}` })
    })
    const lines = await stock(db, table, hits)
    const before = faults.calls.length
    await pull(deps)
    const queries = faults.calls.slice(before).filter((call) => call === 'Query').length
    const [days, shards] = [3, 4]
    assert.equal(queries, (days + 1) * shards + shards, 'one more page of each shard')
    assert.deepEqual(await linesIn(folder.log), lines)
  })

  test('a late write behind the read position comes when its hour closes, ten minutes past its end', async () => {
    const { table, deps, folder } = await aTable(SIX + 40 * MINUTE)
    const inTime = await stock(db, table, [aHit({ timeMs: SIX + 39 * MINUTE, path: '/in-time' })])
    const puller = await Puller.open(deps)
    await puller.round()
    assert.deepEqual(await linesIn(folder.log), inTime)
    const late = await stock(db, table, [aHit({ timeMs: SIX + 31 * MINUTE, path: '/late' })])
    faults.setDate(SIX + HOUR + 9 * MINUTE + 59 * SECOND)
    await puller.round()
    assert.equal(puller.summary.wholeUntilMs, SIX)
    assert.deepEqual(await linesIn(folder.log), inTime)
    faults.setDate(SIX + HOUR + 10 * MINUTE)
    await puller.round()
    assert.equal(puller.summary.wholeUntilMs, SIX + HOUR)
    assert.deepEqual(await linesIn(folder.log), [...inTime, ...late].sort())
    await puller.close()
  })

  test('a hit that appears 29 seconds behind others comes with the next round, midnight or not', async () => {
    const midnight = SIX + 18 * HOUR
    const { table, deps, folder } = await aTable(midnight - 2 * SECOND)
    const puller = await Puller.open(deps)
    await puller.round()
    const lines = await stock(
      db,
      table,
      [-25, -1, 0, 4].map((s) => aHit({ timeMs: midnight + s * SECOND })),
    )
    faults.setDate(midnight + 5 * SECOND)
    await puller.round()
    await puller.close()
    assert.deepEqual(await linesIn(folder.log), lines)
  })

  test('a clock that steps, back or ahead, neither loses nor doubles', async () => {
    const { table, deps, folder } = await aTable(SIX)
    const hits: RawHit[] = []
    const puller = await Puller.open(deps)
    for (const hours of [0, -5, 1, 0, -1, 30, 26, 50]) {
      const timeMs = SIX + hours * HOUR
      hits.push(aHit({ timeMs: Math.max(timeMs, puller.summary.wholeUntilMs), path: `/${hits.length}` }))
      await stock(db, table, hits)
      faults.setDate(timeMs)
      await puller.round()
    }
    await puller.close()
    faults.setDate(SIX + 60 * HOUR)
    await pull(deps)
    const lines = await linesIn(folder.log)
    assert.equal(lines.length, hits.length)
    assert.equal(new Set(lines).size, hits.length)
  })

  test('a month without pulling is caught up with, in one chunk a day', async () => {
    const { table, deps, folder } = await aTable(SIX)
    await stock(db, table, [aHit({ timeMs: SIX - 1 })])
    await pull(deps)
    const hits = Array.from({ length: 30 * 24 }, (_, hour) => aHit({ timeMs: SIX + hour * HOUR }))
    await stock(db, table, hits)
    faults.setDate(SIX + 30 * DAY)
    const before = faults.calls.length
    assert.equal((await pull(deps)).hits, hits.length)
    assert(faults.calls.length - before < 31 * 4 + 20, `${faults.calls.length - before} calls`)
    assert((await readdir(folder.log)).length <= 34)
  })

  test('an item past its time to live that is still there is a hit', async () => {
    const { table, deps, folder } = await aTable(SIX, null)
    const lines = await stock(db, table, [aHit({ timeMs: SIX - 370 * DAY })])
    await pull(deps)
    await pull(deps)
    assert.deepEqual(await linesIn(folder.log), lines)
  })

  test('items that hold no hit are counted and named, once', async () => {
    const { table, deps, told } = await aTable(SIX)
    const keys = [keyOf(SIX - DAY, '1'.repeat(22)), keyOf(SIX - SECOND, '2'.repeat(22))]
    const damaged = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk }, h: { S: '{"t":' } }))
    await putItems(db, table, damaged)
    const lines = await stock(db, table, [aHit({ timeMs: SIX - 2 * SECOND })])
    assert.equal((await pull(deps)).damaged, 2)
    faults.setDate(SIX + 2 * HOUR)
    assert.equal((await pull(deps)).damaged, 0)
    assert.deepEqual(await linesIn(deps.folder.log), lines)
    assert.equal(told.length, 2)
    assert.match(
      told[0] ?? '',
      /^Cannot pull item "2026-11-22T06:00:00\.000Z\.1+" of partition "2026-11-22\.1"/,
    )
  })

  test('hits of two tables go to one folder under two names', async () => {
    const [one, other] = [await aTable(SIX, null), await aTable(SIX, null)]
    const lines = [
      ...(await stock(db, one.table, [aHit({ timeMs: SIX - DAY, path: '/one' })])),
      ...(await stock(db, other.table, [aHit({ timeMs: SIX - DAY, path: '/other' })])),
    ]
    const beside = { ...one.folder, progress: one.folder.progress.replace('hits', 'others') }
    await pull(one.deps)
    await pull({ ...other.deps, folder: beside })
    assert.deepEqual(await linesIn(one.folder.log), lines.sort())
    assert.deepEqual((await readdir(one.folder.log)).sort(), [
      '2026-11-22T00.a01.00001.ndjson',
      '2026-11-22T00.a02.00001.ndjson',
    ])
  })

  test('without the file that says how far it came, nothing is pulled twice', async () => {
    const { table, deps, folder } = await aTable(SIX)
    const lines = await stock(db, table, [aHit({ timeMs: SIX - DAY })])
    await pull(deps)
    const saved = await readFile(folder.progress)
    await writeFile(folder.progress, saved.subarray(0, 40))
    await assert.rejects(pull(deps), { code: 'PULL_PROGRESS_LOST' })
    await rm(folder.progress)
    await assert.rejects(pull(deps), { code: 'PULL_PROGRESS_LOST' })
    await writeFile(folder.progress, saved)
    await pull(deps)
    assert.deepEqual(await linesIn(folder.log), lines)
  })

  test('a table that is gone is named', async () => {
    const { table, deps } = await aTable(SIX)
    await db.call('DeleteTable', { TableName: table })
    await assert.rejects(pull(deps), {
      code: 'AWS_REFUSED',
      message: RegExp(`"${table}": there is no such table`),
    })
  })

  test('a month of a million hits, as large as hits get, costs at most two cents to read', async () => {
    const { table, deps } = await aTable(SIX, null)
    const empty = (await pull(deps)).units
    const hits = Array.from({ length: 20_000 }, (_, index) => {
      const hit = aHit({ timeMs: SIX + Math.floor((index * 30 * DAY) / 20_000), path: `/${index}` })
      return {
        ...hit,
        referrer: `https://e.example/${'x'.repeat(450)}`,
        headers: { 'user-agent': 'y'.repeat(400) },
      }
    })
    const lines = await stock(db, table, hits)
    const bytes = lines.reduce((sum, line) => sum + line.length, 0) / lines.length
    assert(bytes > 0.97 * LIMITS.rawHitBytesMax, `${bytes} bytes a hit`)
    faults.setDate(SIX + 30 * DAY + HOUR)
    const { hits: pulled, units } = await pull(deps)
    assert.equal(pulled, hits.length)
    const usdPerUnit = 0.125 / 1_000_000
    const million = (units / hits.length) * 1_000_000
    assert(million * usdPerUnit <= 0.02, `${million} units`)
    assert(empty <= 377 * 4 * 0.5 + 10, `${empty} units for an empty year`)
  })
})
