import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { LIMITS } from '../../src/limits.ts'
import { openFileLogReader } from '../../src/log/file-log.ts'
import { pathsIn } from '../log/paths.ts'
import type { Sent } from './load.ts'
import { sendHits } from './load.ts'
import { startServer } from './server.ts'

const KILLS = 20

async function aDataFolder(context: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'headcount-durability-'))
  context.after(() => rm(dir, { recursive: true, maxRetries: 5 }))
  return dir
}

/** Every acknowledged hit is in the log, none is there twice, and none that was not sent. */
async function assertKept(data: string, { acknowledged, unknown }: Sent): Promise<void> {
  const paths = await pathsIn(openFileLogReader(join(data, 'log')))
  const kept = new Set(paths)
  assert.equal(kept.size, paths.length, 'a hit is there twice')
  assert.deepEqual(
    [...acknowledged].filter((path) => !kept.has(path)),
    [],
    'acknowledged hits are lost',
  )
  assert.deepEqual(
    paths.filter((path) => !acknowledged.has(path ?? '') && !unknown.has(path ?? '')),
    [],
  )
}

test(`a loaded server that is killed at any moment, ${KILLS} times, loses no acknowledged hit`, async (context) => {
  const data = await aDataFolder(context)
  const sent: Sent = { acknowledged: new Set(), unknown: new Set() }
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = sent.acknowledged.size
    const server = await startServer(data)
    const killed = wait(50 + Math.random() * 300).then(() => server.end('SIGKILL'))
    await sendHits(server.origin, sent, killed)
    assert.ok(sent.acknowledged.size > before, 'the server was under load')
  }
  await assertKept(data, sent)
})

test('a loaded server that is asked to stop finishes what is in flight, closes its chunk and exits in time', async (context) => {
  const data = await aDataFolder(context)
  const sent: Sent = { acknowledged: new Set(), unknown: new Set() }
  const server = await startServer(data)
  const load = sendHits(server.origin, sent, wait(1_000))
  await wait(300)
  const askedMs = performance.now()
  assert.equal(await server.end('SIGTERM'), 0)
  assert.ok(performance.now() - askedMs < LIMITS.shutdownSeconds * 1_000)
  await load
  assert.ok(sent.acknowledged.size > 0)
  await assertKept(data, sent)
  assert.deepEqual(
    (await readdir(join(data, 'log'))).filter((file) => file.includes('.open.')),
    [],
  )
  assert.ok(!(await readdir(data)).includes('LOCK'))
})
