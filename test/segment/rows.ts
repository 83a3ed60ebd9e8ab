import * as fc from 'fast-check'
import { KINDS } from '../../src/hit.ts'
import type { Row } from '../../src/row.ts'
import type { Table } from '../../src/segment/table.ts'
import { TableBuilder } from '../../src/segment/table-builder.ts'
import { VERDICTS } from '../../src/verdict.ts'
import { NOON } from './library.ts'

/** A counted view with nothing but a time, a site and a path, and what the test wants otherwise. */
export function aRow(over: Partial<Row> = {}): Row {
  return {
    time: NOON,
    site: 'blog.example.org',
    kind: 'view',
    count: 1,
    path: '/',
    referrer: null,
    channel: null,
    source: null,
    medium: null,
    campaign: null,
    country: null,
    language: null,
    browser: null,
    browser_version: null,
    system: null,
    system_version: null,
    device: null,
    window: null,
    event: null,
    target: null,
    view_number: null,
    verdict: 'counted',
    bot: null,
    scripts: null,
    ...over,
  }
}

/** The rows as a table, sorted. */
export function tableOf(rows: readonly Row[]): Table {
  const builder = new TableBuilder()
  for (const row of rows) builder.add(row)
  return builder.sorted()
}

const orNull = <T>(...values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(...values, null)

/** Rows of few values, so that they meet, around the days on which Warsaw's clocks change. */
export const someRow: fc.Arbitrary<Row> = fc
  .record({
    time: fc.oneof(
      fc.integer({ min: Date.UTC(2026, 9, 24, 20), max: Date.UTC(2026, 9, 25, 4) }),
      fc.integer({ min: Date.UTC(2026, 2, 28, 20), max: Date.UTC(2026, 2, 29, 4) }),
      fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) }),
    ),
    site: orNull('blog.example.org', 'example.org', 'łódź.example'),
    kind: fc.constantFrom(...KINDS),
    count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100_000 })),
    path: orNull('/', '/a', '/ü', '/a/"quoted"'),
    referrer: orNull('Google', 'example.net'),
    channel: orNull('search', 'site'),
    country: orNull('PL', 'DE'),
    browser: orNull('Firefox', 'Safari'),
    event: orNull('end', 'outbound'),
    view_number: orNull(1, 2, 3),
    verdict: fc.constantFrom(...VERDICTS, 'counted' as const, 'counted' as const),
    bot: orNull('GPTBot'),
    scripts: orNull('on' as const, 'off' as const),
  })
  .map(aRow)
