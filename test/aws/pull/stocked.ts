import { encodeRawHit } from '../../../src/hit.ts'
import type { RawHit } from '../../../src/hit.ts'
import type { DynamoDb } from '../../../src/log/dynamodb/dynamodb.ts'
import { keyOf, toAttributes } from '../../../src/log/dynamodb/table-item.ts'

const DAY_MS = 86_400_000
/** What BatchWriteItem takes. */
const BATCH = 25
const AT_ONCE = 8

/** Puts hits into a table as a collector would; each under a key of its own. @returns their lines, sorted */
export async function stock(
  db: DynamoDb,
  table: string,
  hits: readonly RawHit[],
): Promise<readonly string[]> {
  const items = hits.map((hit, index) => {
    const random = `${index.toString(16).padStart(20, '0')}${(index % 4).toString(16).padStart(2, '0')}`
    const ttl = Math.floor((hit.timeMs + 365 * DAY_MS) / 1_000)
    return toAttributes({ ...keyOf(hit.timeMs, random), hit: encodeRawHit(hit), ttl })
  })
  await putItems(db, table, items)
  return hits.map(encodeRawHit).sort()
}

/** Puts items as they are. */
export async function putItems(db: DynamoDb, table: string, items: readonly object[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, at) =>
    items.slice(at * BATCH, (at + 1) * BATCH).map((Item) => ({ PutRequest: { Item } })),
  )
  const put = async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop())
      await db.call('BatchWriteItem', { RequestItems: { [table]: batch } })
  }
  await Promise.all(Array.from({ length: AT_ONCE }, put))
}
