import { AppError } from '../../errors.ts'
import type { RawHit } from '../../hit.ts'
import { encodeRawHit } from '../../hit.ts'
import { LIMITS } from '../../limits.ts'
import type { HotLog } from '../hot-log.ts'
import { AwsError } from './aws-error.ts'
import type { DynamoDb } from './dynamodb.ts'
import { keyOf, toAttributes } from './table-item.ts'

export interface DynamoDbLogOptions {
  readonly db: DynamoDb
  /** Name of the table. */
  readonly table: string
  /** Days until DynamoDB may delete a hit. */
  readonly keepDays: number
  /** Milliseconds since the Unix epoch, UTC. */
  readonly now: () => number
  /** At least 88 random bits as hex. */
  readonly random: () => string
}

const DAY_SECONDS = 86_400
/** Longest wait for one try: a lost connection must leave time for another. */
const TRY_MS = 900
/** Before the second try; twice as long before each further one. */
const PAUSE_MS = 50

/**
 * The half of a hot log that collects, in a DynamoDB table: one hit is one `PutItem` of one write unit. Its key is made
 * before the first try, so that a hit whose answer was lost is written over itself.
 */
export function openDynamoDbLog(options: DynamoDbLogOptions): Pick<HotLog, 'append'> {
  const { db, table, keepDays, random } = options
  return {
    append: async (hit: RawHit) => {
      const ttl = Math.floor(hit.timeMs / 1_000) + keepDays * DAY_SECONDS
      const item = { ...keyOf(hit.timeMs, random()), hit: encodeRawHit(hit), ttl }
      const input = { TableName: table, Item: toAttributes(item) }
      await tryAgain((withinMs) => db.call('PutItem', input, withinMs), options).catch((cause: unknown) => {
        if (!(cause instanceof AwsError)) throw cause
        throw new AppError('LOG_UNWRITABLE', `Cannot write table "${table}": ${cause.name}`, { cause })
      })
    },
  }
}

/** Tries again what may succeed then: at most `tableTriesMax` times, and all within `tableWithinMs`. */
async function tryAgain(
  attempt: (withinMs: number) => Promise<unknown>,
  { now, random }: Pick<DynamoDbLogOptions, 'now' | 'random'>,
): Promise<void> {
  const untilMs = now() + LIMITS.tableWithinMs
  for (let tries = 1; ; tries += 1) {
    try {
      await attempt(Math.max(1, Math.min(TRY_MS, untilMs - now())))
      return
    } catch (error) {
      const again = error instanceof AwsError && error.retryable && tries < LIMITS.tableTriesMax
      const pauseMs = PAUSE_MS * 2 ** (tries - 1) * (0.5 + fraction(random()))
      if (!again || now() + pauseMs >= untilMs) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/** From 0 to 1. */
function fraction(random: string): number {
  return Number.parseInt(random.slice(0, 8), 16) / 2 ** 32
}
