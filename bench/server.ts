import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { pause, spawnOnCore } from './process.ts'

/** A server under test, on the first core. */
export interface Server {
  readonly child: ChildProcess
  readonly url: string
}

/** Starts a server of ours on the first core and waits for the address that it prints. */
export async function startServer(args: readonly string[]): Promise<Server> {
  const child = spawnOnCore(0, [process.execPath, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
    if (url !== undefined) return { child, url }
    if (child.exitCode !== null) break
    await pause(50)
  }
  throw new Error(`"${args.join(' ')}" did not start: ${output}`)
}

/** Ends a program by SIGTERM and waits for it. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
