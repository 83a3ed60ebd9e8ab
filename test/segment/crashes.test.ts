import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compact } from '../../src/segment/compaction.ts'
import { rederive } from '../../src/segment/rederive.ts'
import { retain } from '../../src/segment/retention.ts'
import { verify } from '../../src/segment/verify.ts'
import { filesThatCrash, untilCrash } from './crash.ts'
import type { TestLibrary } from './library.ts'
import {
  closeChunk,
  DAY_MS,
  HOUR_MS,
  namedHits,
  NOON,
  openLibrary,
  quickFiles,
  writeChunk,
  writeOpenChunk,
} from './library.ts'
import { readPaths } from './reader.ts'

type Upkeep = (library: TestLibrary) => Promise<unknown>

const UPKEEP: Readonly<Record<string, Upkeep>> = {
  compact,
  retain: (library) => retain({ ...library, rawDays: 1, segmentDays: 0 }),
  retainAtOnce: (library) => retain({ ...library, rawDays: 0, segmentDays: 0 }),
  rederive: (library) => rederive({ ...library, policy: { prerender: 'count' } }),
  rederiveBack: rederive,
}

type Turn =
  | { readonly chunk: { readonly hoursAgo: number; readonly hits: number; readonly open: boolean } }
  | { readonly close: true }
  | { readonly clockHours: number }
  | { readonly upkeep: readonly { readonly name: string; readonly steps: number }[] }

const someUpkeep = fc.record({
  name: fc.oneof({ weight: 4, arbitrary: fc.constant('compact') }, fc.constantFrom(...Object.keys(UPKEEP))),
  steps: fc.oneof({ weight: 2, arbitrary: fc.nat(60) }, fc.constant(100_000)),
})

const someTurn: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      chunk: fc.record({
        hoursAgo: fc.oneof(fc.nat(5), fc.nat(80), fc.nat(1500)),
        hits: fc.nat(3),
        open: fc.boolean(),
      }),
    }),
  },
  fc.record({ close: fc.constant<true>(true) }),
  fc.record({ clockHours: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: -900, max: 1500 })) }),
  { weight: 4, arbitrary: fc.record({ upkeep: fc.array(someUpkeep, { minLength: 1, maxLength: 3 }) }) },
)

test('whatever crashes, comes late, runs twice or is set back: every hit is read exactly once', async (t) => {
  const turns = fc.array(someTurn, { minLength: 8, maxLength: 24 })
  await fc.assert(
    fc.asyncProperty(turns, async (script) => {
      const world = { library: openLibrary(t), parts: 0, open: [] as string[], paths: [] as string[] }
      for (const turn of script) await play(turn, world)
      const { differences } = await verify(world.library)
      assert.deepEqual(differences, [])
    }),
    { numRuns: 12 },
  )
})

interface World {
  readonly library: TestLibrary
  parts: number
  open: string[]
  paths: string[]
}

async function play(turn: Turn, world: World): Promise<void> {
  const { library } = world
  if ('chunk' in turn) append(turn.chunk, world)
  else if ('close' in turn) for (const name of world.open.splice(0)) await closeChunk(library, name)
  else if ('clockHours' in turn) library.clockMs = Math.max(NOON, library.clockMs + turn.clockHours * HOUR_MS)
  else {
    const runs = turn.upkeep.map(({ name, steps }) =>
      untilCrash(UPKEEP[name]?.(library.over(filesThatCrash(steps)))),
    )
    const readers = [0, 1].map(() => readPaths(library.over(quickFiles)))
    const [paths] = await Promise.all([Promise.all(readers), ...runs])
    for (const seen of paths) assert.deepEqual(seen, world.paths)
  }
  assert.deepEqual(await readPaths(library), world.paths)
}

function append(
  { hoursAgo, hits, open }: { hoursAgo: number; hits: number; open: boolean },
  world: World,
): void {
  const timeMs = world.library.clockMs - hoursAgo * HOUR_MS
  const part = String(++world.parts).padStart(5, '0')
  const name = `${new Date(timeMs).toISOString().slice(0, 13)}.w01.${part}`
  const fresh = namedHits(part, hits, timeMs - DAY_MS)
  if (open) world.open.push(name)
  const write = open ? writeOpenChunk : writeChunk
  write(world.library, name, fresh)
  world.paths = [...world.paths, ...fresh.map(({ path }) => String(path))].sort()
}
