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
import { runCommand, startServer } from './server.ts'

const KILLS = 20
const TIMEOUT_MS = 120_000

async function aDataFolder(context: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'headcount-durability-'))
  context.after(() => rm(dir, { recursive: true, maxRetries: 5 }))
  return dir
}

/** Resolves when another hit has been acknowledged. */
async function underLoad({ acknowledged }: Sent): Promise<void> {
  const before = acknowledged.size
  while (acknowledged.size === before) await wait(5)
}

/** Every acknowledged hit is in the log, none is there twice or was not sent; the ledger has as many. */
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
  await runCommand('compact', '--data', data)
  await runCommand('verify', '--data', data)
  const { ledger } = JSON.parse(await runCommand('ledger', '--json', '--period', 'all', '--data', data))
  assert.deepEqual(ledger, { received: paths.length, counted: paths.length, refused: {} })
}

test(
  `a loaded server that is killed at any moment, ${KILLS} times, loses no acknowledged hit`,
  { timeout: TIMEOUT_MS },
  async (context) => {
    const data = await aDataFolder(context)
    const sent: Sent = { acknowledged: new Set(), unknown: new Set() }
    for (let kill = 0; kill < KILLS; kill += 1) {
      const server = await startServer(data)
      const killed = underLoad(sent)
        .then(() => wait(Math.random() * 300))
        .then(() => server.end('SIGKILL'))
      await sendHits(server.origin, sent, killed)
    }
    await assertKept(data, sent)
  },
)

test(
  'a loaded server that is asked to stop closes its chunk, exits in time and loses nothing',
  { timeout: TIMEOUT_MS },
  async (context) => {
    const data = await aDataFolder(context)
    const sent: Sent = { acknowledged: new Set(), unknown: new Set() }
    const server = await startServer(data)
    const load = sendHits(server.origin, sent, wait(1_000))
    await underLoad(sent)
    await wait(100)
    const askedMs = performance.now()
    assert.equal(await server.end('SIGTERM'), 0)
    assert.ok(performance.now() - askedMs < LIMITS.shutdownSeconds * 1_000)
    await load
    await assertKept(data, sent)
    assert.deepEqual(
      (await readdir(join(data, 'log'))).filter((file) => file.includes('.open.')),
      [],
    )
    assert.ok(!(await readdir(data)).includes('LOCK'))
  },
)
