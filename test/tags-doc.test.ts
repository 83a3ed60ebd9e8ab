import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Generator } from '../src/generators.ts'
import { GENERATORS } from '../src/generators.ts'
import type { Relation } from '../src/same-site.ts'
import { STEMS } from '../src/stems.ts'
import { adviseTag } from '../src/tag.ts'
import { EXTRAS } from '../src/tag-parts.ts'

const FILE = join(import.meta.dirname, '../docs/tags.md')
const START = '<!-- From here on: generated from src/generators.ts -->\n'
const END = '<!-- Up to here -->\n'
const [HTML = assert.fail('the table is empty')] = [...GENERATORS.values()]
const HOSTS: readonly (readonly [Relation, words: string, publicUrl: string])[] = [
  ['same-site', 'On the same site', 'https://count.example.org'],
  ['cross-site', 'From another site', 'https://counter.example.net'],
]

test('docs/tags.md has the tags of the table; SNAPSHOTS=write writes them', () => {
  const text = readFileSync(FILE, 'utf8')
  const [before = '', rest = ''] = text.split(START)
  const [, after = ''] = rest.split(END)
  const generated = `${before}${START}\n${Array.from(GENERATORS, section).join('\n')}\n${END}${after}`
  if (process.env['SNAPSHOTS'] === 'write') writeFileSync(FILE, generated)
  assert.equal(readFileSync(FILE, 'utf8'), generated)
})

test('docs/tags.md has every word of --with', () => {
  const text = readFileSync(FILE, 'utf8')
  assert.deepEqual(
    EXTRAS.filter((extra) => !text.includes(`\n| \`${extra}\` | `)),
    [],
  )
})

function section([name, generator]: readonly [string, Generator]): string {
  const forms = generator.foreign === true ? HOSTS.slice(1) : HOSTS
  return `## ${generator.title}\n\n\`--for ${name}\`\n${forms.map((form) => formOf(generator, form)).join('')}`
}

function formOf(generator: Generator, [relation, words, publicUrl]: (typeof HOSTS)[number]): string {
  const place = { publicUrl, site: 'blog.example.org', stems: STEMS }
  const wish = { place, relation, generator, visitors: false, extras: [] }
  const [piece] = adviseTag(wish).pieces
  assert(piece !== undefined)
  const { where, code, notes } = piece
  const target = `into ${where.replaceAll(/<[^>]+>/g, '`$&`')}`
  const known = notes.length === 0 ? '' : `\n${notes.join(' ')}\n`
  if (generator !== HTML && code === adviseTag({ ...wish, generator: HTML }).pieces[0]?.code)
    return `\n${words}: the tag of plain HTML, ${target}.\n${known}`
  const start = generator.foreign === true ? 'Into' : `${words}, into`
  return `\n${target.replace('into', start)}:\n\n\`\`\`text\n${code}\n\`\`\`\n${known}`
}
