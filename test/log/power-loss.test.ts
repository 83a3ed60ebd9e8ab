import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate as yieldTurn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { openFileLog } from '../../src/log/file-log.ts'
import type { FileLog } from '../../src/log/file-log.ts'
import { aHit } from '../a-hit.ts'
import type { Fault } from './disk.ts'
import { Disk, DISK_FOLDER } from './disk.ts'
import { aFolder } from './folder.ts'
import { pathsIn } from './paths.ts'

const HOUR = 3_600_000

/** Hits that arrive at once, some turns after the ones before; by then the clock has moved. */
interface Burst {
  readonly hits: number
  readonly turns: number
  readonly clockHours: number
}

/** Numbers count the operations of the disk from 1. */
interface Run {
  readonly bursts: readonly Burst[]
  readonly cutAt: number
  readonly faults: Readonly<Record<number, Fault>>
}

const burst: fc.Arbitrary<Burst> = fc.record({
  hits: fc.integer({ min: 1, max: 12 }),
  turns: fc.nat(6),
  clockHours: fc.constantFrom(0, 0, 0, 0, 1, -2),
})

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom('ENOSPC', 'EIO', 'EROFS', 'EMFILE').map((code) => ({ code })),
  fc.nat(300).map((short) => ({ short })),
)

const runs: fc.Arbitrary<Run> = fc.record({
  bursts: fc.array(burst, { minLength: 1, maxLength: 12 }),
  cutAt: fc.integer({ min: 1, max: 60 }),
  faults: fc.dictionary(fc.integer({ min: 5, max: 60 }).map(String), fault, { maxKeys: 6 }),
})

test('whatever the power loss leaves behind, every acknowledged hit is there, once', async () => {
  const root = await aFolder()
  let number = 0
  const property = fc.asyncProperty(runs, fc.gen(), async (run, g) => {
    const { disk, sent, acknowledged } = await runUntilPowerLoss(run)
    const dir = join(root, String((number += 1)), 'log')
    await disk.restore(dir, (max) => g(fc.nat, { max }))
    const log = await openFileLog({ dir, now: () => 0 })
    await log.append(aHit({ path: '/after' }))
    const paths = await pathsIn(log)
    await log.close()
    assert.equal(new Set(paths).size, paths.length, 'no hit is there twice')
    for (const path of [...acknowledged, '/after'])
      assert.ok(paths.includes(path), `${path} was acknowledged`)
    for (const path of paths) assert.ok(path === '/after' || sent.has(path ?? ''), `${path} was sent`)
  })
  await fc.assert(property, { numRuns: 150 })
})

async function runUntilPowerLoss({ bursts, cutAt, faults }: Run) {
  const disk = new Disk((_operation, number) => {
    if (number === cutAt) disk.cutPower()
    return faults[number]
  })
  const sent = new Set<string>()
  const acknowledged = new Set<string>()
  const send = (log: FileLog) => {
    const path = `/${sent.size}`
    sent.add(path)
    log.append(aHit({ path })).then(
      () => acknowledged.add(path),
      () => undefined,
    )
  }
  await Promise.race([play(disk, bursts, send), turns(400)])
  disk.cutPower()
  return { disk, sent, acknowledged }
}

async function play(disk: Disk, bursts: readonly Burst[], send: (log: FileLog) => void): Promise<void> {
  let timeMs = Date.UTC(2026, 10, 23, 6)
  const log = await openFileLog({ dir: DISK_FOLDER, now: () => timeMs, files: disk })
  for (const burst of bursts) {
    timeMs += burst.clockHours * HOUR
    for (let hit = 0; hit < burst.hits; hit += 1) send(log)
    await turns(burst.turns)
  }
  await log.close()
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await yieldTurn()
}
