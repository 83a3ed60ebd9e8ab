import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RawHit } from '../../../src/hit.ts'
import { encodeRawHit } from '../../../src/hit.ts'
import { CHUNK_HEADER } from '../../../src/log/chunk.ts'
import type { DynamoDb } from '../../../src/log/dynamodb/dynamodb.ts'
import { aHit } from '../../a-hit.ts'
import { MAIN, headcount, withFolder } from '../../main/support/program.ts'
import type { DynamoDbLocal } from '../support/dynamodb-local.ts'
import { startDynamoDbLocal, whyNoDynamoDb } from '../support/dynamodb-local.ts'
import type { Faults } from '../support/faults.ts'
import { startFaults } from '../support/faults.ts'
import { createHitsTable, openLocalDb } from '../support/hits-table.ts'
import type { WithLedger } from '../support/known.ts'
import { knownOf } from '../support/known.ts'
import { beginAt, linesIn } from './folder.ts'
import { stock } from './stocked.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR

describe('aws pull, the program', { skip: whyNoDynamoDb() }, () => {
  let local: DynamoDbLocal
  let faults: Faults
  let db: DynamoDb

  before(async () => {
    local = await startDynamoDbLocal()
    faults = await startFaults(local.endpoint)
    db = openLocalDb(local.endpoint)
  })
  after(async () => {
    await faults[Symbol.asyncDispose]()
    await local[Symbol.asyncDispose]()
  })

  const env = () => ({
    AWS_ENDPOINT_URL: faults.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    HEADCOUNT_TIMEZONE: 'UTC',
  })

  /** A folder whose pull of the table begins `days` ago, so that a year of empty days need not be asked for. */
  async function begin(dir: string, table: string, days: number): Promise<void> {
    const sinceMs = (Math.floor(Date.now() / DAY) - days) * DAY
    await beginAt(join(dir, 'aws', `us-east-1.${table}.json`), sinceMs)
  }

  test('leaving: the folder says the same when the table is gone, and the same as if it had collected itself', async () => {
    await createHitsTable(db, 'leaving')
    const hits = visits(5_000, 3)
    await stock(db, 'leaving', hits)
    await withFolder(async (dir) => {
      const data = ['--data', join(dir, 'pulled')]
      await begin(join(dir, 'pulled'), 'leaving', 5)
      const pulled = await headcount(['aws', 'pull', 'table/leaving', ...data], { env: env() })
      assert.match(pulled.stderr, /^Pulled 5,000 hits from table "leaving": all up to /)
      assert.equal(pulled.code, 0)
      await headcount(['compact', ...data])
      const before = await report(data)
      await db.call('DeleteTable', { TableName: 'leaving' })
      const gone = await headcount(['aws', 'pull', 'table/leaving', ...data], { env: env() })
      assert.match(gone.stderr, /^Cannot read table "leaving": there is no such table/)
      const verified = await headcount(['verify', ...data])
      assert.match(verified.stderr, /: 0 differences\n$/)
      assert.equal(verified.code, 0)
      assert.deepEqual(await report(data), before)
      assert.deepEqual(before.ledger.refused, { malformed: null, 'unknown-site': null, flood: null })
      assert.deepEqual(knownOf(before), await reportOf(join(dir, 'collected'), hits))
    })
  })

  test('killed at any time and run again, it ends with every hit there once', async () => {
    await createHitsTable(db, 'killed')
    const lines = await stock(db, 'killed', visits(4_000, 20))
    await withFolder(async (dir) => {
      await begin(dir, 'killed', 21)
      const args = ['aws', 'pull', 'table/killed', '--data', dir]
      faults.plan({ kind: 'delay', op: 'Query', ms: 20, times: 10_000 })
      const left = async () => (await linesIn(join(dir, 'log'))).length
      for (let kills = 0; kills < 8; kills += 1) {
        const before = await left()
        const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env() } })
        const ended = once(child, 'exit')
        while ((await left()) === before)
          assert.equal(child.exitCode, null, `ended with ${before} hits in the log`)
        await sleep(kills * 4)
        child.kill('SIGKILL')
        await ended
      }
      faults.plan()
      assert((await left()) < lines.length, 'killed before it was done')
      const { stderr, code } = await headcount(args, { env: env() })
      assert.equal(code, 0, stderr)
      assert.deepEqual(await linesIn(join(dir, 'log')), lines)
    })
  })

  test('a clock that is days off changes nothing', async () => {
    await createHitsTable(db, 'clock')
    const lines = await stock(db, 'clock', visits(50, 2))
    for (const days of [-40, 3]) {
      await withFolder(async (dir) => {
        await begin(dir, 'clock', 3)
        const shift = `globalThis.Date = class extends Date {
          static now() { return super.now() + ${days * DAY} }
          constructor(...given) { super(...(given.length > 0 ? given : [new.target.now()])) }
        }`
        const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(shift)}`
        const args = ['aws', 'pull', 'table/clock', '--data', dir]
        const signed = faults.signedMs.length
        const { stderr, code } = await headcount(args, { env: { ...env(), NODE_OPTIONS } })
        assert.equal(code, 0, stderr)
        assert.deepEqual(await linesIn(join(dir, 'log')), lines)
        for (const signedMs of faults.signedMs.slice(signed))
          assert(Math.abs(signedMs - Date.now()) < 60 * SECOND, 'signed by the right time')
      })
    }
  })

  test('while serving, a hit is in the log within ten seconds of its write, and throttling does not end it', async () => {
    await createHitsTable(db, 'served')
    await withFolder(async (dir, serve) => {
      await begin(dir, 'served', 1)
      const server = await serve(['--data', dir, '--pull', 'aws:table/served'], env())
      for (const round of [1, 2]) {
        const writtenMs = performance.now()
        await stock(db, 'served', [aHit({ timeMs: Date.now(), path: `/${round}` })])
        if (round === 2) faults.plan({ kind: 'throttle', times: 4 })
        while ((await linesIn(join(dir, 'log'))).length < round) {
          assert(performance.now() - writtenMs < 10 * SECOND, server.output())
          await sleep(100)
        }
      }
      faults.plan()
      const busy = await headcount(['aws', 'pull', 'table/served', '--data', dir], { env: env() })
      assert.match(busy.stderr, /it is held by headcount serve/)
      assert.equal(await server.stop(), 0)
      assert.equal((await linesIn(join(dir, 'log'))).length, 2)
    })
  })
})

/** Views of some pages by some browsers over the days up to two hours ago, in order. */
function visits(count: number, days: number): readonly RawHit[] {
  const endMs = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR
  return Array.from({ length: count }, (_, index) =>
    aHit({
      timeMs: endMs - Math.floor(((count - index) * days * DAY) / count),
      path: `/${index % 17}`,
      viewNumber: index % 3 === 0 ? 1 : 2,
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' },
    }),
  )
}

async function report(data: readonly string[]): Promise<WithLedger> {
  const { stdout, code, stderr } = await headcount(['report', '--json', '--period', '7d', ...data], {
    env: { HEADCOUNT_TIMEZONE: 'UTC' },
  })
  assert.equal(code, 0, stderr)
  const { fresh: _fresh, read: _read, ...rest } = JSON.parse(stdout)
  return rest
}

/** The report of a folder that holds these hits as its own. */
async function reportOf(dir: string, hits: readonly RawHit[]): Promise<unknown> {
  await mkdir(join(dir, 'log'), { recursive: true })
  const text = `${[CHUNK_HEADER, ...hits.map(encodeRawHit)].join('\n')}\n`
  await writeFile(join(dir, 'log', '2026-01-01T00.w01.00001.ndjson'), text)
  return await report(['--data', dir])
}
