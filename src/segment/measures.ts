import type { Table, Value } from './table.ts'

/** The sums of a roll-up, in file order. Each adds up `count` over the hits that have its mark. */
export const MEASURES = [
  'page_views',
  'visitors',
  'second_views',
  'numbered_views',
  'entries',
  'events',
  'hits',
] as const

export type Measure = (typeof MEASURES)[number]

/** Bits beside those of the measures (bit n: the n-th of `MEASURES`). */
export const MARKS = { any: 0, counted: 1 << MEASURES.length } as const
export type Mark = number

/** What each row counts as: bits of `MEASURES`, and whether it is counted at all. */
export function markRows(table: Table): Uint8Array {
  const kinds = table.column('kind')
  const verdicts = table.column('verdict')
  const numbers = table.column('view_number')
  const markOf = kinds.values.map((kind) =>
    verdicts.values.map((verdict) =>
      numbers.values.map((number) => markHit(kind, verdict === 'counted', number)),
    ),
  )
  return Uint8Array.from(
    kinds.codes,
    (kind, row) => markOf[kind]?.[verdicts.codes[row] ?? 0]?.[numbers.codes[row] ?? 0] ?? MARKS.any,
  )
}

function markHit(kind: Value, counted: boolean, number: Value): Mark {
  const view = counted && kind === 'view'
  const numbering = view || (counted && kind === 'number')
  const measured: Readonly<Record<Measure, boolean>> = {
    page_views: view,
    visitors: numbering && number === 1,
    second_views: numbering && number === 2,
    numbered_views: view && number !== null,
    entries: view && number === 1,
    events: counted && kind === 'event',
    hits: true,
  }
  const bits = MEASURES.map((measure, bit) => (measured[measure] ? 1 << bit : 0))
  return bits.reduce((sum, bit) => sum | bit, counted ? MARKS.counted : MARKS.any)
}
