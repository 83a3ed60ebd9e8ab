import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'

/** An AWS on this machine, empty at first, that enforces the roles of its functions. */
export interface MiniStack extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for all services. */
  readonly endpoint: string
  /** What programs that speak to AWS need in their environment to speak to this one. */
  readonly env: Readonly<Record<string, string>>
  /** Asks an address that only AWS's name servers know, such as a function's URL. */
  ask(url: string, asked?: Asked): Promise<Reply>
}

/** What is asked, and how; GET where nothing else is said. */
export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

const TOOLS = join(import.meta.dirname, '../../../node_modules/.cache/aws-tools/bin')

/** Path of a program that `npm run aws-tools` installs: `ministack`, `aws`, `cfn-lint`. */
export function awsTool(name: string): string {
  return join(TOOLS, name)
}

/**
 * Why tests that need them cannot run here, as the reason to skip them; false where they can.
 *
 * @throws {Error} in CI, where nothing may be skipped
 */
export function whyNoAwsTools(): string | false {
  const missing = existsSync(awsTool('ministack')) ? false : 'MiniStack is not installed: npm run aws-tools'
  if (missing !== false && process.env['CI'] !== undefined) throw new Error(missing)
  if (missing !== false) process.stderr.write(`SKIPPED: ${missing}\n`)
  return missing
}

const READY_WITHIN_MS = 60_000

/** Starts MiniStack on a free port of this machine alone, with this Node for the functions. */
export async function startMiniStack(): Promise<MiniStack> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const dir = await mkdtemp(join(tmpdir(), 'headcount-ministack-'))
  const emulator = spawn(awsTool('ministack'), {
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      // It leaves the folders of its functions behind.
      TMPDIR: dir,
      AUTH: 'true',
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      // Answers to the host names of API Gateway as AWS has them.
      MINISTACK_HOST: 'us-east-1.amazonaws.com',
      // What functions are told instead of that name.
      AWS_ENDPOINT_URL: endpoint,
    },
    stdio: 'ignore',
  })
  const kill = () => emulator.kill('SIGKILL')
  process.on('exit', kill)
  await ready(endpoint)
  return {
    endpoint,
    env: {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      // The AWS CLI of PyPI reads this one alone.
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: endpoint,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PAGER: '',
    },
    ask: async (url, asked = {}) => await askBy(port, new URL(url), asked),
    [Symbol.asyncDispose]: async () => {
      process.off('exit', kill)
      const ended = once(emulator, 'exit')
      emulator.kill('SIGTERM')
      const timer = setTimeout(kill, 3_000)
      await ended
      clearTimeout(timer)
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The emulator tells by the Host header what is asked, on its one port. */
async function askBy(port: number, url: URL, { method = 'GET', headers, body }: Asked): Promise<Reply> {
  const sent = request({
    host: '127.0.0.1',
    port,
    method,
    path: url.pathname + url.search,
    headers: { ...headers, host: url.host },
  })
  const answered = once(sent.end(body), 'response')
  const [response] = await answered
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

async function ready(endpoint: string): Promise<void> {
  const untilMs = performance.now() + READY_WITHIN_MS
  while (performance.now() < untilMs) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`MiniStack was not ready within ${READY_WITHIN_MS} ms`)
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
