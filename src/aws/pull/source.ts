import { AppError } from '../../errors.ts'
import type { DynamoDb } from '../../log/dynamodb/dynamodb.ts'
import { dynamoDbUrl, openDynamoDb } from '../../log/dynamodb/dynamodb.ts'
import type { AwsClient } from '../client.ts'
import { openAws } from '../client.ts'
import type { IdentityWishes } from '../credentials.ts'
import { readIdentity } from '../credentials.ts'
import { doing } from '../failures.ts'
import { parseStackName } from '../home.ts'
import { findStack } from '../stack.ts'
import { openServerClock } from '../server-clock.ts'

/** What to pull from, as a person names it. */
export type PullTarget = { readonly stack: string } | { readonly table: string }

/** A table, and how to ask for it. */
export interface PullSource {
  readonly table: string
  readonly region: string
  readonly db: DynamoDb
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads `STACK` or `table/NAME`; either may stand behind `aws:`.
 *
 * @throws {AppError} USAGE
 */
export function parsePullTarget(text: string | undefined): PullTarget {
  const name = text?.replace(/^aws:/, '')
  if (name?.startsWith('table/') !== true) return { stack: parseStackName(name) }
  const table = name.slice('table/'.length)
  if (/^[\w.-]{3,255}$/.test(table)) return { table }
  throw new AppError('USAGE', `Cannot pull from "${text}": expected STACK or table/NAME`)
}

/**
 * Signs in, and finds the table: it is named, or an output of the stack. A table outlives its stack.
 *
 * @throws {AppError} AWS_CREDENTIALS, AWS_REGION, AWS_STACK_MISSING, AWS_UNREACHABLE
 */
export async function openPullSource(
  target: PullTarget,
  wishes: IdentityWishes,
  env: Environment = process.env,
): Promise<PullSource> {
  const identity = await readIdentity(wishes, env)
  const { credentials, region } = identity
  const endpoint = env['AWS_ENDPOINT_URL_DYNAMODB'] ?? env['AWS_ENDPOINT_URL']
  const now = await openServerClock(dynamoDbUrl(region, endpoint))
  const db = openDynamoDb({ region, endpoint, credentials: () => credentials, now })
  const table =
    'table' in target ? target.table : await tableOfStack(target.stack, openAws(identity, env, now))
  return { table, region, db }
}

async function tableOfStack(name: string, aws: AwsClient): Promise<string> {
  const stack = await doing(`look at the stack "${name}"`, async () => await findStack(aws, name))
  const table = stack?.outputs.get('Table')
  if (table !== undefined) return table
  const what = `there is none of that name with a table in ${aws.identity.region}; name the table itself, which outlives its stack: table/NAME`
  throw new AppError('AWS_STACK_MISSING', `Cannot find the stack "${name}": ${what}`)
}
