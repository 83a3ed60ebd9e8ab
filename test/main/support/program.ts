import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const MAIN = join(import.meta.dirname, '../../../src/main/headcount.ts')

/** What a run of the program came to. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Input {
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs `headcount ARGS` to its end. */
export async function headcount(
  args: readonly string[],
  { stdin = '', env = {} }: Input = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env }, timeout: 30_000 })
  child.stdin.on('error', () => {}).end(stdin)
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)]
  await once(child, 'close')
  return { code: child.exitCode, stdout: stdout(), stderr: stderr() }
}

/** A running `headcount serve`. */
export interface Server {
  readonly child: ChildProcess
  /** Base path included. */
  readonly url: string
  /** Of the printed link; "" where none was printed. */
  readonly key: string
  output(): string
  /** Ends it. @returns its exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts `headcount serve --port 0 ARGS` and waits until it listens. */
export type Serve = (args: readonly string[], env?: Input['env']) => Promise<Server>

async function serve(args: readonly string[], env: Input['env'] = {}): Promise<Server> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', ...args], {
    env: { ...process.env, ...env },
  })
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)]
  const output = () => stdout() + stderr()
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  const [, url, , key = ''] = /(http:\S+)\/(dashboard\/|login\?key=(\S+))/.exec(output()) ?? []
  if (url === undefined) throw new Error(`serve did not start:\n${output()}`)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    await once(child, 'exit')
    return child.exitCode
  }
  return { child, url, key, output, stop }
}

/** Gives a test a folder of its own and servers; both go with it, however it ends. */
export async function withFolder(use: (dir: string, serve: Serve) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'headcount-'))
  const servers: Server[] = []
  try {
    await use(dir, async (args, env) => {
      const server = await serve(args, env)
      servers.push(server)
      return server
    })
  } finally {
    await Promise.all(servers.map((server) => server.stop('SIGKILL')))
    await rm(dir, { recursive: true, force: true })
  }
}

function gather(stream: NodeJS.ReadableStream): () => string {
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  return () => Buffer.concat(parts).toString()
}
