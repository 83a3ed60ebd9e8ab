import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { ACT_MS_MAX } from './reader.ts'

/** Waits for what a program says when it is ready. @throws where it ends or stays silent instead */
export async function said(from: Readable, what: RegExp): Promise<string> {
  let text = ''
  const signal = AbortSignal.timeout(ACT_MS_MAX)
  for await (const chunk of from.iterator({ destroyOnReturn: false })) {
    signal.throwIfAborted()
    text += String(chunk)
    const found = what.exec(text)
    if (found !== null) return found[0]
  }
  throw new Error(`The program ended before it said ${String(what)}: ${text}`)
}

/** Resolves once a program has ended: by itself within a moment, else by force. */
export async function ended(child: ChildProcess, patienceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await once(child, 'exit')
  clearTimeout(timer)
}
