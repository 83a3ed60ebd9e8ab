import { writeFileSync } from 'node:fs'
import { drawWorld } from './world-map.ts'

const world = `${JSON.stringify(drawWorld(), null, 1)}\n`
writeFileSync(new URL('../src/web/chart/world.json', import.meta.url), world)
process.stdout.write(`src/web/chart/world.json ${Buffer.byteLength(world)} bytes\n`)
