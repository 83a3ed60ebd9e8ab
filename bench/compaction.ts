import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions, Figure } from './figures.ts'
import { digits } from './figures.ts'
import type { Crowd } from './hits.ts'
import { writeCrowd } from './hits.ts'
import { runOnCore } from './process.ts'

const END_MS = Date.UTC(2026, 10, 1)

/**
 * Rows a second of `headcount compact` on one core, the whole way from NDJSON to segments that were
 * reopened and checked, start of the program included. The baseline reads and parses the same lines
 * and does nothing with them.
 */
export async function benchCompaction(options: BenchOptions): Promise<readonly Figure[]> {
  const many = await compacted({ endMs: END_MS, days: options.quick ? 10 : 40, audiences: 30 })
  const few = await compacted({ endMs: END_MS, days: options.quick ? 90 : 365, audiences: 1 })
  return [
    { what: 'rows/s, days of some 30,000 hits', ...many, aim: { atLeast: 150_000 } },
    { what: 'rows/s, days of some 900 hits', ...few },
  ]
}

async function compacted(crowd: Crowd): Promise<Pick<Figure, 'measured' | 'baseline' | 'value'>> {
  const dir = mkdtempSync(join(tmpdir(), 'headcount-bench-compaction-'))
  try {
    const { hits } = await writeCrowd(dir, crowd)
    const parse = await runOnCore(0, [process.execPath, 'bench/parse-lines.ts', join(dir, 'log')])
    const whole = await runOnCore(0, [process.execPath, 'src/main/headcount.ts', 'compact', '--data', dir])
    const value = (hits / whole.wallMs) * 1_000
    return {
      measured: `${digits(value)} (${digits(hits)} rows, ${digits(whole.wallMs / 1_000)} s)`,
      baseline: `${digits((hits / parse.wallMs) * 1_000)} (JSON.parse alone)`,
      value,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
