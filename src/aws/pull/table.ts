import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import { AwsError } from '../../log/dynamodb/aws-error.ts'
import type { DynamoAnswer, DynamoDb } from '../../log/dynamodb/dynamodb.ts'
import { describeRefusal } from '../failures.ts'
import type { Pace } from './pace.ts'
import { createPace } from './pace.ts'
import type { Page } from './page.ts'
import { fieldsOf, parsePage } from './page.ts'

/** A part of a partition, from the instant `from` (inclusive) to `until` (exclusive), both ISO 8601 with ms. */
export interface Range {
  readonly pk: string
  readonly from: string
  readonly until: string
  /** Only behind this `sk`; null: from the start. */
  readonly after: string | null
}

/** The table of hits, for reading. */
export interface PullTable {
  /** The pace of reading. */
  readonly unitsPerSecond: number
  /** Reads cost money by the unit. */
  readonly onDemand: boolean
  /** Size of all items as of some hours ago; 0 for a new table. */
  readonly bytes: number
  /** ms UTC. */
  readonly createdMs: number
  /** DynamoDB's own clock, ms UTC; costs no unit. Throws as `page`. */
  date(): Promise<number>
  /**
   * The next page of a range: at most 1 MB, eventually consistent, which costs half.
   *
   * @throws {AppError} when DynamoDB refuses, or after `TRIES_MAX` failures that might have passed
   */
  page(range: Range): Promise<Page>
}

export interface PullTableOptions {
  readonly db: DynamoDb
  readonly table: string
  /** null: a share of what the table has. */
  readonly unitsPerSecond: number | null
  readonly signal?: AbortSignal | undefined
}

/** What is left of a table's read capacity is for others. */
const CAPACITY_SHARE = 0.8
/** On demand nothing is held back but money. */
const ON_DEMAND_UNITS = 25

const TRIES_MAX = 10
/** Before the second try; twice as long before each further one. */
const PAUSE_MS = 100
const PAUSE_MS_MAX = 10_000

/** @throws {AppError} when there is no such table, or it cannot be asked */
export async function openPullTable(options: PullTableOptions): Promise<PullTable> {
  const { db, table, signal } = options
  const ask = (operation: string, input: object) =>
    askAgain(() => db.call(operation, { TableName: table, ...input }), table, signal)
  const { output } = await ask('DescribeTable', {})
  const { capacity, bytes, createdMs } = readDescription(output)
  const unitsPerSecond = options.unitsPerSecond ?? (capacity * CAPACITY_SHARE || ON_DEMAND_UNITS)
  const pace = createPace(unitsPerSecond)
  const page = async (range: Range) => await readPage(range, { ask, pace, signal })
  const date = async () => dateOf(await ask('DescribeTable', {}), table)
  return { unitsPerSecond, onDemand: capacity === 0, bytes, createdMs, date, page }
}

function dateOf({ dateMs }: DynamoAnswer, table: string): number {
  if (!Number.isNaN(dateMs)) return dateMs
  const what = 'its answer has no date, so that nobody knows which hours have closed; is a proxy between?'
  throw new AppError('AWS_REFUSED', `Cannot read table "${table}": ${what}`)
}

/** `capacity`: provisioned read units a second; 0 for a table that is billed on demand. */
function readDescription(output: unknown): { capacity: number; bytes: number; createdMs: number } {
  const table = fieldsOf(fieldsOf(output)['Table'])
  const throughput = fieldsOf(table['ProvisionedThroughput'])
  return {
    capacity: Number(throughput['ReadCapacityUnits'] ?? 0),
    bytes: Number(table['TableSizeBytes'] ?? 0),
    createdMs: Number(table['CreationDateTime'] ?? 0) * 1_000,
  }
}

interface Asking {
  readonly ask: (operation: string, input: object) => Promise<DynamoAnswer>
  readonly pace: Pace
  readonly signal: AbortSignal | undefined
}

async function readPage({ pk, from, until, after }: Range, { ask, pace, signal }: Asking): Promise<Page> {
  await pace.ready(signal)
  // No key is a bare instant, so that both ends of BETWEEN may be inclusive.
  const { output } = await ask('Query', {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':until': { S: until } },
    ...(after === null ? {} : { ExclusiveStartKey: { pk: { S: pk }, sk: { S: after } } }),
    ReturnConsumedCapacity: 'TOTAL',
  })
  const page = parsePage(output)
  pace.spend(page.units)
  return page
}

/** Asks until there is an answer: throttling, resets and failures of DynamoDB's own pass. */
async function askAgain(
  ask: () => Promise<DynamoAnswer>,
  table: string,
  signal: AbortSignal | undefined,
): Promise<DynamoAnswer> {
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      if (!error.retryable || tries === TRIES_MAX) throw explain(error, table)
      const pauseMs = Math.min(PAUSE_MS * 2 ** (tries - 1), PAUSE_MS_MAX) * (0.5 + Math.random() / 2)
      await sleep(pauseMs, undefined, { signal })
    }
  }
}

function explain(error: AwsError, table: string): AppError {
  const doing = `read table "${table}"`
  const refused = (what: string, code: 'AWS_LIMIT' | 'AWS_REFUSED' | 'AWS_UNREACHABLE') =>
    new AppError(code, `Cannot ${doing}: ${what}`, { cause: error })
  if (error.name === 'ResourceNotFoundException')
    return refused('there is no such table in this region; check its name and the region', 'AWS_REFUSED')
  if (!error.retryable) return describeRefusal(error, doing)
  if (/^(?:Provisioned|Throttl|RequestLimit)/.test(error.name))
    return refused('it stays busy; read it more slowly with --units-per-second, or later', 'AWS_LIMIT')
  return refused(`no answer after ${TRIES_MAX} tries (${error.name}); check the network`, 'AWS_UNREACHABLE')
}
