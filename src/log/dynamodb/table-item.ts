/** One stored hit. */
export interface TableItem extends TableKey {
  /** The line that `encodeRawHit` gave. */
  readonly hit: string
  /** When DynamoDB may delete it: seconds since the Unix epoch, UTC. */
  readonly ttl: number
}

/** Where a hit is stored. All of it is made here: nobody outside steers load onto one partition. */
export interface TableKey {
  /** UTC day and shard: `2026-11-23.0`. */
  readonly pk: string
  /** Time and randomness: `2026-11-23T06:00:00.000Z.0123456789abcdef0123`. */
  readonly sk: string
}

/** Partitions that the hits of one day are spread over; each takes 1,000 writes a second. */
export const SHARDS = 4

/** Hex digits of randomness in a key: 80 bits. */
const RANDOM_DIGITS = 20

/** The UTC day of an instant: `2026-11-23`. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

/**
 * The key of a hit.
 *
 * @param random at least 88 random bits as hex
 */
export function keyOf(timeMs: number, random: string): TableKey {
  const shard = Number.parseInt(random.slice(RANDOM_DIGITS, RANDOM_DIGITS + 2), 16) % SHARDS
  const sk = `${new Date(timeMs).toISOString()}.${random.slice(0, RANDOM_DIGITS)}`
  return { pk: `${dayOf(timeMs)}.${shard}`, sk }
}

/** The item as DynamoDB takes it. Names count to its size, so they are short. */
export function toAttributes({ pk, sk, hit, ttl }: TableItem) {
  return { pk: { S: pk }, sk: { S: sk }, h: { S: hit }, ttl: { N: String(ttl) } }
}
