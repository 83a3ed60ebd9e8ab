import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addHashes, hashRows, subtractHash } from '../../src/segment/row-hash.ts'
import { tableRows } from '../../src/segment/table.ts'
import { aRow, someRow, tableOf } from './rows.ts'

test('rows come sorted by site and time, those without a site last, equal ones as they were added', () => {
  const rows = [
    aRow({ site: null, time: 1 }),
    aRow({ site: 'b.example', time: 2, path: '/first' }),
    aRow({ site: 'b.example', time: 2, path: '/second' }),
    aRow({ site: 'b.example', time: 1 }),
    aRow({ site: 'a.example', time: 3 }),
  ]
  assert.deepEqual(
    [...tableRows(tableOf(rows))].map(({ site, time, path }) => `${site} ${time} ${path}`),
    ['a.example 3 /', 'b.example 1 /', 'b.example 2 /first', 'b.example 2 /second', 'null 1 /'],
  )
})

for (const distinct of [255, 256, 65_536]) {
  test(`a column of ${distinct} values is kept whole`, () => {
    const paths = Array.from({ length: distinct }, (_, index) => `/${index}`)
    const table = tableOf(paths.map((path, time) => aRow({ path, time })))
    assert.deepEqual(
      Array.from(tableRows(table), ({ path }) => path),
      paths,
    )
  })
}

test('a table holds the rows that were added, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(someRow), (rows) => {
      const sorted = rows.toSorted((a, b) => compare(a.site, b.site) || a.time - b.time)
      assert.deepEqual([...tableRows(tableOf(rows))], sorted)
    }),
  )
})

test('the hash does not depend on the order of rows, and those of parts add up', () => {
  fc.assert(
    fc.property(fc.array(someRow), fc.array(someRow), (some, others) => {
      const [part, rest] = [hashRows(tableOf(some)), hashRows(tableOf(others))]
      const whole = hashRows(tableOf([...some, ...others].reverse()))
      assert.equal(addHashes([rest, part]), whole)
      assert.equal(subtractHash(whole, part), rest)
    }),
  )
})

test('the hash notices a row that is missing, doubled or changed, and two values that were exchanged', () => {
  const rows = [aRow({ path: '/a', country: 'PL' }), aRow({ path: '/b', country: 'DE' })]
  const [first, second] = rows
  assert.ok(first !== undefined && second !== undefined)
  const others = [
    [first],
    [...rows, first],
    [first, { ...second, time: second.time + 1 }],
    [first, { ...second, path: null }],
    [
      { ...first, country: 'DE' },
      { ...second, country: 'PL' },
    ],
    [{ ...first, country: '/a', path: 'PL' }, second],
  ]
  const hashes = [rows, ...others].map((some) => hashRows(tableOf(some)))
  assert.equal(new Set(hashes).size, hashes.length)
})

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}
