import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { compact } from '../../src/segment/compaction.ts'
import { rederive } from '../../src/segment/rederive.ts'
import { retain } from '../../src/segment/retention.ts'
import { encodeRollup } from '../../src/segment/rollup-file.ts'
import { tableRows } from '../../src/segment/table.ts'
import { verify } from '../../src/segment/verify.ts'
import { aHit } from '../a-hit.ts'
import { DAY_MS, HOUR_MS, namedHits, NOON, openLibrary, quickFiles, writeChunk } from './library.ts'
import type { TestLibrary } from './library.ts'
import { readPaths } from './reader.ts'

const FIRST = '2026-11-23T01.w01.00001'
const SECOND = '2026-11-23T02.w01.00002'
const PRERENDERED = {
  'sec-purpose': 'prefetch;prerender',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
}

/** Two chunks, a segment each. */
async function twoChunks(library: TestLibrary): Promise<void> {
  writeChunk(library, FIRST, namedHits('first', 2))
  writeChunk(library, SECOND, namedHits('second', 1, NOON + HOUR_MS))
  await compact(library)
}

const inLog = ({ dir }: TestLibrary): readonly string[] => readdirSync(join(dir, 'log')).sort()

test('raw hits go when their segment is old enough, but for the newest chunk of their writer', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  library.clockMs = NOON + 30 * DAY_MS - 1
  const deps = { ...library, rawDays: 30, segmentDays: 0 }
  assert.deepEqual(await retain(deps), { chunks: [], segments: [] })
  library.clockMs += 1
  assert.deepEqual(await retain({ ...deps, dryRun: true }), { chunks: [FIRST], segments: [] })
  assert.equal(inLog(library).length, 2)
  assert.deepEqual(await retain(deps), { chunks: [FIRST], segments: [] })
  assert.deepEqual(inLog(library), [`${SECOND}.ndjson`])
  assert.equal((await readPaths(library)).length, 3)
})

test('a chunk that no segment lists stays, however old', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  writeChunk(library, '2020-01-01T00.w02.00001', namedHits('late', 1))
  writeChunk(library, '2020-01-01T00.w02.00002', namedHits('later', 1))
  library.clockMs = NOON + 300 * DAY_MS
  await retain({ ...library, rawDays: 0, segmentDays: 1 })
  assert.deepEqual(await readPaths(library), ['/late/0', '/later/0'])
})

test('raw hits stay while the rows of their segment are not as its footer says', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  const { store } = library
  const [first] = await store.list()
  assert.ok(first !== undefined)
  const [right] = first.chunks
  assert.ok(right !== undefined)
  const chunks = [{ ...right, hash: '0'.repeat(16) }]
  await store.write({ name: '2026-11-23.g01', table: await store.readTable(FIRST), chunks, writtenMs: NOON })
  library.clockMs = NOON + 300 * DAY_MS
  await assert.rejects(retain({ ...library, rawDays: 1, segmentDays: 0 }), { code: 'SEGMENT_DAMAGED' })
  assert.equal(inLog(library).length, 2)
})

test('segments go when their last hit is old enough, with their raw hits and all that they superseded', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  library.clockMs = NOON + DAY_MS
  await compact(library)
  library.clockMs = NOON + HOUR_MS + 100 * DAY_MS
  const deps = { ...library, rawDays: 3650, segmentDays: 100 }
  assert.deepEqual(await retain(deps), { chunks: [], segments: [] })
  library.clockMs += 1
  assert.deepEqual(await retain(deps), {
    chunks: [FIRST, SECOND],
    segments: [FIRST, SECOND, '2026-11-23.g01'],
  })
  assert.deepEqual([inLog(library), readdirSync(library.segments)], [[], []])
})

test('verify finds nothing where nothing is wrong', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  assert.deepEqual(await verify(library), { segments: 2, rows: 3, chunks: 2, differences: [], remarks: [] })
})

