import { mkdirSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BenchOptions, Figure } from './figures.ts'
import { isMet, renderFigures } from './figures.ts'

/** The benchmarks by name, each loaded only when it runs. */
const BENCHES: Readonly<
  Record<string, () => Promise<(options: BenchOptions) => Promise<readonly Figure[]>>>
> = {
  collector: async () => (await import('./collector.ts')).benchCollector,
  compaction: async () => (await import('./compaction.ts')).benchCompaction,
  questions: async () => (await import('./questions.ts')).benchQuestions,
  size: async () => (await import('./size.ts')).benchSize,
  'cold-start': async () => (await import('./cold-start.ts')).benchColdStart,
  lambda: async () => (await import('./lambda.ts')).benchLambda,
  memory: async () => (await import('./memory.ts')).benchMemory,
  pull: async () => (await import('./pull.ts')).benchPull,
}

const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean' } }, allowPositionals: true })
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
const cacheDir = join(tmpdir(), 'headcount-bench')
mkdirSync(cacheDir, { recursive: true })

process.stdout.write(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}\n`,
)
const missed: Figure[] = []
for (const name of names) {
  const load = BENCHES[name]
  if (load === undefined)
    throw new RangeError(`There is no benchmark "${name}": ${Object.keys(BENCHES).join(', ')}`)
  const figures = await (await load())({ quick: values.quick === true, cacheDir })
  process.stdout.write(`\n${name}\n${renderFigures(figures)}\n`)
  missed.push(...figures.filter((figure) => !isMet(figure)))
}
process.exitCode = missed.length === 0 ? 0 : 1
