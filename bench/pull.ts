import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { PRICES } from '../src/aws/prices.ts'
import { DAY, dayHits } from '../src/main/demo/day.ts'
import type { RawHit } from '../src/hit.ts'
import { stock } from '../test/aws/pull/stocked.ts'
import { startDynamoDbLocal } from '../test/aws/support/dynamodb-local.ts'
import { createHitsTable, openLocalDb } from '../test/aws/support/hits-table.ts'
import { headcount } from '../test/main/support/program.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { digits } from './figures.ts'

const TABLE = 'bench'

/**
 * Leaves AWS with 100,000 hits: pulls them from DynamoDB Local at full speed, compacts and verifies them, and compares the report
 * with the one after the table is gone.
 */
export async function benchPull({ quick }: BenchOptions): Promise<readonly Figure[]> {
  const hits = demoHits(quick ? 5_000 : 100_000)
  const dir = await mkdtemp(join(tmpdir(), 'headcount-bench-pull-'))
  await using local = await startDynamoDbLocal()
  try {
    const db = openLocalDb(local.endpoint)
    await createHitsTable(db, TABLE)
    await stock(db, TABLE, hits)
    const startMs = performance.now()
    const told = await pulled(dir, local.endpoint)
    const seconds = (performance.now() - startMs) / 1_000
    const units = Number(/\(([\d,.]+) read units\)/.exec(told)?.[1]?.replaceAll(',', ''))
    const before = await reportOf(dir)
    await db.call('DeleteTable', { TableName: TABLE })
    const verified = await headcount(['verify', '--data', dir])
    const usd = (units / hits.length) * PRICES.dynamoDb.millionReadUnits
    const same = isDeepStrictEqual(before, await reportOf(dir))
    return [
      {
        what: 'hits/s',
        measured: `${digits(hits.length)} hits, ${digits(seconds)} s`,
        value: hits.length / seconds,
      },
      {
        what: 'USD to read a million hits',
        measured: `${digits(units)} units`,
        value: usd,
        aim: { atMost: 0.02 },
      },
      { what: 'verify', measured: verified.stderr.trim(), value: verified.code ?? 1, aim: { atMost: 0 } },
      {
        what: 'reports that differ without the table',
        measured: same ? 'none' : 'they differ',
        value: same ? 0 : 1,
        aim: { atMost: 0 },
      },
    ]
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** The demo's newest hits but those of today. */
function demoHits(count: number): readonly RawHit[] {
  const hits: RawHit[] = []
  const endMs = Math.floor(Date.now() / DAY) * DAY
  for (let number = 364; hits.length < count; number -= 1)
    hits.push(...dayHits({ seed: 2026, startMs: endMs - (365 - number) * DAY, number }))
  return hits.slice(0, count)
}

/** @returns what it told */
async function pulled(dir: string, endpoint: string): Promise<string> {
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'us-east-1',
  }
  const args = ['aws', 'pull', `table/${TABLE}`, '--units-per-second', '40000', '--data', dir]
  const { stderr, code } = await headcount(args, { env })
  if (code !== 0) throw new Error(stderr)
  return stderr
}

async function reportOf(dir: string): Promise<unknown> {
  await headcount(['compact', '--data', dir])
  const { stdout, stderr, code } = await headcount(['report', '--json', '--period', 'all', '--data', dir])
  if (code !== 0) throw new Error(stderr)
  const { read: _, ...report }: Record<string, unknown> = JSON.parse(stdout)
  return report
}
