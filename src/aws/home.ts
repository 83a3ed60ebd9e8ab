import { AppError } from '../errors.ts'
import { AwsError } from '../log/dynamodb/aws-error.ts'
import type { DynamoDb } from '../log/dynamodb/dynamodb.ts'
import { dynamoDbUrl, openDynamoDb } from '../log/dynamodb/dynamodb.ts'
import type { AwsClient } from './client.ts'
import { openAws } from './client.ts'
import type { IdentityWishes } from './credentials.ts'
import { readIdentity } from './credentials.ts'
import { doing } from './failures.ts'
import { openServerClock } from './server-clock.ts'
import type { Stack } from './stack.ts'
import { findStack } from './stack.ts'

/** AWS, opened for whoever's key was found. */
export interface Home {
  readonly aws: AwsClient
  readonly db: DynamoDb
  /** Number of the account that the key belongs to. */
  readonly account: string
}

/**
 * Signs in.
 *
 * @throws {AppError} AWS_CREDENTIALS, AWS_REGION, AWS_UNREACHABLE
 */
export async function openHome(wishes: IdentityWishes, env = process.env): Promise<Home> {
  const identity = await readIdentity(wishes, env)
  const endpoint = env['AWS_ENDPOINT_URL_DYNAMODB'] ?? env['AWS_ENDPOINT_URL']
  const { credentials, region } = identity
  const now = await openServerClock(dynamoDbUrl(region, endpoint))
  const aws = openAws(identity, env, now)
  const db = openDynamoDb({ region, endpoint, credentials: () => credentials, now })
  const caller = await doing('sign in to AWS', async () => await aws.call('sts', 'GetCallerIdentity'))
  return { aws, db, account: caller.find('Account')?.ownText ?? '' }
}

/** The name of a stack where none is given. */
const STACK_NAME = 'headcount'

/** @throws {AppError} USAGE where it is no name of a stack */
export function parseStackName(text = STACK_NAME): string {
  if (/^[a-z][a-z\d-]{0,99}$/i.test(text)) return text
  throw new AppError('USAGE', `Cannot use "${text}" as name of a stack: expected letters, digits and "-"`)
}

/**
 * The stack of that name.
 *
 * @throws {AppError} AWS_STACK_MISSING
 */
export async function requireStack({ aws }: Home, name: string): Promise<Stack> {
  const stack = await doing(`look at the stack "${name}"`, async () => await findStack(aws, name))
  if (stack !== null) return stack
  const { region } = aws.identity
  const what = `there is none of that name in ${region}; look for another --region or --profile, or make it with "headcount aws deploy ${name}"`
  throw new AppError('AWS_STACK_MISSING', `Cannot find the stack "${name}": ${what}`)
}

/** What a table says of itself. */
export interface TableState {
  readonly name: string
  /** `ACTIVE` when it can be used. */
  readonly status: string
  readonly createdMs: number
  /** As of some hours ago, as are `items`: AWS counts them four times a day. */
  readonly bytes: number
  readonly items: number
  /** Null on demand. */
  readonly capacity: { readonly writeUnits: number; readonly readUnits: number } | null
  /** Whether its keys are those of a table of hits. */
  readonly holdsHits: boolean
  /** AWS's clock. */
  readonly dateMs: number
}

/** The table of that name; null where there is none. */
export async function findTable({ db }: Pick<Home, 'db'>, name: string): Promise<TableState | null> {
  try {
    const { output, dateMs } = await db.call('DescribeTable', { TableName: name })
    return parseTable(name, output, dateMs)
  } catch (error) {
    if (error instanceof AwsError && error.name === 'ResourceNotFoundException') return null
    throw error
  }
}

/** The part of DescribeTable's answer that is used. */
interface Described {
  readonly TableStatus?: string
  readonly CreationDateTime?: number
  readonly TableSizeBytes?: number
  readonly ItemCount?: number
  readonly ProvisionedThroughput?: {
    readonly WriteCapacityUnits?: unknown
    readonly ReadCapacityUnits?: unknown
  }
  readonly KeySchema?: readonly { readonly AttributeName?: string }[]
}

function parseTable(name: string, output: unknown, dateMs: number): TableState {
  const table = describedOf(output)
  const throughput = table.ProvisionedThroughput
  const writeUnits = Number(throughput?.WriteCapacityUnits ?? 0)
  const readUnits = Number(throughput?.ReadCapacityUnits ?? 0)
  return {
    name,
    status: table.TableStatus ?? '',
    createdMs: (table.CreationDateTime ?? 0) * 1_000,
    bytes: table.TableSizeBytes ?? 0,
    items: table.ItemCount ?? 0,
    capacity: writeUnits === 0 ? null : { writeUnits, readUnits },
    holdsHits: (table.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join() === 'pk,sk',
    dateMs,
  }
}

function describedOf(output: unknown): Described {
  const table = typeof output === 'object' && output !== null && 'Table' in output ? output.Table : null
  return typeof table === 'object' && table !== null ? table : {}
}
