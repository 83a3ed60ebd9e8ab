import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { LambdaEvent } from '../../../src/aws/event.ts'
import type { LambdaAnswer } from '../../../src/aws/handler.ts'

/** A Lambda function in AWS's own runtime client, asked through a runtime API that stands in for AWS's. */
export interface LambdaRuntime extends AsyncDisposable {
  /** Process of the function. */
  readonly pid: number
  /** One event at a time; rejects with what the runtime reports. */
  invoke(event: LambdaEvent): Promise<LambdaAnswer>
  /** From the start of the process to the first time it asked for an event. */
  readonly coldMs: Promise<number>
  /** All that it has printed. */
  output(): string
}

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/aws-lambda-ric')
const CLIENT = join(CACHE, 'node_modules/aws-lambda-ric/index.mjs')
const VERSION = '4.0.2'

/**
 * Why the runtime client is not here, as the reason to skip what needs it; false where it is. Fetches it at the first
 * time, without its install script, which would compile for minutes.
 *
 * @throws {Error} in CI, where nothing may be skipped
 */
export function whyNoRuntime(): string | false {
  if (!existsSync(CLIENT)) {
    mkdirSync(CACHE, { recursive: true })
    const flags = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--engine-strict=false']
    spawnSync('npm', ['install', ...flags, '--prefix', CACHE, `aws-lambda-ric@${VERSION}`], {
      stdio: 'ignore',
    })
  }
  const missing = existsSync(CLIENT) ? false : `npm cannot fetch aws-lambda-ric@${VERSION}`
  if (missing !== false && process.env['CI'] !== undefined) throw new Error(missing)
  if (missing !== false) process.stderr.write(`SKIPPED: ${missing}\n`)
  return missing
}

/** Starts the function; `env` is added to what Lambda sets, and nothing of this process's own. */
export async function startLambda(
  code: string,
  env: Readonly<Record<string, string>>,
): Promise<LambdaRuntime> {
  const dir = await mkdtemp(join(tmpdir(), 'headcount-lambda-'))
  await writeFile(join(dir, 'index.js'), code)
  const api = await startRuntimeApi()
  const startMs = performance.now()
  const child = spawn(process.execPath, [...HEAP, '--require', PRELOAD, CLIENT, 'index.handler'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...lambdaEnvironment(dir, api.port), ...env },
  })
  const output = gather(child)
  child.on('exit', (status, signal) =>
    api.fail(new Error(`The runtime exited: ${status ?? signal} ${output()}`)),
  )
  return {
    pid: child.pid ?? 0,
    invoke: api.invoke,
    coldMs: api.asked.then(() => performance.now() - startMs),
    output,
    [Symbol.asyncDispose]: async () => {
      child.removeAllListeners('exit').kill('SIGKILL')
      await api.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Shares of 128 MB that the runtime gives V8: 5 % for young objects, 90 % for old ones. */
const HEAP = ['--max-semi-space-size=6', '--max-old-space-size=115']
const PRELOAD = join(import.meta.dirname, 'rapid-client.cjs')

/** The environment as Lambda makes it. */
function lambdaEnvironment(dir: string, port: number): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    LAMBDA_TASK_ROOT: dir,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: 'index.handler',
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'test',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/test',
    AWS_LAMBDA_LOG_STREAM_NAME: 'test',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'test',
  }
}

function gather({ stdout, stderr }: ChildProcess): () => string {
  let text = ''
  for (const stream of [stdout, stderr]) stream?.on('data', (part: Buffer) => (text += part.toString()))
  return () => text
}

interface Invocation {
  readonly id: string
  readonly event: LambdaEvent
  readonly resolve: (answer: LambdaAnswer) => void
  readonly reject: (error: Error) => void
}

/** AWS's side: hands out events, takes answers. */
async function startRuntimeApi() {
  const waiting: Invocation[] = []
  const running = new Map<string, Invocation>()
  const asked = Promise.withResolvers<void>()
  let poll: ServerResponse | null = null
  let failure: Error | null = null
  const hand = () => {
    const next = poll === null ? undefined : waiting.shift()
    if (poll === null || next === undefined) return
    running.set(next.id, next)
    poll.writeHead(200, invocationHeaders(next.id)).end(JSON.stringify(next.event))
    poll = null
  }
  const fail = (error: Error) => {
    failure = error
    asked.reject(error)
    for (const { reject } of [...running.values(), ...waiting]) reject(error)
  }
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const [, , , what = '', id = '', outcome] = request.url?.split('/') ?? []
    if (id === 'next') {
      poll = response
      asked.resolve()
      return hand()
    }
    const body = await text(request)
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}')
    if (what === 'init') return fail(new Error(`The function did not start: ${body}`))
    const invocation = running.get(id)
    running.delete(id)
    if (outcome === 'response') invocation?.resolve(JSON.parse(body))
    else invocation?.reject(new Error(body))
  }
  const server = createServer((request, response) => void take(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    asked: asked.promise,
    fail,
    invoke: (event: LambdaEvent) =>
      new Promise<LambdaAnswer>((resolve, reject) => {
        if (failure !== null) return reject(failure)
        waiting.push({ id: randomUUID(), event, resolve, reject })
        hand()
      }),
    close: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

const TIMEOUT_MS = 3_000

function invocationHeaders(id: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': id,
    'lambda-runtime-deadline-ms': String(Date.now() + TIMEOUT_MS),
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:test',
    'lambda-runtime-trace-id': 'Root=1-0-0;Parent=0;Sampled=0',
  }
}
