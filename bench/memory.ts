import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions, Figure } from './figures.ts'
import { digits } from './figures.ts'
import { loadServer } from './load.ts'
import { pause, residentMemory } from './process.ts'
import { startServer, stop } from './server.ts'

const IDLE_WITHIN_MS = 180_000

/**
 * Resident memory of `serve` with a demo year in its folder, all processes together: at the most while it
 * compacts that year, idle (when its child process has gone), and at the most under load and just after.
 */
export async function benchMemory(options: BenchOptions): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'headcount-bench-memory-'))
  const start = async (...args: string[]) => {
    return startServer([
      'src/main/headcount.ts',
      'serve',
      '--port',
      '0',
      '--data',
      join(dir, 'data'),
      ...args,
    ])
  }
  // The first start after a change also compiles: what is measured is every later one.
  await stop((await start()).child)
  rmSync(join(dir, 'data'), { recursive: true })
  const { child, url } = await start('--demo')
  try {
    const pid = child.pid ?? NaN
    const working = await highest(pid, untilAlone(pid))
    const idle = residentMemory(pid)
    const load = { connections: 512, keepAlive: true, seconds: options.quick ? 5 : 20 }
    const loaded = await highest(pid, loadServer(url, { ...load, site: 'demo.example' }, dir))
    const after = residentMemory(pid)
    return [
      figure('while it compacts a year', working),
      { ...figure(`idle (${idle.processes} process)`, idle.mb), aim: { atMost: 120 } },
      figure('under load, 512 connections', loaded),
      figure('after the load', after.mb),
    ]
  } finally {
    await stop(child)
    rmSync(dir, { recursive: true, force: true })
  }
}

function figure(what: string, mb: number): Figure {
  return { what: `resident memory, ${what}`, measured: `${digits(mb)} MB`, value: mb }
}

/** The most resident memory that is seen until `end` settles, in MB. */
async function highest(pid: number, end: Promise<unknown>): Promise<number> {
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, residentMemory(pid).mb)), 50)
  await end.finally(() => clearInterval(timer))
  return most
}

/** Waits until a program's child processes have come and gone. */
async function untilAlone(pid: number): Promise<void> {
  const untilMs = performance.now() + IDLE_WITHIN_MS
  let alone = 0
  while (alone < 20) {
    if (performance.now() > untilMs) throw new Error('The server is not idle after three minutes')
    await pause(250)
    alone = residentMemory(pid).processes === 1 ? alone + 1 : 0
  }
}
