import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

const SRC = join(import.meta.dirname, '../src')

/** Who may import whom; "." is the domain. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '.': ['.'],
  collect: ['.', 'collect'],
  log: ['.', 'log'],
  segment: ['.', 'log', 'segment'],
  report: ['.', 'log', 'segment', 'report'],
  web: ['.', 'report', 'web'],
  aws: ['.', 'collect', 'log', 'aws'],
  // Runs in other people's servers.
  middleware: ['middleware'],
  main: ['.', 'collect', 'log', 'segment', 'report', 'web', 'aws', 'main'],
}

for (const file of globSync('**/*.ts', { cwd: SRC })) {
  const folder = folderOf(file)
  const text = readFileSync(join(SRC, file), 'utf8')
  const imports = [...text.matchAll(/(?:from|import|import\() ?'([^']+)'/g)].map((match) => match[1] ?? '')

  test(`src/${file} imports only what its folder may`, () => {
    const ours = imports.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name))
    const wrong = ours.filter((name) => !(MAY_IMPORT[folder] ?? []).includes(folderOf(name)))
    assert.deepEqual(wrong, [])
    if (folder !== 'report') assert(!imports.some((name) => name.startsWith('@duckdb/')))
  })

  if (['main', 'aws', 'middleware'].includes(folder)) continue
  test(`src/${file} reads neither environment nor clock`, () => {
    assert.doesNotMatch(
      text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      /process\.env|Date\.now|new Date\(\)/,
    )
  })
}

function folderOf(file: string): string {
  const [folder = '.', ...rest] = relative('.', file).split('/')
  return rest.length === 0 ? '.' : folder
}
