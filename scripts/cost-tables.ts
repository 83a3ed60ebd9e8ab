import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { monthlyBill, totalUsd } from '../src/aws/cost.ts'
import { PRICES } from '../src/aws/prices.ts'
import type { Design } from '../src/aws/usage.ts'
import { BLOG_HIT, OUR_HIT, usageOf, usageUnder } from '../src/aws/usage.ts'

const HITS = [100_000, 1_000_000, 10_000_000, 100_000_000]
const OURS: Design = { endpoint: 'function-url', billing: 'provisioned', keepDays: 30, hit: OUR_HIT }

const DESIGNS: readonly (readonly [name: string, design: Design])[] = [
  ['default: kept 365 days', { ...OURS, keepDays: 365 }],
  ['kept 30 days', OURS],
  ['30 days, on demand', { ...OURS, billing: 'on-demand' }],
  ['30 days, own domain (CloudFront)', { ...OURS, endpoint: 'cloudfront' }],
  ['30 days, REST API', { ...OURS, endpoint: 'rest-api' }],
  [
    'the blog post’s design, 30 days',
    { endpoint: 'rest-api', billing: 'on-demand', keepDays: 30, hit: BLOG_HIT },
  ],
]

/** The tables of docs/aws.md that follow from the prices: they stand between comments of these names. */
export const COST_TABLES: Readonly<Record<string, string>> = {
  cost: table(
    ['hits a month', ...DESIGNS.map(([name]) => name)],
    HITS.map((hits) => {
      const costs = DESIGNS.map(([, design]) => money(totalUsd(monthlyBill(usageOf(design, hits)))))
      return [hits.toLocaleString('en-US')].concat(costs)
    }),
  ),
  attack: table(
    ['copies at once', 'requests a second', 'requests', 'time', 'traffic', 'storage', 'writes', 'together'],
    [5, 10, 100, 1_000].map((concurrency) => {
      const bill = monthlyBill(usageUnder({ concurrency, writeCapacity: 25, keepDays: 365 }))
      const line = (what: string) => money(bill.find((line) => line.what === what)?.usd ?? NaN)
      const parts = [
        'Lambda requests',
        'Lambda time',
        'Traffic',
        'DynamoDB storage',
        'DynamoDB capacity',
      ].map(line)
      return [String(concurrency), String(concurrency * 10)].concat(parts, money(totalUsd(bill)))
    }),
  ),
  prices: table(['', 'price', 'free every month'], priceRows()),
}

function priceRows(): readonly (readonly string[])[] {
  const { lambda, dynamoDb, restApi, cloudFront, egress, logs } = PRICES
  const many = (count: number) => count.toLocaleString('en-US')
  return [
    ['Lambda requests', `$${lambda.millionRequests} a million`, many(lambda.freeRequests)],
    ['Lambda time (arm64)', `$${lambda.gbSecond.toFixed(10)} a GB-second`, many(lambda.freeGbSeconds)],
    [
      'DynamoDB capacity',
      `$${dynamoDb.writeUnitHour} a write unit and hour, $${dynamoDb.readUnitHour} a read unit and hour`,
      `${dynamoDb.freeWriteUnits} and ${dynamoDb.freeReadUnits} units`,
    ],
    [
      'DynamoDB on demand',
      `$${dynamoDb.millionWriteUnits} a million write units, $${dynamoDb.millionReadUnits} a million read units`,
      '-',
    ],
    ['DynamoDB storage', `$${dynamoDb.gbMonth} a GB`, `${dynamoDb.freeGb} GB`],
    ['API Gateway (REST)', `$${restApi.millionRequests} a million`, '-'],
    ['CloudFront requests', `$${cloudFront.millionRequests} a million`, many(cloudFront.freeRequests)],
    ['Traffic', `$${egress.gb} a GB`, `${egress.freeGb} GB`],
    ['Logs', `$${logs.gb} a GB`, `${logs.freeGb} GB`],
  ]
}

function money(usd: number): string {
  return usd.toLocaleString('en-US', { style: 'currency', currency: 'USD' })
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

/** A document with these tables in it. */
export function withTables(text: string): string {
  return Object.entries(COST_TABLES).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
        `$1\n${table.replaceAll('$', '$$$$')}\n\n$2`,
      ),
    text,
  )
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'aws.md')
  await writeFile(file, withTables(await readFile(file, 'utf8')))
}
