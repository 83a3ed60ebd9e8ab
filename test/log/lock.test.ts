import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { acquireLock } from '../../src/log/lock.ts'

const LOCK_MODULE = new URL('../../src/log/lock.ts', import.meta.url).href

async function aFolder(context: TestContext, ...below: string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'headcount-lock-'))
  context.after(() => rm(root, { recursive: true }))
  const dir = join(root, ...below)
  await mkdir(dir, { recursive: true })
  return dir
}

/** Another process that takes the lock and keeps it; its first line says how that went. */
function anotherProcess(context: TestContext, path: string) {
  const script = `
    import { acquireLock } from ${JSON.stringify(LOCK_MODULE)}
    setInterval(() => {}, 1_000)
    acquireLock(${JSON.stringify(path)}, 'process ' + process.pid).then(
      () => console.log('held'), (error) => console.log(error.code))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  context.after(() => child.kill('SIGKILL'))
  const said = once(createInterface(child.stdout), 'line').then(([line]) => String(line))
  return { child, said }
}

test('a lock is held until it is released', async (context) => {
  const dir = await aFolder(context)
  const path = join(dir, 'LOCK')
  const first = await acquireLock(path, 'headcount serve, process 1')
  await assert.rejects(acquireLock(path, 'second'), {
    code: 'FOLDER_LOCKED',
    message: `Cannot write to "${dir}": it is held by headcount serve, process 1. Stop that one first, or name another folder with --data`,
  })
  await first.release()
  assert.deepEqual(await readdir(dir), [])
  await (await acquireLock(path, 'second')).release()
})

test('the lock of a process that was killed is taken over', async (context) => {
  const path = join(await aFolder(context), 'LOCK')
  const { child, said } = anotherProcess(context, path)
  assert.equal(await said, 'held')
  await assert.rejects(acquireLock(path, 'second'), { message: RegExp(`process ${child.pid}`) })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await (await acquireLock(path, 'second')).release()
})

test('a process that is stopped keeps its lock', async (context) => {
  const path = join(await aFolder(context), 'LOCK')
  const { child, said } = anotherProcess(context, path)
  await said
  child.kill('SIGSTOP')
  await assert.rejects(acquireLock(path, 'second'), { message: /held by a process that does not answer/ })
})

test('a plain file in its place is no lock', async (context) => {
  const path = join(await aFolder(context), 'LOCK')
  await writeFile(path, 'restored from a copy')
  await (await acquireLock(path, 'first')).release()
})

test('a folder whose path is too long for a socket can be locked', async (context) => {
  const dir = await aFolder(context, 'x'.repeat(120), 'żółw'.repeat(20))
  const path = join(dir, 'LOCK')
  const lock = await acquireLock(path, 'first')
  assert.deepEqual(await readdir(dir), ['LOCK'])
  await assert.rejects(acquireLock(path, 'second'), { code: 'FOLDER_LOCKED' })
  await lock.release()
})

test('a folder that is not there cannot be locked', async (context) => {
  const path = join(await aFolder(context), 'missing', 'LOCK')
  await assert.rejects(acquireLock(path, 'first'), { code: 'FOLDER_UNUSABLE' })
})

test('of many that start at once after a kill, one gets the lock', async (context) => {
  const dir = await aFolder(context)
  const path = join(dir, 'LOCK')
  const dead = anotherProcess(context, path)
  await dead.said
  dead.child.kill('SIGKILL')
  await once(dead.child, 'exit')
  for (let round = 0; round < 10; round += 1) {
    const starters = Array.from({ length: 6 }, (_, number) => acquireLock(path, `starter ${number}`))
    const results = await Promise.allSettled(starters)
    const held = results.filter((result) => result.status === 'fulfilled')
    assert.equal(held.length, 1)
    assert.deepEqual(await readdir(dir), ['LOCK'])
    await held[0]?.value.release()
  }
})

test('of several processes that start at once after a kill, one gets the lock', async (context) => {
  const path = join(await aFolder(context), 'LOCK')
  const dead = anotherProcess(context, path)
  await dead.said
  dead.child.kill('SIGKILL')
  const said = await Promise.all([1, 2, 3, 4].map(() => anotherProcess(context, path).said))
  assert.deepEqual(said.sort(), ['FOLDER_LOCKED', 'FOLDER_LOCKED', 'FOLDER_LOCKED', 'held'])
})
