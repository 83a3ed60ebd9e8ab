import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions, Figure } from './figures.ts'
import { digits, median } from './figures.ts'
import type { Load, Loaded } from './load.ts'
import { loadServer } from './load.ts'
import { cpuMs, pause } from './process.ts'
import type { Server } from './server.ts'
import { startServer, stop } from './server.ts'

const ROUNDS = 3

interface Measured extends Loaded {
  /** Processor time of the server for a thousand requests. */
  readonly cpuMsPer1000: number
}

/**
 * The collector with its durable log against bare `node:http` that keeps nothing: both on the first core,
 * wrk on the second, in turns.
 */
export async function benchCollector(options: BenchOptions): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'headcount-bench-collector-'))
  writeFileSync(join(dir, 'headcount.toml'), 'sites = ["blog.example.org"]\n')
  const bare = await startServer(['bench/bare-server.ts'])
  const ours = await startServer(['src/main/headcount.ts', 'serve', '--port', '0', '--data', dir])
  try {
    await pause(2_000)
    const figures: Figure[] = []
    for (const keepAlive of [true, false]) {
      for (const connections of [64, 512]) {
        const load = { connections, keepAlive, seconds: options.quick ? 2 : 5 }
        figures.push(...(await compare({ bare, ours, load, dir })))
      }
    }
    return figures
  } finally {
    for (const { child } of [bare, ours]) await stop(child)
    rmSync(dir, { recursive: true, force: true })
  }
}

interface Comparison {
  readonly bare: Server
  readonly ours: Server
  readonly load: Load
  readonly dir: string
}

async function compare({ bare, ours, load, dir }: Comparison): Promise<readonly Figure[]> {
  const warm = { ...load, seconds: 1 }
  for (const server of [bare, ours]) await measure(server, warm, dir)
  const [bares, mine]: [Measured[], Measured[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    bares.push(await measure(bare, load, dir))
    mine.push(await measure(ours, load, dir))
  }
  const what = `${load.connections} connections, ${load.keepAlive ? 'keep-alive' : 'one a hit'}`
  return [
    cpuFigure(`CPU per 1,000 hits, ${what}`, { bares, mine, atMost: load.connections === 64 ? 1.8 : 1.4 }),
    rateFigure(`requests/s, ${what}`, { bares, mine, asked: load.connections === 512 }),
    delayFigure(`p50, p99, ${what}`, { bares, mine }),
  ]
}

interface Runs {
  readonly bares: readonly Measured[]
  readonly mine: readonly Measured[]
}

function cpuFigure(what: string, { bares, mine, atMost }: Runs & { atMost: number }): Figure {
  const [own, base] = [mine, bares].map((runs) => median(runs.map((run) => run.cpuMsPer1000)))
  const value = (own ?? NaN) / (base ?? NaN)
  return {
    what,
    measured: `${digits(own ?? NaN)} ms`,
    baseline: `${digits(base ?? NaN)} ms`,
    value,
    aim: { atMost },
  }
}

function rateFigure(what: string, { bares, mine, asked }: Runs & { asked: boolean }): Figure {
  const [own, base] = [mine, bares].map((runs) => median(runs.map((run) => run.perSecond)))
  const errors = mine.reduce((sum, run) => sum + run.errors, 0)
  const measured = `${digits(own ?? NaN)}${errors === 0 ? '' : ` (${errors} errors)`}`
  const figure = { what, measured, baseline: digits(base ?? NaN), value: (own ?? NaN) / (base ?? NaN) }
  return asked ? { ...figure, aim: { atLeast: 0.75 } } : figure
}

function delayFigure(what: string, { bares, mine }: Runs): Figure {
  const shown = (runs: readonly Measured[]): string => {
    return `${digits(median(runs.map((run) => run.p50Ms)))} / ${digits(median(runs.map((run) => run.p99Ms)))} ms`
  }
  return { what, measured: shown(mine), baseline: shown(bares), value: median(mine.map((run) => run.p99Ms)) }
}

async function measure({ child, url }: Server, load: Load, dir: string): Promise<Measured> {
  const pid = child.pid ?? NaN
  const beforeMs = cpuMs(pid)
  const loaded = await loadServer(url, load, dir)
  await pause(300)
  return { ...loaded, cpuMsPer1000: ((cpuMs(pid) - beforeMs) / loaded.requests) * 1_000 }
}
