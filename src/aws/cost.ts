import { MONTH_HOURS, PRICES } from './prices.ts'

/** How requests reach the function. */
export type Endpoint = 'function-url' | 'rest-api' | 'cloudfront'

/** What a month takes of AWS. */
export interface Usage {
  readonly endpoint: Endpoint
  /** Requests that ran the function. */
  readonly requests: number
  /** Memory times billed time. */
  readonly gbSeconds: number
  /** Capacity held all month; null: each unit is billed, on demand. */
  readonly capacity: { readonly writeUnits: number; readonly readUnits: number } | null
  readonly writeUnits: number
  readonly readUnits: number
  /** Mean size of the table. */
  readonly storedGb: number
  readonly sentGb: number
  readonly logGb: number
}

/** One line of a bill, in US dollars. */
export interface BillLine {
  readonly what: string
  readonly usd: number
}

/** The bill for a month, at the list prices of `PRICES`, a line for each thing that AWS charges. */
export function monthlyBill(usage: Usage): readonly BillLine[] {
  const { lambda, logs } = PRICES
  return [
    ...endpointLines(usage),
    {
      what: 'Lambda requests',
      usd: millions(above(usage.requests, lambda.freeRequests)) * lambda.millionRequests,
    },
    { what: 'Lambda time', usd: above(usage.gbSeconds, lambda.freeGbSeconds) * lambda.gbSecond },
    ...tableLines(usage),
    { what: 'Logs', usd: above(usage.logGb, logs.freeGb) * logs.gb },
  ]
}

/** What the lines add up to. */
export function totalUsd(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0)
}

function endpointLines({ endpoint, requests, sentGb }: Usage): readonly BillLine[] {
  const { cloudFront, egress, restApi } = PRICES
  if (endpoint === 'cloudfront') {
    return [
      {
        what: 'CloudFront requests',
        usd: millions(above(requests, cloudFront.freeRequests)) * cloudFront.millionRequests,
      },
      { what: 'CloudFront traffic', usd: above(sentGb, cloudFront.freeGb) * cloudFront.gb },
    ]
  }
  const beyond = above(requests, restApi.beyond)
  const api =
    millions(requests - beyond) * restApi.millionRequests + millions(beyond) * restApi.millionRequestsBeyond
  return [
    ...(endpoint === 'rest-api' ? [{ what: 'API Gateway requests', usd: api }] : []),
    { what: 'Traffic', usd: above(sentGb, egress.freeGb) * egress.gb },
  ]
}

function tableLines({ capacity, writeUnits, readUnits, storedGb }: Usage): readonly BillLine[] {
  const prices = PRICES.dynamoDb
  const storage = { what: 'DynamoDB storage', usd: above(storedGb, prices.freeGb) * prices.gbMonth }
  if (capacity === null) {
    return [
      { what: 'DynamoDB writes', usd: millions(writeUnits) * prices.millionWriteUnits },
      { what: 'DynamoDB reads', usd: millions(readUnits) * prices.millionReadUnits },
      storage,
    ]
  }
  const [writes, reads] = [
    above(capacity.writeUnits, prices.freeWriteUnits) * prices.writeUnitHour,
    above(capacity.readUnits, prices.freeReadUnits) * prices.readUnitHour,
  ]
  return [{ what: 'DynamoDB capacity', usd: (writes + reads) * MONTH_HOURS }, storage]
}

function above(amount: number, free: number): number {
  return Math.max(0, amount - free)
}

function millions(count: number): number {
  return count / 1_000_000
}
