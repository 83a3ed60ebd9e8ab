import { setTimeout as sleep } from 'node:timers/promises'
import type { RawHit } from '../../../src/hit.ts'
import { decodeRawHit } from '../../../src/hit.ts'
import type { DynamoDb } from '../../../src/log/dynamodb/dynamodb.ts'
import { openDynamoDb } from '../../../src/log/dynamodb/dynamodb.ts'

const KEYS = ['pk', 'sk'] as const

/** A client of an emulator, with a key that it takes. */
export function openLocalDb(endpoint: string): DynamoDb {
  const credentials = () => ({ accessKeyId: 'test', secretAccessKey: 'test' })
  return openDynamoDb({ region: 'us-east-1', endpoint, credentials, now: Date.now })
}

/** Creates a table as the template does. */
export async function createHitsTable(db: DynamoDb, name: string): Promise<void> {
  await db.call('CreateTable', {
    TableName: name,
    AttributeDefinitions: KEYS.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    KeySchema: KEYS.map((key, at) => ({ AttributeName: key, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    BillingMode: 'PAY_PER_REQUEST',
  })
  while (JSON.stringify((await db.call('DescribeTable', { TableName: name })).output).includes('"CREATING"'))
    await sleep(20)
}

/** One item as it is stored. */
export interface StoredItem {
  readonly pk: string
  readonly sk: string
  readonly line: string
  readonly ttl: number
}

/** Every item of a small table, in no order. */
export async function itemsIn(db: DynamoDb, table: string): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = []
  let from: object | undefined
  do {
    const { output } = await db.call('Scan', {
      TableName: table,
      ConsistentRead: true,
      ExclusiveStartKey: from,
    })
    const page: ScanPage = JSON.parse(JSON.stringify(output))
    items.push(
      ...page.Items.map(({ pk, sk, h, ttl }) => ({ pk: pk.S, sk: sk.S, line: h.S, ttl: Number(ttl.N) })),
    )
    from = page.LastEvaluatedKey
  } while (from !== undefined)
  return items
}

/** The hits of these items. */
export function hitsOf(items: readonly StoredItem[]): readonly RawHit[] {
  return items.map(({ line }) => decodeRawHit(line)).filter((hit) => hit !== null)
}

interface ScanPage {
  readonly Items: readonly Record<'pk' | 'sk' | 'h' | 'ttl', { readonly S: string; readonly N: string }>[]
  readonly LastEvaluatedKey?: object
}
