import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { join } from 'node:path'
import * as fc from 'fast-check'
import type { PullDeps } from '../../../src/aws/pull/pull.ts'
import { pull } from '../../../src/aws/pull/pull.ts'
import { decodeRawHit } from '../../../src/hit.ts'
import { openFileLog } from '../../../src/log/file-log.ts'
import type { FileSystem } from '../../../src/log/file-system.ts'
import { compact } from '../../../src/segment/compaction.ts'
import { forget } from '../../../src/segment/forget.ts'
import { retain } from '../../../src/segment/retention.ts'
import { verify } from '../../../src/segment/verify.ts'
import type { TestLibrary } from '../../segment/library.ts'
import { DAY_MS, HOUR_MS, NOON, openLibrary } from '../../segment/library.ts'
import { readPaths } from '../../segment/reader.ts'
import { beginAt, quickFiles } from './folder.ts'
import { TableModel } from './table-model.ts'

class Killed extends Error {}

type Turn =
  | { readonly arrive: number; readonly lagMs: number }
  | { readonly waitMs: number }
  /** The puller is killed at this step of its file system; beyond the last: never. */
  | { readonly pullUntil: number }
  | { readonly upkeep: 'compact' | 'retain' | 'serve' }

const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.record({ arrive: fc.integer({ min: 1, max: 6 }), lagMs: fc.constantFrom(0, 60_000, 590_000) }),
  fc.record({ waitMs: fc.constantFrom(5_000, 600_000, HOUR_MS, DAY_MS, 31 * DAY_MS) }),
  fc.record({ pullUntil: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(Infinity)) }),
  fc.record({ upkeep: fc.constantFrom('compact', 'retain', 'serve') }),
)

test('compaction, retention and servers that start between pulls that are killed change nothing', async (t) => {
  const property = fc.asyncProperty(fc.array(turn, { minLength: 4, maxLength: 16 }), async (turns) => {
    const { library, table, deps } = await aHome(t)
    for (const turn of turns) await play(turn, { library, table, deps })
    wait(table, library, 2 * HOUR_MS)
    await pull(deps)
    assert.deepEqual(await readPaths(library), pathsOf(table))
    await compact(library)
    assert.deepEqual(await readPaths(library), pathsOf(table))
    assert.deepEqual((await verify(library)).differences, [])
  })
  await fc.assert(property, { numRuns: 120 })
})

test('hits that were forgotten do not come back with the next pull', async (t) => {
  const { library, table, deps } = await aHome(t)
  for (const path of ['/kept', '/forgotten']) table.put(table.dateMs, path)
  await pull(deps)
  await forget(library, { site: 'blog.example.org', path: '/forgotten' })
  wait(table, library, 2 * HOUR_MS)
  table.put(table.dateMs, '/later')
  await pull(deps)
  assert.deepEqual(await readPaths(library), ['/kept', '/later'])
})

interface Home {
  readonly library: TestLibrary
  readonly table: TableModel
  readonly deps: PullDeps
}

async function aHome(t: Pick<TestContext, 'after'>): Promise<Home> {
  const library = openLibrary(t)
  const table = new TableModel(NOON)
  const progress = join(library.dir, 'aws', 'test-1.hits.json')
  await beginAt(progress, NOON)
  const folder = { log: join(library.dir, 'log'), progress, files: quickFiles }
  return {
    library,
    table,
    deps: { db: table, table: 'hits', folder, unitsPerSecond: null, report: () => undefined },
  }
}

async function play(turn: Turn, { library, table, deps }: Home): Promise<void> {
  if ('arrive' in turn)
    for (let hit = 0; hit < turn.arrive; hit += 1)
      table.put(Math.max(table.dateMs - turn.lagMs, NOON), `/${hit}`)
  else if ('waitMs' in turn) wait(table, library, turn.waitMs)
  else if ('pullUntil' in turn) await pullUntil(turn.pullUntil, deps)
  else if (turn.upkeep === 'compact') await compact(library)
  else if (turn.upkeep === 'retain') await retain({ ...library, rawDays: 0, segmentDays: 0 })
  else await (await openFileLog({ dir: deps.folder.log, now: () => 0 })).close()
}

function wait(table: TableModel, library: TestLibrary, ms: number): void {
  table.dateMs += ms
  library.clockMs += ms
}

function pathsOf(table: TableModel): readonly string[] {
  return table
    .lines()
    .map((line) => String(decodeRawHit(line)?.path))
    .sort()
}

async function pullUntil(step: number, deps: PullDeps): Promise<void> {
  let done = 0
  const files = dyingAt(() => {
    done += 1
    if (done >= step) throw new Killed()
  })
  await pull({ ...deps, folder: { ...deps.folder, files } }).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error
  })
}

/** @param step called before anything is done */
function dyingAt(step: () => void): FileSystem {
  return {
    makeFolder: async (path) => (step(), await quickFiles.makeFolder(path)),
    list: async (path) => (step(), await quickFiles.list(path)),
    size: async (path) => (step(), await quickFiles.size(path)),
    sync: async (path) => (step(), await quickFiles.sync(path)),
    rename: async (from, to) => (step(), await quickFiles.rename(from, to)),
    remove: async (path) => (step(), await quickFiles.remove(path)),
    create: async (path) => {
      step()
      const file = await quickFiles.create(path)
      return {
        write: async (bytes) => (step(), await file.write(bytes)),
        sync: async () => step(),
        close: () => file.close(),
      }
    },
  }
}
