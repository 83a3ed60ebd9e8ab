import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { withTables } from '../../../scripts/cost-tables.ts'
import type { Usage } from '../../../src/aws/cost.ts'
import { monthlyBill, totalUsd } from '../../../src/aws/cost.ts'
import { projectMonth } from '../../../src/aws/month.ts'
import type { Design } from '../../../src/aws/usage.ts'
import { BLOG_HIT, OUR_HIT, usageOf, usageUnder } from '../../../src/aws/usage.ts'
import { BLANK_HIT } from '../../../src/blank-hit.ts'
import { encodeRawHit } from '../../../src/hit.ts'
import { keyOf, toAttributes } from '../../../src/log/dynamodb/table-item.ts'
import { AGENT_CASES } from '../../user-agents.ts'

const OURS: Design = { endpoint: 'function-url', billing: 'provisioned', keepDays: 365, hit: OUR_HIT }
const BLOG: Design = { endpoint: 'rest-api', billing: 'on-demand', keepDays: 30, hit: BLOG_HIT }

function costOf(design: Design, hits: number): number {
  return Math.round(totalUsd(monthlyBill(usageOf(design, hits))) * 100) / 100
}

test('a million hits a month cost nothing, kept for a year', () => {
  assert.equal(costOf(OURS, 1_000_000), 0)
  assert.equal(costOf({ ...OURS, endpoint: 'cloudfront' }, 1_000_000), 0)
  // Even when every item is as large as it can be, and the function ten times slower.
  assert.equal(costOf({ ...OURS, hit: { ...OUR_HIT, itemBytes: 1_024, billedMs: 200 } }, 1_000_000), 0)
})

/** Worked out by hand from the price list: 1.80 = 9 million requests; 35 = API Gateway; 12.50 = 20 million write units. */
const BY_HAND: [name: string, design: Design, hits: number, usd: number][] = [
  ['ours at 10 million', { ...OURS, keepDays: 30 }, 10_000_000, 1.8],
  [
    'ours on demand at 10 million: 6.25 for writes, 0.06 for reads',
    { ...OURS, keepDays: 30, billing: 'on-demand' },
    10_000_000,
    8.11,
  ],
  ['the blog’s at 1 million: 3.50 + 1.25, and 0.03 for reads', BLOG, 1_000_000, 4.78],
  ['the blog’s at 10 million: 35 + 1.80 + 12.50, and 0.31 for reads', BLOG, 10_000_000, 49.61],
]

for (const [name, design, hits, usd] of BY_HAND) {
  test(`the bill by hand: ${name}`, () => assert.equal(costOf(design, hits), usd))
}

test('an attack can fill the free write units and no more of them', () => {
  const usage = usageUnder({ concurrency: 1_000, writeCapacity: 25, keepDays: 365 })
  const bill = monthlyBill(usage)
  assert.equal(usage.writeUnits, 25 * 730 * 3_600)
  assert.equal(bill.find(({ what }) => what === 'DynamoDB capacity')?.usd, 0)
})

test('what a hit is said to weigh is what the hits of real browsers weigh', () => {
  const sizes = AGENT_CASES.map(({ userAgent }) => {
    const headers = {
      'user-agent': userAgent,
      'accept-language': 'de-DE',
      'sec-fetch-site': 'cross-site',
      'sec-ch-ua-platform': 'Windows',
    }
    const hit = {
      ...BLANK_HIT,
      kind: 'view' as const,
      timeMs: 0,
      site: 'blog.example.org',
      path: '/2026/11/a-post-with-a-title/',
      headers,
    }
    const item = { ...keyOf(0, '0'.repeat(32)), hit: encodeRawHit(hit), ttl: 0 }
    const values = Object.entries(toAttributes(item)).map(
      ([name, value]) => name + Object.values(value).join(''),
    )
    return Buffer.byteLength(values.join(''))
  })
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  assert(mean <= OUR_HIT.itemBytes && mean > OUR_HIT.itemBytes / 2, `${mean} bytes`)
})

test('the month is projected from its part, and not from nothing', () => {
  const stack = { name: 'x', id: 'x', status: '', createdMs: 0, outputs: new Map(), parameters: new Map() }
  const table = {
    name: 't',
    status: 'ACTIVE',
    createdMs: 0,
    bytes: 1e9,
    items: 1e6,
    capacity: null,
    holdsHits: true,
    dateMs: 0,
  }
  const month = {
    fromMs: 0,
    nowMs: 10,
    endMs: 30,
    requests: 100,
    durationMs: 8_000,
    writeUnits: 100,
    readUnits: null,
  }
  const usage: Usage | null = projectMonth(month, stack, table)
  assert.equal(usage?.requests, 300)
  assert.equal(usage?.gbSeconds, 3)
  assert.equal(usage?.storedGb, 1.1)
  assert.equal(projectMonth({ ...month, requests: null }, stack, table), null)
})

test('docs/aws.md has the tables that follow from the prices', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/aws.md'), 'utf8')
  assert.equal(text, withTables(text), 'run "npm run cost-tables"')
  assert.match(text, /\| 1,000,000 \| \$0\.00 \|/)
})
