import assert from 'node:assert/strict'
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate as yieldTurn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { Puller, pull } from '../../../src/aws/pull/pull.ts'
import type { PullDeps } from '../../../src/aws/pull/pull.ts'
import type { FileSystem } from '../../../src/log/file-system.ts'
import type { Fault, Random } from '../../log/disk.ts'
import { Disk } from '../../log/disk.ts'
import { aPullFolder, beginAt, linesIn, quickFiles } from './folder.ts'
import { TableModel } from './table-model.ts'

const START = Date.UTC(2026, 10, 23, 22, 50)
const SECOND = 1_000
const HOUR = 3_600 * SECOND

/** A hit that arrives this long after the time in its key: late ones behind the read position, or from a clock ahead. */
interface Arrival {
  readonly lagMs: number
  /** Few, so that some lines are equal. */
  readonly path: string
}

/** Time passes, hits arrive, and more of them while a round is under way. */
interface Step {
  readonly waitMs: number
  readonly before: readonly Arrival[]
  readonly during: readonly Arrival[]
}

/** One life of a puller. It ends with the power, a kill, a fault of the disk, or well. */
interface Life {
  readonly steps: readonly Step[]
  /** Operation of the disk, from 1, at which the power is cut; beyond the last: never. */
  readonly cutAt: number
  readonly faults: Readonly<Record<number, Fault>>
  readonly end: 'close' | 'kill'
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  lagMs: fc.constantFrom(0, 0, 0, 2, 2, 20, 29, 31, 300, 595, -5).map((seconds) => seconds * SECOND),
  path: fc.constantFrom('/', '/a'),
})

const step: fc.Arbitrary<Step> = fc.record({
  waitMs: fc.constantFrom(0, 1, 5, 5, 5, 40, 590, 611, 3_600, 2 * 3_600, 26 * 3_600).map((s) => s * SECOND),
  before: fc.array(arrival, { maxLength: 12 }),
  during: fc.array(arrival, { maxLength: 4 }),
})

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom('ENOSPC', 'EIO').map((code) => ({ code })),
  fc.nat(300).map((short) => ({ short })),
)

const life: fc.Arbitrary<Life> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  cutAt: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(Infinity)),
  faults: fc.dictionary(fc.integer({ min: 1, max: 60 }).map(String), fault, { maxKeys: 1 }),
  end: fc.constantFrom('close', 'kill'),
})

test('wherever its lives are cut off, each hit is in the log exactly once', async () => {
  const { log } = await aPullFolder()
  let number = 0
  const property = fc.asyncProperty(
    fc.array(life, { minLength: 1, maxLength: 4 }),
    fc.gen(),
    async (lives, g) => {
      const home = join(log, String((number += 1)))
      const table = new TableModel(START)
      await beginAt(progressIn(home), START - (START % HOUR))
      for (const life of lives) {
        await live(life, { home, table, random: (max) => g(fc.nat, { max }) })
        assertWithin(await linesIn(home), table.lines())
      }
      table.dateMs += 2 * HOUR
      await pull(depsOf(home, table, quickFiles))
      assert.deepEqual(await linesIn(home), table.lines())
    },
  )
  await fc.assert(property, { numRuns: 250 })
})

/** The disk of the test has one folder, so log and progress lie side by side. */
function depsOf(home: string, table: TableModel, files: FileSystem): PullDeps {
  const folder = { log: home, progress: progressIn(home), files }
  return { db: table, table: 'hits', folder, unitsPerSecond: null, report: () => undefined }
}

function progressIn(home: string): string {
  return join(home, 'test-1.hits.json')
}

interface Place {
  readonly home: string
  readonly table: TableModel
  readonly random: Random
}

/** Leaves in `home` what the disk holds at the end of the life. */
async function live(life: Life, { home, table, random }: Place): Promise<void> {
  const cut = Promise.withResolvers<void>()
  let isArmed = false
  let done = 0
  const disk = new Disk(() => {
    if (!isArmed) return undefined
    done += 1
    if (done === life.cutAt) {
      disk.cutPower()
      cut.resolve()
    }
    return life.faults[done]
  })
  await load(disk, home)
  isArmed = true
  const ended = play(life, table, depsOf(home, table, disk)).catch(failed)
  const powerless = await Promise.race([ended.then(() => false), cut.promise.then(() => true)])
  await rm(home, { recursive: true })
  await disk.restore(home, powerless ? random : whole)
}

/** What a kill leaves: all that was written. */
function whole(max: number): number {
  return max === 2 ? 0 : max
}

function failed(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const isShort = error instanceof Error && error.message.startsWith('only ')
  if (!isShort && code !== 'ENOSPC' && code !== 'EIO') throw error
}

async function load(disk: Disk, home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const file = await disk.create(join(home, name))
    await file.write(await readFile(join(home, name)))
    await file.sync()
  }
  await disk.sync(home)
}

async function play({ steps, end }: Life, table: TableModel, deps: PullDeps): Promise<void> {
  const puller = await Puller.open(deps)
  for (const { waitMs, before, during } of steps) {
    table.dateMs += waitMs
    for (const arrival of before) arrive(table, arrival)
    await Promise.all([puller.round(), arriveSlowly(table, during)])
  }
  if (end === 'close') await puller.close()
}

async function arriveSlowly(table: TableModel, arrivals: readonly Arrival[]): Promise<void> {
  for (const arrival of arrivals) {
    await yieldTurn()
    table.dateMs += SECOND
    arrive(table, arrival)
  }
}

function arrive(table: TableModel, { lagMs, path }: Arrival): void {
  table.put(table.dateMs - lagMs, path)
}

/** No line is in the log more often than in the table. */
function assertWithin(log: readonly string[], table: readonly string[]): void {
  const left = Map.groupBy(table, (line) => line)
  for (const [line, copies] of Map.groupBy(log, (line) => line)) {
    assert(copies.length <= (left.get(line)?.length ?? 0), `${line} is there too often`)
  }
}
