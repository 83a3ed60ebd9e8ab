import assert from 'node:assert/strict'
import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import * as fc from 'fast-check'
import { COLUMNS } from '../../src/row.ts'
import { SegmentGone } from '../../src/segment/catalog.ts'
import { lineageOf } from '../../src/segment/derived-chunk.ts'
import { encodeParquet } from '../../src/segment/parquet.ts'
import { encodeRollup, zonesHold } from '../../src/segment/rollup-file.ts'
import { decodeSegment } from '../../src/segment/segment-file.ts'
import type { SegmentDraft } from '../../src/segment/segment-file.ts'
import { openSegmentStore } from '../../src/segment/store.ts'
import { tableRows } from '../../src/segment/table.ts'
import { DAY_MS, NOON, openLibrary, quickFiles } from './library.ts'
import { aRow, someRow, tableOf } from './rows.ts'

const CHUNK = '2026-11-23T12.w01.00001'

function draft(rows = [aRow()], name = CHUNK): SegmentDraft {
  const table = tableOf(rows)
  return { name, table, chunks: [lineageOf(name, table, '1')], writtenMs: NOON }
}

test('a segment reads back as it was written, whatever its rows', async (t) => {
  const { store } = openLibrary(t)
  let written = 0
  await fc.assert(
    fc.asyncProperty(fc.array(someRow, { maxLength: 30 }), async (rows) => {
      const one = draft(rows, `2026-11-23T12.w01.${String(++written).padStart(5, '0')}`)
      const segment = await store.write(one)
      assert.deepEqual(segment?.chunks, one.chunks)
      assert.deepEqual([...tableRows(await store.readTable(one.name))], [...tableRows(one.table)])
    }),
    { numRuns: 20 },
  )
  assert.deepEqual(
    (await store.list()).map(({ writtenMs }) => writtenMs),
    Array.from({ length: written }, () => NOON),
  )
})

test('a segment of several row groups reads back in order', async (t) => {
  const { store } = openLibrary(t)
  const rows = 262_145
  await store.write(
    draft(Array.from({ length: rows }, (_, index) => aRow({ time: NOON + index, path: `/${index % 500}` }))),
  )
  const { times, ...table } = await store.readTable(CHUNK)
  const { values, codes } = table.column('path')
  assert.ok(times.every((time, row) => time === NOON + row))
  assert.ok(codes.every((code, row) => values[code] === `/${row % 500}`))
  assert.equal(table.rows, rows)
})

test('DuckDB reads the columns by name and type, and the time as UTC', async (t) => {
  const { store } = openLibrary(t)
  await store.write(draft([aRow({ path: null, country: 'PL', view_number: 2 })]))
  const duck = await (await DuckDBInstance.create()).connect()
  const file = `'${store.pathOf(CHUNK)}'`
  const types = await duck.runAndReadAll(`SELECT column_name, column_type FROM (DESCRIBE FROM ${file})`)
  const named = { timestamp: 'TIMESTAMP', string: 'VARCHAR', integer: 'INTEGER' }
  assert.deepEqual(
    types.getRows(),
    COLUMNS.map(({ name, type }) => [name, named[type]]),
  )
  const row = await duck.runAndReadAll(
    `SELECT epoch_ms(time)::DOUBLE, site, path, country, view_number FROM ${file}`,
  )
  assert.deepEqual(row.getRows(), [[NOON, 'blog.example.org', null, 'PL', 2]])
  const key = await duck.runAndReadAll(
    `SELECT decode(value) FROM parquet_kv_metadata(${file}) WHERE decode(key) = 'headcount.lineage'`,
  )
  assert.equal(JSON.parse(String(key.getRows()[0]?.[0]))[0].name, CHUNK)
})

test('a column that a file does not have is null', async () => {
  const cells = { nullable: false, statistics: false }
  const bytes = await encodeParquet(
    1,
    [
      { name: 'time', type: 'TIMESTAMP', ...cells, cells: () => [NOON] },
      { name: 'path', type: 'STRING', ...cells, cells: () => ['/'] },
    ],
    {},
  )
  const [row] = tableRows((await decodeSegment(bytes)).sorted())
  assert.deepEqual([row?.time, row?.path, row?.browser], [NOON, '/', null])
})

