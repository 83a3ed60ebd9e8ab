import type { ChildProcess } from 'node:child_process'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const MAIN = 'src/main/headcount.ts'
const START_MS = 30_000

/** A running `headcount serve`. */
export interface Program {
  /** `http://127.0.0.1:43210`, base path included. */
  readonly url: string
  /** All that it wrote to stdout and stderr so far. */
  output(): string
  /** Ends it by SIGTERM. @returns its exit code */
  stop(): Promise<number | null>
}

/** Starts `headcount serve` on a free port and waits until it answers. */
export async function startProgram(args: readonly string[]): Promise<Program> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const gather = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout.on('data', gather)
  child.stderr.on('data', gather)
  const url = await answering(child, () => output)
  return { url, output: () => output, stop: async () => stopped(child) }
}

/** Sets the password of a data folder, as a script would: on stdin. */
export async function setPassword(dir: string, password: string): Promise<void> {
  const child = spawn(process.execPath, [MAIN, 'password', '--data', dir], {
    cwd: ROOT,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.stdin.end(`${password}\n`)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The password was not set: exit code ${code}`)
}

/** Runs a command of the program beside it. @returns what it printed */
export async function runCommand(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], {
    cwd: ROOT,
    timeout: 60_000,
  })
  return stdout
}

async function answering(child: ChildProcess, output: () => string): Promise<string> {
  const untilMs = Date.now() + START_MS
  while (child.exitCode === null && Date.now() < untilMs) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0]
    if (url !== undefined && (await fetch(`${url}/healthz`)).ok) return url
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`The program did not start: ${output()}`)
}

async function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  return child.exitCode
}
