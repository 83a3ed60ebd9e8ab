import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100

/** Starts a program that may use one core only. */
export function spawnOnCore(
  core: number,
  command: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  return spawn('taskset', ['-c', String(core), ...command], { cwd: ROOT, ...options })
}

/** Runs a program on one core and waits for its end. @returns what it printed, and the time it took */
export async function runOnCore(
  core: number,
  command: readonly string[],
): Promise<{ text: string; wallMs: number }> {
  const startMs = performance.now()
  const child = spawnOnCore(core, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`"${command.join(' ')}" ended with ${code}`)
  return { text, wallMs: performance.now() - startMs }
}

/** Processor time that a process has used so far, user and system, all its threads. */
export function cpuMs(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = fields.split(' ').slice(11, 13).map(Number)
  return (((user ?? NaN) + (system ?? NaN)) * 1_000) / TICKS_PER_SECOND
}

/** Resident memory of a process and all its descendants, in MB of a million bytes, and how many they are. */
export function residentMemory(pid: number): { readonly mb: number; readonly processes: number } {
  const family = [pid, ...descendants(pid)]
  const kilobytes = family.map((member) => {
    const status = readFileSync(`/proc/${member}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0)
  })
  return { mb: (kilobytes.reduce((sum, next) => sum + next, 0) * 1_024) / 1e6, processes: family.length }
}

function descendants(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [...children, ...children.flatMap(descendants)]
}

/** Waits for `milliseconds`. */
export async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
