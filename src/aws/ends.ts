import type { DynamoDb } from '../log/dynamodb/dynamodb.ts'
import { dayOf, SHARDS } from '../log/dynamodb/table-item.ts'
import { keyOf } from './pull/ledger.ts'
import { parsePage } from './pull/page.ts'

/** A table of hits and a stretch of time, both ends included, ms UTC. */
export interface Stretch {
  readonly db: DynamoDb
  readonly table: string
  readonly fromMs: number
  readonly untilMs: number
}

const DAY_MS = 86_400_000
const DAYS_MAX = 400

/** When the newest hit of a stretch arrived; null where there is none. */
export async function newestHit(stretch: Stretch): Promise<number | null> {
  for (const day of daysOf(stretch).reverse()) {
    const ends = await Promise.all(partitions(day).map(async (pk) => await lastOf(stretch, pk)))
    const times = ends.filter((timeMs) => timeMs !== null)
    if (times.length > 0) return Math.max(...times)
  }
  return null
}

/** When the oldest hit of a stretch arrived whose key (`keyOf`) is not `known`; null where there is none. */
export async function oldestHit(stretch: Stretch, known: ReadonlySet<string>): Promise<number | null> {
  for (const day of daysOf(stretch)) {
    const ends = await Promise.all(partitions(day).map(async (pk) => await firstOf(stretch, pk, known)))
    const times = ends.filter((timeMs) => timeMs !== null)
    if (times.length > 0) return Math.min(...times)
  }
  return null
}

function daysOf({ fromMs, untilMs }: Stretch): string[] {
  const first = Math.max(Math.floor(fromMs / DAY_MS), Math.floor(untilMs / DAY_MS) - DAYS_MAX)
  const count = Math.floor(untilMs / DAY_MS) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => dayOf((first + index) * DAY_MS))
}

function partitions(day: string): readonly string[] {
  return Array.from({ length: SHARDS }, (_, shard) => `${day}.${shard}`)
}

async function lastOf(stretch: Stretch, pk: string): Promise<number | null> {
  const { items } = await query(stretch, pk, { ScanIndexForward: false, Limit: 1 })
  const [item] = items
  return item === undefined ? null : timeOf(item.sk)
}

/** Page by page, since all of what was pulled lately may be before the first that was not. */
async function firstOf(stretch: Stretch, pk: string, known: ReadonlySet<string>): Promise<number | null> {
  let paging: object = { Limit: 100 }
  for (;;) {
    const { items, next } = await query(stretch, pk, paging)
    const item = items.find((item) => !known.has(keyOf(item)))
    if (item !== undefined) return timeOf(item.sk)
    if (next === null) return null
    paging = { ExclusiveStartKey: { pk: { S: pk }, sk: { S: next } } }
  }
}

async function query({ db, table, fromMs, untilMs }: Stretch, pk: string, paging: object) {
  const answer = await db.call('Query', {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
    ExpressionAttributeValues: {
      ':pk': { S: pk },
      ':from': { S: new Date(fromMs).toISOString() },
      // Behind the time of a key stands its randomness.
      ':until': { S: `${new Date(untilMs).toISOString()}~` },
    },
    ...paging,
  })
  return parsePage(answer.output)
}

function timeOf(sk: string): number {
  return Date.parse(sk.slice(0, new Date(0).toISOString().length))
}
