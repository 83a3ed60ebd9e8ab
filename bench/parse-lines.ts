/** A baseline: reads every file of a folder and parses every line of it as JSON. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [dir = ''] = process.argv.slice(2)
let keys = 0
for (const name of readdirSync(dir)) {
  for (const line of readFileSync(join(dir, name), 'utf8').split('\n')) {
    if (line !== '') keys += Object.keys(JSON.parse(line)).length
  }
}
if (keys === 0) throw new Error(`There is no line in ${dir}`)
