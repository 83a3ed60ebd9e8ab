import { encodeRawHit } from '../../../src/hit.ts'
import type { DynamoDb } from '../../../src/log/dynamodb/dynamodb.ts'
import { keyOf, toAttributes } from '../../../src/log/dynamodb/table-item.ts'
import { aHit } from '../../a-hit.ts'

type Attributes = ReturnType<typeof toAttributes>

/** A table of hits in memory, with a clock of its own, that answers as DynamoDB does. */
export class TableModel implements DynamoDb {
  /** ms UTC; answers carry it in whole seconds. */
  dateMs: number
  /** Items of a page: DynamoDB's have 1 MB. */
  readonly #pageItems: number
  readonly #items = new Map<string, Attributes>()
  #random = 0

  constructor(dateMs: number, pageItems = 3) {
    this.dateMs = dateMs
    this.#pageItems = pageItems
  }

  /** Puts a hit; of equal `path` and time all lines are equal. */
  put(timeMs: number, path: string): void {
    this.#random += 1
    const random = this.#random.toString(16).padStart(20, '0')
    const shard = (this.#random % 256).toString(16).padStart(2, '0')
    const item = { ...keyOf(timeMs, random + shard), hit: encodeRawHit(aHit({ timeMs, path })) }
    this.#items.set(`${item.pk} ${item.sk}`, toAttributes({ ...item, ttl: Math.floor(timeMs / 1_000) }))
  }

  /** Lines of all items, sorted. */
  lines(): readonly string[] {
    return [...this.#items.values()].map(({ h }) => h.S).sort()
  }

  async call(operation: string, input: object): Promise<{ output: unknown; dateMs: number }> {
    await new Promise(setImmediate)
    const dateMs = Math.floor(this.dateMs / 1_000) * 1_000
    const output = operation === 'Query' ? this.#query(input) : { Table: {} }
    return { output, dateMs }
  }

  #query(input: object): object {
    const query: Query = { ExpressionAttributeValues: {}, ...input }
    const of = (name: string): string => query.ExpressionAttributeValues[name]?.S ?? ''
    const after = query.ExclusiveStartKey?.sk.S ?? ''
    const found = [...this.#items.values()]
      .filter(
        ({ pk, sk }) => pk.S === of(':pk') && sk.S >= of(':from') && sk.S <= of(':until') && sk.S > after,
      )
      .sort((a, b) => (a.sk.S < b.sk.S ? -1 : 1))
    const page = found.slice(0, this.#pageItems)
    const last = page.at(-1)
    const more = found.length > page.length && last !== undefined
    const next = more ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk } } : {}
    return { Items: page, ConsumedCapacity: { CapacityUnits: 0 }, ...next }
  }
}

interface Query {
  readonly ExpressionAttributeValues: Readonly<Record<string, { readonly S: string }>>
  readonly ExclusiveStartKey?: { readonly sk: { readonly S: string } }
}
