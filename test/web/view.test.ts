import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { REPORT_COLUMNS } from '../../src/row.ts'
import type { View } from '../../src/web/view.ts'
import { FIRST_VIEW, parseView, viewQuery, withFilter, withoutFilter } from '../../src/web/view.ts'

const value = fc.oneof(fc.constant(null), fc.string({ minLength: 1, unit: 'grapheme' }))

const filters = fc.uniqueArray(
  fc.record(
    {
      column: fc.constantFrom(...REPORT_COLUMNS),
      values: fc.uniqueArray(value, { minLength: 1, maxLength: 4 }),
      exclude: fc.boolean(),
    },
    { noNullPrototype: true },
  ),
  { selector: ({ column }) => column, maxLength: 4 },
)

const view: fc.Arbitrary<View> = fc.record(
  {
    period: fc.constantFrom('28d', '7d', '2026-11-01..2026-11-15', 'all'),
    compare: fc.constantFrom('previous', 'year', 'none'),
    granularity: fc.constantFrom('auto', 'hour', 'week'),
    chart: fc.constantFrom('views', 'visitors', 'events'),
    view: fc.constantFrom('pictures', 'table'),
    filters,
    tabs: fc.constantFrom<View['tabs']>(
      {},
      { countries: 'language' },
      { campaigns: 'medium', machines: 'crawler', pages: 'landing' },
    ),
    show: fc.constantFrom(null, 'path', 'landing', 'browser_version'),
    search: fc.constantFrom('', 'a b', '*'),
    offset: fc.constantFrom(0, 100, 10_000_000),
  },
  { noNullPrototype: true },
)

function parsed(query: string): View {
  return parseView(new URLSearchParams(query))
}

test('the address of a view is read as that view', () => {
  fc.assert(
    fc.property(view, (view) => {
      assert.deepEqual(parsed(viewQuery(view)), view)
    }),
  )
})

test('the shortest address is the first view', () => {
  assert.equal(viewQuery(FIRST_VIEW), '?')
  assert.deepEqual(parsed('?'), FIRST_VIEW)
})

test('an address leaves what a query may hold readable', () => {
  const filtered = withFilter(FIRST_VIEW, { column: 'path', values: ['/a b/ü&=#'], exclude: false })
  assert.equal(viewQuery(filtered), '?path=/a%20b/%C3%BC%26%3D%23')
})

test('a column has one filter; a new one takes the place of the old', () => {
  const first = withFilter(FIRST_VIEW, { column: 'country', values: ['DE'], exclude: false })
  const second = withFilter(first, { column: 'country', values: ['AT'], exclude: true })
  assert.deepEqual(second.filters, [{ column: 'country', values: ['AT'], exclude: true }])
  assert.deepEqual(withoutFilter(second, 'country').filters, [])
})
