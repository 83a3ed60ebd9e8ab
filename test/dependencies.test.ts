import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import project from '../package.json' with { type: 'json' }

const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'decisions', 'dependencies.md'), 'utf8')

for (const [part, packages] of [
  ['At run time', project.dependencies],
  ['To build and test', project.devDependencies],
] as const) {
  test(`docs/decisions/dependencies.md argues for each package "${part}", and for none that is gone`, () => {
    const section = text.split(`## ${part}\n`)[1]?.split('\n## ')[0] ?? ''
    const argued = [...section.matchAll(/^\* `([^`]+)` \(.+?\): /gm)].map(([, name]) => name)
    assert.deepEqual(argued, Object.keys(packages))
  })
}
