import type { ChildProcess } from 'node:child_process'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const HEADCOUNT = fileURLToPath(new URL('../../src/main/headcount.ts', import.meta.url))

/** A server process of a test. */
export interface ServerProcess {
  /** `http://127.0.0.1:41234`. */
  readonly origin: string
  readonly child: ChildProcess
  /** Sends the signal and resolves with the exit code when the process has ended; null when the signal ended it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

/** Starts `headcount serve` on the data folder; resolves when it listens. */
export async function startServer(data: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [HEADCOUNT, 'serve', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit')
  const errors = child.stderr.toArray()
  const origin = await Promise.race([originIn(child.stdout), exit.then(() => null)])
  if (origin === null) throw new Error(`serve ended before it listened: ${(await errors).join('')}`)
  return {
    origin,
    child,
    end: async (signal) => {
      child.kill(signal)
      const [code]: unknown[] = await exit
      return typeof code === 'number' ? code : null
    },
  }
}

/** What `headcount COMMAND` prints. Rejects when it does not exit with 0. */
export async function runCommand(...words: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [HEADCOUNT, ...words])).stdout
}

async function originIn(output: NodeJS.ReadableStream): Promise<string | null> {
  for await (const line of createInterface(output)) {
    const origin = /listens on (http:\S+)/.exec(line)?.[1]
    if (origin !== undefined) {
      output.resume()
      return origin
    }
  }
  return null
}
