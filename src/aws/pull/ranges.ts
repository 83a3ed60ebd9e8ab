import { SHARDS, dayOf } from '../../log/dynamodb/table-item.ts'
import type { PullLedger } from './ledger.ts'
import type { Range } from './table.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** No hit arrives later than this behind the end of its hour: a collector writes for two seconds at most. */
const CLOSED_AFTER_MS = 10 * MINUTE_MS
/** A hit may appear this much behind others. */
const OVERLAP_MS = 30_000
/** How far the clock of a collector may be ahead, and the last look at DynamoDB's behind. */
const AHEAD_MS = MINUTE_MS

/** The end of the last hour that has closed, by DynamoDB's clock. */
export function closedUntil(dateMs: number): number {
  return Math.floor((dateMs - CLOSED_AFTER_MS) / HOUR_MS) * HOUR_MS
}

/** What to read next of the hours that have closed: of all shards to the end of the day, or of those hours. */
export function closedRanges(
  ledger: Pick<PullLedger, 'wholeUntilMs' | 'cursor'>,
  closedUntilMs: number,
): { readonly fromMs: number; readonly untilMs: number; readonly ranges: readonly Range[] } {
  const fromMs = ledger.wholeUntilMs
  const untilMs = Math.min(startOfDay(fromMs) + DAY_MS, closedUntilMs)
  const ranges = rangesOf(fromMs, untilMs).flatMap((range) => {
    const after = ledger.cursor(range.pk)
    return after === null || after < range.until ? [{ ...range, after }] : []
  })
  return { fromMs, untilMs, ranges }
}

/**
 * What to read of the hours that have not closed: what may have appeared since the round before, of all shards.
 *
 * @param roundBeforeMs DynamoDB's clock when that was begun; -Infinity: this is the first
 */
export function openRanges(
  wholeUntilMs: number,
  { dateMs, roundBeforeMs }: { readonly dateMs: number; readonly roundBeforeMs: number },
): readonly Range[] {
  const ranges: Range[] = []
  const endMs = dateMs + AHEAD_MS
  for (let fromMs = Math.max(wholeUntilMs, roundBeforeMs - OVERLAP_MS); fromMs <= endMs;) {
    const untilMs = startOfDay(fromMs) + DAY_MS
    ranges.push(...rangesOf(fromMs, untilMs))
    fromMs = untilMs
  }
  return ranges
}

/** @param untilMs on the same UTC day, or its end */
function rangesOf(fromMs: number, untilMs: number): readonly Range[] {
  const [from, until] = [new Date(fromMs).toISOString(), new Date(untilMs).toISOString()]
  return Array.from({ length: SHARDS }, (_, shard) => {
    return { pk: `${dayOf(fromMs)}.${shard}`, from, until, after: null }
  })
}

function startOfDay(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) * DAY_MS
}
