import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compact } from '../../src/segment/compaction.ts'
import { rederive } from '../../src/segment/rederive.ts'
import { retain } from '../../src/segment/retention.ts'
import { verify } from '../../src/segment/verify.ts'
import type { Fate, Process } from './crash.ts'
import { FATELESS, startProcess, untilCrash } from './crash.ts'
import type { TestLibrary } from './library.ts'
import {
  closeChunk,
  DAY_MS,
  HOUR_MS,
  namedHits,
  NOON,
  openLibrary,
  writeChunk,
  writeOpenChunk,
} from './library.ts'
import { readPaths } from './reader.ts'

type Upkeep = (library: TestLibrary) => Promise<unknown>

const UPKEEP = {
  compact,
  retain: (library) => retain({ ...library, rawDays: 1, segmentDays: 0 }),
  retainAtOnce: (library) => retain({ ...library, rawDays: 0, segmentDays: 0 }),
  rederive: (library) => rederive({ ...library, policy: { prerender: 'count' } }),
  rederiveBack: rederive,
} satisfies Record<string, Upkeep>

const UPKEEP_NAMES: readonly (keyof typeof UPKEEP)[] = [
  'compact',
  'retain',
  'retainAtOnce',
  'rederive',
  'rederiveBack',
]

interface Run {
  readonly name: keyof typeof UPKEEP
  readonly fate: Fate
  /** How far its clock is ahead of the others'. */
  readonly aheadHours: number
}

type Turn =
  /** Chunks appear; the last one may be open. */
  | { readonly chunks: { readonly hoursAgo: number; readonly count: number; readonly open: boolean } }
  | { readonly close: true }
  | { readonly clockHours: number }
  | { readonly upkeep: readonly Run[]; readonly together: boolean; readonly readerSleeps: number }
  | { readonly wake: true }

const some = fc.integer({ min: 0, max: 80 })
const never = fc.constant(Infinity)

const someRun: fc.Arbitrary<Run> = fc.record({
  name: fc.oneof(
    { weight: 3, arbitrary: fc.constant('compact' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...UPKEEP_NAMES) },
  ),
  fate: fc.record({
    dies: fc.oneof(some, { weight: 2, arbitrary: never }),
    sleeps: fc.oneof(some, { weight: 3, arbitrary: never }),
    seed: fc.nat(1000),
  }),
  aheadHours: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constant(36)),
})

const someChunks = fc.record({
  hoursAgo: fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, fc.nat(50), fc.nat(1500)),
  count: fc.integer({ min: 1, max: 4 }),
  open: fc.boolean(),
})

const someUpkeep = fc.record({
  upkeep: fc.array(someRun, { minLength: 1, maxLength: 4 }),
  together: fc.boolean(),
  readerSleeps: fc.integer({ min: 0, max: 12 }),
})

const someTurn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ chunks: someChunks }) },
  { weight: 2, arbitrary: fc.record({ clockHours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ clockHours: fc.integer({ min: -900, max: 1500 }) }) },
  { weight: 5, arbitrary: someUpkeep },
  fc.record({ close: fc.constant(true as const) }),
  fc.record({ wake: fc.constant(true as const) }),
)

test('whatever crashes, sleeps, comes late, runs twice or is set back: every hit is read exactly once', async (t) => {
  const scripts = fc.array(someTurn, { minLength: 10, maxLength: 30, size: 'max' })
  await fc.assert(
    fc.asyncProperty(scripts, async (script) => {
      const world: World = { library: openLibrary(t), parts: 0, open: [], paths: [], sleepers: [] }
      for (const turn of script) await play(turn, world)
      await wake(world)
      assert.deepEqual(await readPaths(world.library), world.paths)
      assert.deepEqual((await verify(world.library)).differences, [])
    }),
    { numRuns: 12, endOnFailure: true },
  )
})

interface World {
  readonly library: TestLibrary
  parts: number
  open: string[]
  /** Of all hits that were ever appended. */
  paths: string[]
  sleepers: { readonly process: Process; readonly run: Promise<unknown> }[]
}

async function play(turn: Turn, world: World): Promise<void> {
  const { library } = world
  if ('chunks' in turn) append(turn.chunks, world)
  else if ('close' in turn) for (const name of world.open.splice(0)) await closeChunk(library, name)
  else if ('wake' in turn) await wake(world)
  else if ('clockHours' in turn) library.clockMs = Math.max(NOON, library.clockMs + turn.clockHours * HOUR_MS)
  else await Promise.all([upkeep(turn, world), read(world, startProcess(FATELESS))])
  assert.deepEqual(await readPaths(library), world.paths)
}

/** Runs beside a reader that falls asleep and wakes when they are done. */
async function upkeep(turn: Extract<Turn, { upkeep: unknown }>, world: World): Promise<void> {
  const reader = startProcess({ ...FATELESS, sleeps: turn.readerSleeps })
  const reading = read(world, reader)
  await Promise.race([reading, reader.asleep])
  if (turn.together) await Promise.all(turn.upkeep.map((run) => runUntilAsleep(run, world)))
  else for (const run of turn.upkeep) await runUntilAsleep(run, world)
  reader.wake()
  await reading
}

async function read({ library, paths }: World, reader: Process): Promise<void> {
  assert.deepEqual(await readPaths(library.over(reader.files)), paths)
}

async function runUntilAsleep({ name, fate, aheadHours }: Run, world: World): Promise<void> {
  const process = startProcess(fate)
  const now = () => world.library.clockMs + aheadHours * HOUR_MS
  const run = untilCrash<unknown>(UPKEEP[name]({ ...world.library.over(process.files), now }))
  world.sleepers.push({ process, run })
  await Promise.race([run, process.asleep])
}

async function wake(world: World): Promise<void> {
  const sleepers = world.sleepers.splice(0)
  for (const { process } of sleepers) process.wake()
  await Promise.all(sleepers.map(({ run }) => run))
}

function append(fresh: { hoursAgo: number; count: number; open: boolean }, world: World): void {
  for (let left = fresh.count; left > 0; left--) {
    const timeMs = world.library.clockMs - fresh.hoursAgo * HOUR_MS
    const part = String(++world.parts).padStart(5, '0')
    const name = `${new Date(timeMs).toISOString().slice(0, 13)}.w01.${part}`
    const hits = namedHits(part, world.parts % 3, timeMs - DAY_MS)
    const isOpen = fresh.open && left === 1
    const write = isOpen ? writeOpenChunk : writeChunk
    write(world.library, name, hits)
    if (isOpen) world.open.push(name)
    world.paths = [...world.paths, ...hits.map(({ path }) => String(path))].sort()
  }
}
