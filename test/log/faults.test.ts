import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { LIMITS } from '../../src/limits.ts'
import { openFileLog, openFileLogReader } from '../../src/log/file-log.ts'
import { aHit } from '../a-hit.ts'
import type { Fault, Operation } from './disk.ts'
import { Disk, DISK_FOLDER } from './disk.ts'
import { aFolder } from './folder.ts'
import { pathsIn } from './paths.ts'

const SIX = Date.UTC(2026, 10, 23, 6)
const MINUTE = 60_000

/** A log on a disk whose faults the test sets, by operation. */
async function aFaultyLog() {
  const faults: Partial<Record<Operation, Fault>> = {}
  const disk = new Disk((operation) => faults[operation])
  const clock = { timeMs: SIX }
  const told: string[] = []
  const log = await openFileLog({
    dir: DISK_FOLDER,
    now: () => clock.timeMs,
    report: (line) => told.push(line),
    files: disk,
  })
  return { faults, disk, clock, told, log }
}

/** What is on the disk, once its owner has looked at all of it: nothing was lost but what was not synced. */
async function pathsOn(disk: Disk): Promise<(string | null)[]> {
  const dir = join(await aFolder(), 'log')
  await disk.restore(dir, () => 0)
  return pathsIn(openFileLogReader(dir))
}

const FAULTS: [what: string, operation: Operation, fault: Fault][] = [
  ['a full disk', 'write', { code: 'ENOSPC' }],
  ['a disk that takes a part of a write', 'write', { short: 40 }],
  ['a disk that fails to sync', 'datasync', { code: 'EIO' }],
  ['a disk that fails to write', 'write', { code: 'EIO' }],
]

for (const [what, operation, fault] of FAULTS) {
  test(`${what}: hits are refused, and kept again without a restart`, async () => {
    const { faults, disk, clock, told, log } = await aFaultyLog()
    await log.append(aHit({ path: '/before' }))
    faults[operation] = fault
    for (let hit = 0; hit < 20; hit += 1) {
      clock.timeMs += 1_000
      await assert.rejects(log.append(aHit({ path: `/refused/${hit}` })), { code: 'LOG_UNWRITABLE' })
    }
    assert.equal(told.length, 1)
    assert.match(told[0] ?? '', /^Cannot write the hot log: .*\. Hits are answered 503 until it works again$/)
    delete faults[operation]
    await log.append(aHit({ path: '/after' }))
    assert.match(told[1] ?? '', /^The hot log is written again\. Hits refused meanwhile: 20$/)
    await log.close()
    assert.deepEqual(await pathsOn(disk), ['/before', '/after'])
  })
}

const NEW_PART_FAULTS: [what: string, operation: Operation, code: string][] = [
  ['a read-only disk', 'create', 'EROFS'],
  ['too many open files', 'list', 'EMFILE'],
  ['a folder that cannot be synced', 'sync', 'EIO'],
]

for (const [what, operation, code] of NEW_PART_FAULTS) {
  test(`${what}: a new chunk cannot be begun, and is once it can`, async () => {
    const { faults, disk, clock, told, log } = await aFaultyLog()
    await log.append(aHit({ path: '/before' }))
    clock.timeMs += 60 * MINUTE
    faults[operation] = { code }
    await assert.rejects(log.append(aHit({ path: '/refused' })), {
      code: 'LOG_UNWRITABLE',
      message: RegExp(code),
    })
    assert.equal(told.length, 1)
    delete faults[operation]
    await log.append(aHit({ path: '/after' }))
    await log.close()
    assert.deepEqual(await pathsOn(disk), ['/before', '/after'])
  })
}

test('a person is told once a minute while the disk stays full', async () => {
  const { faults, clock, told, log } = await aFaultyLog()
  faults.write = { code: 'ENOSPC' }
  for (let second = 0; second < 180; second += 1) {
    clock.timeMs = SIX + second * 1_000
    await assert.rejects(log.append(aHit()))
  }
  assert.equal(told.length, 3)
})

test('a disk that is full for long is not filled with empty chunks, and part numbers are not used up', async () => {
  const { faults, disk, log } = await aFaultyLog()
  faults.write = { code: 'ENOSPC' }
  for (let hit = 0; hit < 50; hit += 1) await assert.rejects(log.append(aHit()))
  await log.tick()
  assert.deepEqual(await disk.list(), [])
  delete faults.write
  await log.append(aHit())
  assert.deepEqual(await disk.list(), ['2026-11-23T06.w01.00001.open.ndjson'])
})

test('a chunk that cannot be closed now is closed later', async () => {
  const { faults, disk, clock, told, log } = await aFaultyLog()
  await log.append(aHit())
  clock.timeMs += 60 * MINUTE
  faults.rename = { code: 'EROFS' }
  await log.tick()
  assert.deepEqual(await disk.list(), ['2026-11-23T06.w01.00001.open.ndjson'])
  assert.match(told[0] ?? '', /EROFS/)
  delete faults.rename
  await log.tick()
  assert.deepEqual(await disk.list(), ['2026-11-23T06.w01.00001.ndjson'])
})

test('while a disk hangs no more hits wait than the limit says, and they are kept when it answers', async () => {
  const { faults, disk, clock, told, log } = await aFaultyLog()
  const answer = Promise.withResolvers<void>()
  faults.datasync = { hung: answer.promise }
  const first = log.append(aHit({ path: '/first' }))
  while (!(await pending(first, 10))) assert.fail('the disk hangs')
  const waiting = Array.from({ length: LIMITS.queueHitsMax }, () => log.append(aHit({ path: '/waiting' })))
  await assert.rejects(log.append(aHit({ path: '/refused' })), { code: 'LOG_FULL' })
  assert.match(told[0] ?? '', /16384 hits wait for the disk/)
  clock.timeMs += 2 * MINUTE
  await log.tick()
  assert.match(told[1] ?? '', /the disk has not answered for 120 s/)
  delete faults.datasync
  answer.resolve()
  await Promise.all([first, ...waiting])
  await log.close()
  assert.equal((await pathsOn(disk)).length, 1 + LIMITS.queueHitsMax)
})

/** Whether the promise is still pending after so many turns of the event loop. */
async function pending(promise: Promise<void>, turns: number): Promise<boolean> {
  let settled = false
  promise.then(
    () => (settled = true),
    () => (settled = true),
  )
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate)
  return !settled
}

test('one hit alone waits for one sync, and a flood shares them', async () => {
  const syncs = { count: 0 }
  const disk = new Disk((operation) => void (syncs.count += operation === 'datasync' ? 1 : 0))
  const log = await openFileLog({ dir: DISK_FOLDER, now: () => SIX, files: disk })
  await log.append(aHit())
  syncs.count = 0
  await log.append(aHit())
  assert.equal(syncs.count, 1)
  await Promise.all(Array.from({ length: 1_000 }, () => log.append(aHit())))
  assert.ok(syncs.count <= 3, `${syncs.count} syncs`)
})
