import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RawHit } from '../../src/hit.ts'
import { LIMITS } from '../../src/limits.ts'
import { ChunkGone } from '../../src/log/hot-log.ts'
import type { HotLog, Position } from '../../src/log/hot-log.ts'
import { aHit } from '../a-hit.ts'
import { pathsIn } from './paths.ts'

/** A place that outlives the log in it. */
export interface LogHome {
  /** Opens the log; what an earlier one left behind is still there, whether that one was closed or not. */
  open(): Promise<HotLog>
}

/** A place of which only the collector's half is asked. */
export interface AppendHome {
  /** As in `LogHome`. */
  open(): Promise<Pick<HotLog, 'append'>>
  /** All hits that are there, in any order. */
  kept(): Promise<readonly RawHit[]>
}

/** What every log promises that hits are appended to. Call it once per implementation. */
export function testAppend(name: string, newHome: () => Promise<AppendHome>): void {
  describe(`${name} keeps what is appended`, () => {
    test('every field of a hit', async () => {
      const home = await newHome()
      const hit = aHit({
        path: '/żółw',
        referrer: 'https://else.example/',
        headers: { 'user-agent': 'é\n"\ud800', dnt: '1' },
        country: 'PL',
        count: 7,
      })
      await (await home.open()).append(hit)
      assert.deepEqual(await home.kept(), [hit])
    })

    test('each of many hits once, at once and one after the other, equal ones too', async () => {
      const home = await newHome()
      const log = await home.open()
      const paths = Array.from({ length: 50 }, (_, at) => `/${at % 25}`)
      await Promise.all(paths.map((path) => log.append(aHit({ path }))))
      for (const path of paths) await log.append(aHit({ path }))
      assert.deepEqual(sortedPaths(await home.kept()), [...paths, ...paths].sort())
    })

    test('of a hit that is too large what fits', async () => {
      const home = await newHome()
      await (
        await home.open()
      ).append(aHit({ path: `/${'x'.repeat(2_000)}`, headers: { via: 'y'.repeat(2_000) } }))
      const [hit] = await home.kept()
      assert.deepEqual(hit?.cut, ['headers', 'path'])
      assert.ok((hit?.path?.length ?? 0) > LIMITS.rawHitBytesMax / 2)
    })

    test('what it acknowledged before a crash, and what comes after it', async () => {
      const home = await newHome()
      const crashed = await home.open()
      await Promise.all(['/a', '/b'].map((path) => crashed.append(aHit({ path }))))
      const log = await home.open()
      await log.append(aHit({ path: '/c' }))
      assert.deepEqual(sortedPaths(await home.kept()), ['/a', '/b', '/c'])
    })
  })
}

function sortedPaths(hits: readonly RawHit[]): readonly string[] {
  return hits.map(({ path }) => path ?? '').sort()
}

/** What every HotLog promises. Call it once per implementation. */
export function testHotLog(name: string, newHome: () => Promise<LogHome>): void {
  testAppend(name, async () => {
    const home = await newHome()
    let log: HotLog | null = null
    return {
      open: async () => (log = await home.open()),
      kept: async () => (log === null ? [] : await hitsIn(log)),
    }
  })

  describe(`${name} is a HotLog`, () => {
    test('is empty at first', async () => {
      const log = await openNew(newHome)
      assert.deepEqual(await log.chunks(), [])
    })

    test('reads back what was appended, in order', async () => {
      const log = await openNew(newHome)
      await log.append(aHit({ path: '/a' }))
      await Promise.all([log.append(aHit({ path: '/b' })), log.append(aHit({ path: '/c' }))])
      assert.deepEqual(await pathsIn(log), ['/a', '/b', '/c'])
    })

    test('gives back every field of a hit', async () => {
      const log = await openNew(newHome)
      const hit = aHit({
        referrer: 'https://else.example/',
        headers: { 'user-agent': 'é\n"\ud800' },
        count: 7,
      })
      await log.append(hit)
      const [chunk] = await log.chunks()
      const batches = await Array.fromAsync(log.read(chunk?.name ?? ''))
      assert.deepEqual(
        batches.flatMap((batch) => batch.hits),
        [hit],
      )
      assert.deepEqual(
        batches.map((batch) => batch.damaged),
        [0],
      )
    })

    test('reads on from the position of a batch', async () => {
      const log = await openNew(newHome)
      await log.append(aHit({ path: '/a' }))
      const position = await lastPosition(log)
      assert.deepEqual(await pathsIn(log, position), [])
      await log.append(aHit({ path: '/b' }))
      assert.deepEqual(await pathsIn(log, position), ['/b'])
    })

    test('says of its chunk whether it may still grow, and how large it is', async () => {
      const log = await openNew(newHome)
      await log.append(aHit())
      const [open] = await log.chunks()
      assert.equal(open?.closed, false)
      assert.equal(open?.bytes, await lastPosition(log))
      await log.close()
      assert.deepEqual(await log.chunks(), [{ ...open, closed: true }])
    })

    test('keeps nothing once it is closed', async () => {
      const log = await openNew(newHome)
      const last = log.append(aHit({ path: '/last' }))
      await log.close()
      await last
      await assert.rejects(log.append(aHit({ path: '/late' })), { code: 'LOG_UNWRITABLE' })
      assert.deepEqual(await pathsIn(log), ['/last'])
    })

    test('reopened after a crash, it holds what it acknowledged and begins a new chunk', async () => {
      const home = await newHome()
      const crashed = await home.open()
      await Promise.all(['/a', '/b'].map((path) => crashed.append(aHit({ path }))))
      const log = await home.open()
      await log.append(aHit({ path: '/c' }))
      assert.deepEqual(await pathsIn(log), ['/a', '/b', '/c'])
      assert.deepEqual(
        (await log.chunks()).map((chunk) => chunk.closed),
        [true, false],
      )
    })

    test('reopened after it was closed, it holds the same chunks', async () => {
      const home = await newHome()
      const first = await home.open()
      await first.append(aHit({ path: '/a' }))
      await first.close()
      const log = await home.open()
      assert.deepEqual(await log.chunks(), await first.chunks())
      assert.deepEqual(await pathsIn(log), ['/a'])
    })

    test('a chunk that is not there is gone', async () => {
      const log = await openNew(newHome)
      await assert.rejects(Array.fromAsync(log.read('2026-11-23T06.w01.00099')), ChunkGone)
    })
  })
}

async function hitsIn(log: HotLog): Promise<readonly RawHit[]> {
  const hits: RawHit[] = []
  for (const { name } of await log.chunks())
    for await (const batch of log.read(name)) hits.push(...batch.hits)
  return hits
}

async function openNew(newHome: () => Promise<LogHome>): Promise<HotLog> {
  return (await newHome()).open()
}

async function lastPosition(log: HotLog): Promise<Position> {
  const chunk = (await log.chunks()).at(-1)
  const batches = await Array.fromAsync(log.read(chunk?.name ?? ''))
  return batches.at(-1)?.position ?? 0
}
