import { randomBytes } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import type { DynamoDb } from '../log/dynamodb/dynamodb.ts'
import { dayOf, SHARDS } from '../log/dynamodb/table-item.ts'

/** What is tried: a request to an endpoint, which shall come to a table. */
export interface Probe {
  /** The counting resource, without a query. */
  readonly address: string
  readonly table: string
  readonly db: DynamoDb
  /** An emulator of AWS that answers in the place of the address's own host; undefined: AWS. */
  readonly emulator: string | undefined
}

const WITHIN_MS = 60_000
const PAUSE_MS = 1_000

/**
 * Sends one request as a browser would, but as a bot by name, so that it counts as none; and reads the hit back. Right
 * after a first deploy AWS may need some seconds until it lets anybody in.
 *
 * @param withinMs how long to keep trying
 * @throws {AppError} AWS_ENDPOINT_SILENT
 */
export async function tryEndpoint(probe: Probe, withinMs = WITHIN_MS): Promise<void> {
  const mark = `headcount-deploy-${randomBytes(8).toString('hex')}`
  const startMs = Date.now()
  const endMs = startMs + withinMs
  let last = 'no answer'
  for (let kept = false; Date.now() < endMs; await sleep(PAUSE_MS)) {
    if (!kept) {
      const status = await ask(`${probe.address}?p=/${mark}`, probe.emulator)
      kept = status === 200
      last = status === null ? 'no answer' : `status ${status}`
    }
    if (kept && (await arrived(probe, mark, startMs))) return
  }
  const what = `the last answer to ${probe.address} was: ${last}`
  const remedy =
    'look at the log of the function in the console; right after a first deploy try again in a minute'
  throw new AppError('AWS_ENDPOINT_SILENT', `Cannot find a hit in the table: ${what}; ${remedy}`)
}

const ANSWER_WITHIN_MS = 10_000

/** The status of the answer; null where there is none. */
async function ask(address: string, emulator: string | undefined): Promise<number | null> {
  const url = new URL(address)
  const target = new URL(url.pathname + url.search, emulator ?? url)
  const send = target.protocol === 'http:' ? plainRequest : request
  const headers = { host: url.host, 'user-agent': 'headcount-deploy (bot)', accept: 'text/css,*/*;q=0.1' }
  return await new Promise((resolve) => {
    const sent = send(target, { headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }, (response) => {
      response.resume()
      resolve(response.statusCode ?? null)
    })
    sent.on('error', () => resolve(null)).end()
  })
}

/** The function's clock and this one's may differ by so much. */
const CLOCKS_MS = 10 * 60_000

async function arrived({ db, table }: Probe, mark: string, startMs: number): Promise<boolean> {
  const from = new Date(startMs - CLOCKS_MS).toISOString()
  const days = new Set([dayOf(startMs - CLOCKS_MS), dayOf(startMs), dayOf(startMs + CLOCKS_MS)])
  for (const day of days) {
    for (let shard = 0; shard < SHARDS; shard++) {
      const { output } = await db.call('Query', {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk >= :from',
        FilterExpression: 'contains(h, :mark)',
        ExpressionAttributeValues: {
          ':pk': { S: `${day}.${shard}` },
          ':from': { S: from },
          ':mark': { S: mark },
        },
      })
      if (typeof output === 'object' && output !== null && 'Count' in output && output.Count === 1)
        return true
    }
  }
  return false
}
