import { parseArgs } from 'node:util'
import { PROPERTIES } from '../test/fuzz/properties.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '30000' } } })
const runs = Number(values.runs)
for (const [name, check] of Object.entries(PROPERTIES)) {
  const startMs = performance.now()
  check(runs)
  const seconds = (performance.now() - startMs) / 1_000
  process.stdout.write(`${name}: ${runs.toLocaleString('en')} cases, ${seconds.toFixed(1)} s\n`)
}
