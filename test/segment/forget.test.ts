import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { RawHit } from '../../src/hit.ts'
import { compact } from '../../src/segment/compaction.ts'
import { forget } from '../../src/segment/forget.ts'
import { retain } from '../../src/segment/retention.ts'
import { tableRows } from '../../src/segment/table.ts'
import { verify } from '../../src/segment/verify.ts'
import { aHit } from '../a-hit.ts'
import { FATELESS, startProcess, untilCrash } from './crash.ts'
import { DAY_MS, HOUR_MS, NOON, openLibrary, writeChunk, writeOpenChunk } from './library.ts'
import type { TestLibrary } from './library.ts'
import { readPaths } from './reader.ts'

const SITE = 'secret.example'
const ALL = { site: SITE, path: null }

/** A hit of the site that is to be forgotten, and one of another. */
function pair(name: string): readonly RawHit[] {
  return [aHit({ site: SITE, path: `/${name}/gone` }), aHit({ path: `/${name}/kept` })]
}

/** Two chunks that became one segment of their day, and one of a later hour. */
async function threeChunks(library: TestLibrary): Promise<void> {
  writeChunk(library, '2026-11-22T01.w01.00001', pair('a'))
  writeChunk(library, '2026-11-22T02.w01.00002', [aHit({ path: '/b/kept' })])
  writeChunk(library, '2026-11-23T03.w01.00003', pair('c'))
  await compact(library)
}

const KEPT = ['/a/kept', '/b/kept', '/c/kept']

/** Every byte of the folder as text, Parquet decoded. */
async function allThatIsKept({ dir, store }: TestLibrary): Promise<string> {
  const raw = readdirSync(join(dir, 'log')).map((name) => readFileSync(join(dir, 'log', name), 'latin1'))
  const rows = []
  for (const { name } of await store.list()) rows.push(...tableRows(await store.readTable(name)))
  return raw.join('\n') + JSON.stringify(rows)
}

test('a site is forgotten in segments and raw hits, and nothing else is', async (t) => {
  const library = openLibrary(t)
  await threeChunks(library)
  writeChunk(library, '2026-11-23T04.w02.00001', [aHit({ site: SITE })])
  assert.deepEqual(await forget(library, ALL), { hits: 3, segments: 3, chunks: 3 })
  assert.deepEqual(await readPaths(library), KEPT)
  assert.doesNotMatch(await allThatIsKept(library), /secret/)
  assert.deepEqual((await verify(library)).differences, [])
  assert.deepEqual(readdirSync(join(library.dir, 'log')).sort(), [
    '2026-11-22T01.w01.00004.ndjson',
    '2026-11-22T02.w01.00002.ndjson',
    '2026-11-23T03.w01.00005.ndjson',
    '2026-11-23T04.w02.00002.ndjson',
  ])
  assert.deepEqual(await forget(library, ALL), { hits: 0, segments: 0, chunks: 0 })
})

test('one page of a site is forgotten', async (t) => {
  const library = openLibrary(t)
  await threeChunks(library)
  assert.deepEqual(await forget(library, { site: SITE, path: '/a/gone' }), {
    hits: 1,
    segments: 1,
    chunks: 1,
  })
  assert.deepEqual(await readPaths(library), [...KEPT, '/c/gone'].sort())
})

test('a site is forgotten where its raw hits are past their days, all or some', async (t) => {
  const library = openLibrary(t)
  await threeChunks(library)
  await retain({ ...library, rawDays: 0, segmentDays: 0 })
  await forget(library, ALL)
  assert.deepEqual(await readPaths(library), KEPT)
  assert.deepEqual((await verify(library)).differences, [])
  library.clockMs = NOON + DAY_MS
  await compact(library)
  assert.deepEqual(await readPaths(library), KEPT)
  assert.deepEqual((await verify(library)).differences, [])
})

test('nothing is forgotten while a chunk is open', async (t) => {
  const library = openLibrary(t)
  await threeChunks(library)
  writeOpenChunk(library, '2026-11-23T12.w01.00009', pair('d'))
  await assert.rejects(forget(library, ALL), {
    code: 'FOLDER_LOCKED',
    message: /"2026-11-23T12\.w01\.00009" is open/,
  })
})

test('whatever step it is cut off at, every other hit is there once, and the next call ends it', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(90), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (crashes, merged) => {
        const library = openLibrary(t)
        await threeChunks(library)
        if (merged) library.clockMs = NOON + 13 * HOUR_MS
        for (const dies of crashes) {
          await untilCrash(forget(library.over(startProcess({ ...FATELESS, dies }).files), ALL))
          const kept = (await readPaths(library)).filter((path) => !path.endsWith('gone'))
          assert.deepEqual(kept, KEPT)
        }
        await forget(library, ALL)
        assert.deepEqual(await readPaths(library), KEPT)
        assert.doesNotMatch(await allThatIsKept(library), /secret/)
        assert.deepEqual((await verify(library)).differences, [])
      },
    ),
    { numRuns: 12, endOnFailure: true },
  )
})
