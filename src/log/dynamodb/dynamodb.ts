import { AwsError } from './aws-error.ts'
import type { PostAnswer } from './post.ts'
import { createPost } from './post.ts'
import type { Credentials } from './sign.ts'
import { signedHeaders } from './sign.ts'

/** What DynamoDB answered. */
export interface DynamoAnswer {
  /** The parsed JSON. */
  readonly output: unknown
  /** DynamoDB's own clock, ms UTC, whole seconds. */
  readonly dateMs: number
}

/** Calls operations of DynamoDB, once each: whoever calls decides on trying again. */
export interface DynamoDb {
  /**
   * @param operation such as "PutItem"
   * @param input as DynamoDB's JSON interface takes it
   * @param withinMs then the call is given up; what it asked for may still happen
   * @throws {AwsError}
   */
  call(operation: string, input: object, withinMs?: number): Promise<DynamoAnswer>
}

export interface DynamoDbOptions {
  readonly region: string
  /** An emulator's; absent or empty: AWS's own. */
  readonly endpoint?: string | undefined
  /** Asked before every call: keys may be temporary. */
  readonly credentials: () => Promise<Credentials> | Credentials
  /** Milliseconds since the Unix epoch, UTC. */
  readonly now: () => number
}

const WITHIN_MS = 30_000

/** Opens a client that keeps its connections. */
export function openDynamoDb({ region, endpoint, credentials, now }: DynamoDbOptions): DynamoDb {
  const url = dynamoDbUrl(region, endpoint)
  const post = createPost(url)
  return {
    call: async (operation, input, withinMs = WITHIN_MS) => {
      const body = JSON.stringify(input)
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      }
      const request = { url, service: 'dynamodb', region, headers, body }
      const answer = await post(signedHeaders(request, await credentials(), now()), body, withinMs)
      return readAnswer(operation, answer)
    },
  }
}

/** Where DynamoDB is asked: AWS's own of the region, unless an emulator is named. */
export function dynamoDbUrl(region: string, endpoint: string | undefined): URL {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return new URL(endpoint || `https://dynamodb.${region}.${domain}`)
}

function readAnswer(operation: string, { status, date, text }: PostAnswer): DynamoAnswer {
  const output = parseJson(text)
  if (status === 200 && output !== undefined) return { output, dateMs: Date.parse(date) }
  const { __type: type, message, Message } = { ...output }
  const name = typeof type === 'string' ? type.slice(type.indexOf('#') + 1) : `HTTP ${status}`
  const retryable = status >= 500 || status === 200 || THROTTLED.test(name)
  const words = [message, Message].find((text) => typeof text === 'string') ?? name
  throw new AwsError(name, `${operation}: ${words}`, { retryable })
}

const THROTTLED = /^(?:ProvisionedThroughputExceeded|Throttling|RequestLimitExceeded)/

/** undefined for what is no JSON object: a proxy's page, an answer that was cut off. */
function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
