import assert from 'node:assert/strict'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { compact } from '../../src/segment/compaction.ts'
import { zonesHold } from '../../src/segment/rollup-file.ts'
import { aHit } from '../a-hit.ts'
import { DAY_MS, HOUR_MS, namedHits, NOON, openLibrary, writeChunk, writeOpenChunk } from './library.ts'
import { readPaths } from './reader.ts'

const NOTHING = { chunks: 0, hits: 0, merges: 0, rollups: 0, removed: 0 }

test('closed chunks become segments, the open one stays tail', async (t) => {
  const library = openLibrary(t)
  writeChunk(library, '2026-11-23T11.w01.00001', namedHits('a', 2))
  writeOpenChunk(library, '2026-11-23T12.w01.00002', namedHits('b', 1))
  assert.deepEqual(await compact(library), { ...NOTHING, chunks: 1, hits: 2 })
  assert.deepEqual(readdirSync(library.segments), [
    '2026-11-23T11.w01.00001.parquet',
    '2026-11-23T11.w01.00001.rollup.parquet',
  ])
  assert.deepEqual(await readPaths(library), ['/a/0', '/a/1', '/b/0'])
  assert.deepEqual(await compact(library), NOTHING)
})

test('a footer says of each chunk its rows, its times and who derived it', async (t) => {
  const library = openLibrary(t)
  writeChunk(library, '2026-11-23T11.w01.00001', [
    aHit({ timeMs: 7 }),
    aHit({ timeMs: 5 }),
    aHit({ timeMs: 6 }),
  ])
  writeChunk(library, '2026-11-23T11.w01.00002', [])
  await compact(library)
  const [some, none] = (await library.store.list()).map(({ chunks }) => chunks[0])
  assert.deepEqual([some?.rows, some?.firstMs, some?.lastMs, some?.derive], [3, 5, 7, '2'])
  assert.deepEqual([none?.rows, none?.firstMs, none?.lastMs, none?.hash], [0, null, null, '0'.repeat(16)])
})

test('a day is merged when it has ended, and what it supersedes goes a day after that', async (t) => {
  const library = openLibrary(t)
  for (const part of [1, 2, 3])
    writeChunk(library, `2026-11-23T0${part}.w01.0000${part}`, namedHits(`c${part}`, 2))
  await compact(library)
  library.clockMs = NOON + 12 * HOUR_MS
  assert.deepEqual(await compact(library), { ...NOTHING, merges: 1 })
  library.clockMs += DAY_MS - 1
  assert.deepEqual(await compact(library), NOTHING)
  library.clockMs += 1
  assert.deepEqual(await compact(library), { ...NOTHING, removed: 3 })
  assert.deepEqual(readdirSync(library.segments), ['2026-11-23.g01.parquet', '2026-11-23.g01.rollup.parquet'])
  assert.equal((await readPaths(library)).length, 6)
})

test('a late chunk is read until it is merged, and then once', async (t) => {
  const library = openLibrary(t)
  library.clockMs = NOON + DAY_MS
  writeChunk(library, '2026-11-23T01.w01.00001', namedHits('a', 1))
  writeChunk(library, '2026-11-23T02.w01.00002', namedHits('b', 1))
  await compact(library)
  writeChunk(library, '2026-11-23T01.w02.00001', namedHits('late', 1))
  assert.deepEqual(await readPaths(library), ['/a/0', '/b/0', '/late/0'])
  assert.deepEqual(await compact(library), { ...NOTHING, chunks: 1, hits: 1, merges: 1 })
  assert.deepEqual(await readPaths(library), ['/a/0', '/b/0', '/late/0'])
})

test('roll-ups that are missing, damaged or of another zone are made again', async (t) => {
  const library = openLibrary(t)
  for (const part of [1, 2]) writeChunk(library, `2026-11-23T0${part}.w01.0000${part}`, namedHits('a', 1))
  await compact(library)
  rmSync(library.store.rollupPathOf('2026-11-23T01.w01.00001'))
  writeFileSync(library.store.rollupPathOf('2026-11-23T02.w01.00002'), 'no Parquet')
  assert.deepEqual(await compact(library), { ...NOTHING, rollups: 2 })
  const moved = { ...library, zoneOf: () => 'Asia/Tokyo' }
  assert.deepEqual(await compact(moved), { ...NOTHING, rollups: 2 })
  for (const segment of await library.store.list()) {
    const rollup = await library.store.rollup(segment)
    assert.ok(rollup !== null && zonesHold(rollup, moved.zoneOf))
  }
})

test('a segment whose rows are not those of its footer is never merged into another', async (t) => {
  const library = openLibrary(t)
  library.clockMs = NOON + DAY_MS
  const { store } = library
  writeChunk(library, '2026-11-23T01.w01.00001', namedHits('a', 1))
  const derived = { ...library, now: () => NOON }
  await compact(derived)
  const [chunk] = (await store.list())[0]?.chunks ?? []
  assert.ok(chunk !== undefined)
  const table = await store.readTable('2026-11-23T01.w01.00001')
  const chunks = [{ ...chunk, name: '2026-11-23T02.w01.00002', hash: '0'.repeat(16) }]
  await store.write({ name: '2026-11-23T02.w01.00002', table, chunks, writtenMs: NOON })
  await assert.rejects(compact(library), { code: 'SEGMENT_DAMAGED', message: /2026-11-23T02\.w01\.00002/ })
})
