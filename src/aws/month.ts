import type { Usage } from './cost.ts'
import type { AwsClient } from './client.ts'
import type { TableState } from './home.ts'
import type { Metric } from './metrics.ts'
import { sumMetric } from './metrics.ts'
import { PRICES } from './prices.ts'
import type { Stack } from './stack.ts'
import { designOf, FUNCTION_GB, OUR_HIT } from './usage.ts'

/** What AWS counted from the start of the month, or of the stack, until now. Null where AWS has no number. */
export interface MonthSoFar {
  readonly fromMs: number
  readonly nowMs: number
  /** The month's end: the first instant of the next one, UTC. */
  readonly endMs: number
  readonly requests: number | null
  readonly durationMs: number | null
  readonly writeUnits: number | null
  readonly readUnits: number | null
}

/** Asks AWS for the counts of the month that holds `nowMs`. */
export async function readMonth(aws: AwsClient, stack: Stack, nowMs: number): Promise<MonthSoFar> {
  const now = new Date(nowMs)
  const [startMs, endMs] = [0, 1].map((next) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + next))
  const fromMs = Math.max(startMs ?? 0, stack.createdMs)
  const ask = async (metric: Metric) => await sumMetric(aws, metric, [fromMs, nowMs])
  const ofFunction = ['FunctionName', stack.outputs.get('Function') ?? ''] as const
  const ofTable = ['TableName', stack.outputs.get('Table') ?? ''] as const
  return {
    fromMs,
    nowMs,
    endMs: endMs ?? 0,
    requests: await ask({ namespace: 'AWS/Lambda', name: 'Invocations', of: ofFunction }),
    durationMs: await ask({ namespace: 'AWS/Lambda', name: 'Duration', of: ofFunction }),
    writeUnits: await ask({ namespace: 'AWS/DynamoDB', name: 'ConsumedWriteCapacityUnits', of: ofTable }),
    readUnits: await ask({ namespace: 'AWS/DynamoDB', name: 'ConsumedReadCapacityUnits', of: ofTable }),
  }
}

/** The whole month, if the rest of it goes on as it went so far; null where AWS has not counted any request yet. */
export function projectMonth(month: MonthSoFar, stack: Stack, table: TableState): Usage | null {
  const { requests, durationMs, fromMs, nowMs, endMs } = month
  if (requests === null || nowMs <= fromMs) return null
  const factor = (endMs - fromMs) / (nowMs - fromMs)
  return {
    endpoint: designOf(stack.parameters).endpoint,
    requests: requests * factor,
    gbSeconds: ((durationMs ?? 0) / 1_000) * FUNCTION_GB * factor,
    capacity: table.capacity,
    writeUnits: (month.writeUnits ?? 0) * factor,
    readUnits: (month.readUnits ?? 0) * factor,
    storedGb: (table.bytes + table.items * PRICES.dynamoDb.itemOverheadBytes) / 1e9,
    sentGb: (requests * factor * OUR_HIT.sentBytes) / 1e9,
    // Lambda writes failures alone.
    logGb: 0,
  }
}