test('who writes a name second is told so, and the first stays', async (t) => {
  const { store } = openLibrary(t)
  assert.notEqual(await store.write(draft([aRow({ path: '/first' })])), null)
  assert.equal(await store.write(draft([aRow({ path: '/second' })])), null)
  assert.deepEqual(
    Array.from(tableRows(await store.readTable(CHUNK)), ({ path }) => path),
    ['/first'],
  )
})

test('a damaged segment is named, not skipped', async (t) => {
  const library = openLibrary(t)
  const { store, segments } = library
  await store.write(draft())
  truncateSync(store.pathOf(CHUNK), 100)
  const fresh = library.over(quickFiles).store
  await assert.rejects(fresh.list(), { code: 'SEGMENT_DAMAGED', message: new RegExp(`"${CHUNK}"`) })
  writeFileSync(join(segments, 'empty.parquet'), '')
  assert.deepEqual(
    (await fresh.scan()).damaged.map(({ segment }) => segment),
    [CHUNK, 'empty'],
  )
})

test('a damaged page is named by whoever reads the rows', async (t) => {
  const { store } = openLibrary(t)
  await store.write(draft())
  const bytes = readFileSync(store.pathOf(CHUNK))
  writeFileSync(store.pathOf(CHUNK), bytes.fill(0xff, 4, 200))
  await assert.rejects(store.readTable(CHUNK), { code: 'SEGMENT_DAMAGED' })
})

test('a segment that is gone says so', async (t) => {
  const { store } = openLibrary(t)
  await store.write(draft())
  await store.remove(CHUNK)
  await assert.rejects(store.readTable(CHUNK), SegmentGone)
  assert.deepEqual(await store.list(), [])
})

test('what an interrupted write left goes after a day, and so does a roll-up without its segment', async (t) => {
  const { store, segments } = openLibrary(t)
  const files = ['a.parquet', 'a.rollup.parquet', 'a.parquet.1.tmp', 'b.rollup.parquet']
  for (const [prefix, ageMs] of [
    ['old', 2 * DAY_MS],
    ['new', DAY_MS / 2],
  ] as const) {
    for (const file of files) {
      const path = join(segments, prefix + file)
      writeFileSync(path, 'half')
      utimesSync(path, (NOON - ageMs) / 1000, (NOON - ageMs) / 1000)
    }
  }
  await store.sweep(NOON)
  const kept = [
    'newa.parquet',
    'newa.parquet.1.tmp',
    'newa.rollup.parquet',
    'newb.rollup.parquet',
    'olda.parquet',
    'olda.rollup.parquet',
  ]
  assert.deepEqual(readdirSync(segments).sort(), kept)
})

test('a roll-up counts while its lineage is that of the segment, and tells its zones', async (t) => {
  const { store } = openLibrary(t)
  const { table, ...rest } = draft()
  const segment = await store.write({ table, ...rest })
  assert.ok(segment !== null)
  assert.equal(await store.rollup(segment), null)
  await store.writeRollup(CHUNK, await encodeRollup(segment, table, () => 'Europe/Warsaw'))
  const rollup = await store.rollup(segment)
  assert.deepEqual(rollup?.zones, { 'blog.example.org': 'Europe/Warsaw' })
  assert.deepEqual([zonesHold(rollup, () => 'Europe/Warsaw'), zonesHold(rollup, () => 'UTC')], [true, false])
  const other = { ...segment, chunks: segment.chunks.map((chunk) => ({ ...chunk, derive: '0' })) }
  await store.writeRollup(CHUNK, await encodeRollup(other, table, () => 'UTC'))
  assert.equal(await store.rollup(segment), null)
  truncateSync(store.rollupPathOf(CHUNK), 20)
  assert.equal(await store.rollup(segment), null)
})

test('the real files keep the promises of the store', async (t) => {
  const { dir } = openLibrary(t)
  const store = openSegmentStore(join(dir, 'segments'))
  assert.notEqual(await store.write(draft()), null)
  assert.equal(await store.write(draft()), null)
  assert.deepEqual(readdirSync(join(dir, 'segments')), [`${CHUNK}.parquet`])
  assert.deepEqual(await openSegmentStore(join(dir, 'nowhere')).list(), [])
})