test('verify names the chunk whose raw hits are no longer those that were derived', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  const path = join(library.dir, 'log', `${FIRST}.ndjson`)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('/first/0', '/first/9'))
  const changed = await verify(library)
  assert.deepEqual(
    changed.differences.map(({ chunk, segment }) => [chunk, segment]),
    [[FIRST, FIRST]],
  )
  writeFileSync(path, text.split('\n').toSpliced(1, 1).join('\n'))
  const [missing] = (await verify(library)).differences
  assert.match(missing?.problem ?? '', /1 hits where the footer lists 2/)
})

test('verify remarks on interrupted writes', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  appendFileSync(join(library.dir, 'log', `${FIRST}.ndjson`), '{"t":17\n')
  const { differences, remarks } = await verify(library)
  assert.deepEqual(differences, [])
  assert.match(remarks.join(), new RegExp(`"${FIRST}" has 1 lines`))
})

test('verify names segments that are damaged, that cross, and whose rows or roll-ups are others', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  const { store } = library
  const [first] = await store.list()
  assert.ok(first !== undefined)
  writeFileSync(store.pathOf('broken'), 'PAR1')
  const table = await store.readTable(FIRST)
  const extra = { name: 'x', rows: 0, hash: '0'.repeat(16), firstMs: null, lastMs: null, derive: '1' }
  const lie = { ...extra, name: SECOND, rows: 2 }
  await store.write({
    name: '2026-11-23.g01',
    table,
    chunks: [lie, extra, { ...extra, name: 'y' }],
    writtenMs: NOON,
  })
  await store.write({
    name: '2026-11-23.g02',
    table,
    chunks: [...first.chunks, { ...extra, name: 'y' }],
    writtenMs: NOON,
  })
  await store.writeRollup(FIRST, await encodeRollup(first, await store.readTable(SECOND), library.zoneOf))
  const { differences } = await verify(library)
  assert.deepEqual(
    differences.map(({ chunk, segment }) => [chunk, segment]),
    [
      [null, 'broken'],
      [`${FIRST}..y`, '2026-11-23.g02'],
      [`${SECOND}..y`, '2026-11-23.g01'],
      [FIRST, FIRST],
      [SECOND, '2026-11-23.g01'],
    ],
  )
})

test('rederive judges anew what another policy judged, and only that', async (t) => {
  const library = openLibrary(t)
  writeChunk(library, FIRST, [aHit({ headers: PRERENDERED })])
  writeChunk(library, SECOND, [aHit({ headers: PRERENDERED })])
  await compact(library)
  library.policy = { prerender: 'count' }
  assert.deepEqual(await rederive(library), { rederived: ['2026-11-23.g01', '2026-11-23.g02'], kept: [] })
  assert.deepEqual(await rederive(library), { rederived: [], kept: [] })
  const [row] = tableRows(await library.store.readTable('2026-11-23.g01'))
  assert.equal(row?.verdict, 'counted')
  assert.deepEqual(await readPaths(library), ['/', '/'])
  assert.deepEqual((await verify(library)).differences, [])
})

test('rederive keeps what it has no raw hits for', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  library.clockMs = NOON + DAY_MS
  await retain({ ...library, rawDays: 0, segmentDays: 0 })
  const counting = { ...library, policy: { prerender: 'count' } as const }
  assert.deepEqual(await rederive(counting), { rederived: ['2026-11-23.g01'], kept: [FIRST] })
  assert.ok(existsSync(library.store.pathOf(FIRST)))
})

test('a merge that slept while its inputs were derived again is not written', async (t) => {
  const library = openLibrary(t)
  await twoChunks(library)
  library.clockMs = NOON + DAY_MS
  const [asleep, awake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const read = async (path: string) => {
    asleep.resolve()
    await awake.promise
    return quickFiles.read(path)
  }
  const merge = compact(library.over({ ...quickFiles, read }))
  await asleep.promise
  const counting = { ...library, policy: { prerender: 'count' } as const }
  assert.equal((await rederive(counting)).rederived.length, 2)
  awake.resolve()
  await merge
  assert.deepEqual((await rederive(counting)).rederived, [])
  assert.equal((await readPaths(library)).length, 3)
})
