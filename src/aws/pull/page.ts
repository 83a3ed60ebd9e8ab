import { decodeRawHit, encodeRawHit } from '../../hit.ts'

/** An item of the table of hits. */
export interface Item {
  /** Partition: UTC day and shard. */
  readonly pk: string
  /** Time and randomness: `2026-11-23T06:00:00.000Z.` and 20 hex digits. */
  readonly sk: string
  /** The hit as it is stored, encoded anew; null where the item holds none that this program can read. */
  readonly line: string | null
}

/** What one read of a partition gave. */
export interface Page {
  /** In the order of `sk`. */
  readonly items: readonly Item[]
  /** `sk` to read on from; null at the end of the range. */
  readonly next: string | null
  /** Read units consumed. */
  readonly units: number
}

type Fields = Readonly<Record<string, unknown>>

/** Reads the answer to a Query. */
export function parsePage(output: unknown): Page {
  const answer = fieldsOf(output)
  const list = answer['Items']
  const items = Array.isArray(list) ? list.map(parseItem) : []
  const next = answer['LastEvaluatedKey']
  const units = fieldsOf(answer['ConsumedCapacity'])['CapacityUnits']
  return {
    items,
    next: next === undefined ? null : textOf(fieldsOf(next), 'sk'),
    units: typeof units === 'number' ? units : 0,
  }
}

function parseItem(item: unknown): Item {
  const fields = fieldsOf(item)
  const hit = decodeRawHit(textOf(fields, 'h'))
  return {
    pk: textOf(fields, 'pk'),
    sk: textOf(fields, 'sk'),
    line: hit === null ? null : encodeRawHit(hit),
  }
}

/** A text attribute; "" where there is none. */
function textOf(fields: Fields, name: string): string {
  const text = fieldsOf(fields[name])['S']
  return typeof text === 'string' ? text : ''
}

/** The members of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
