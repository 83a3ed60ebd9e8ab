import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseCall } from '../src/main/command.ts'
import { COMMANDS, findCommand } from '../src/main/commands.ts'
import { ERRORS } from '../src/errors.ts'
import { LIMITS } from '../src/limits.ts'
import { COLUMNS } from '../src/row.ts'
import { ANNOTATION_SETTINGS, SETTINGS, SITE_SETTINGS, STEM_SETTINGS } from '../src/settings.ts'
import { VERDICTS } from '../src/verdict.ts'
import { createAccess } from '../src/web/access.ts'
import { createApi } from '../src/web/api/api.ts'
import { createApp } from '../src/web/app.ts'
import { linksUnder } from '../src/web/links.ts'
import { SiteList } from '../src/web/site-list.ts'
import { sampleDeps } from './web/sample.ts'

const ROOT = join(import.meta.dirname, '..')

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

function headings(file: string): string[] {
  return [...read(file).matchAll(/^#{2,3} (.+)$/gm)].map((match) => (match[1] ?? '').replaceAll('`', ''))
}

const keys = Object.values({ ...SETTINGS, ...STEM_SETTINGS }).map(({ key }) => key)
const annotationKeys = Object.values(ANNOTATION_SETTINGS).map(({ key }) => `annotation.${key}`)
const siteKeys = Object.values(SITE_SETTINGS).map(({ key }) => `site.${key}`)

test('docs/settings.md has every setting, in order', () => {
  assert.deepEqual(headings('docs/settings.md'), [
    ...keys,
    'site',
    ...siteKeys,
    'annotation',
    ...annotationKeys,
  ])
})

test('docs/errors.md has every error with its exit code, in order', () => {
  assert.deepEqual(headings('docs/errors.md'), Object.keys(ERRORS))
  for (const [code, { exit }] of Object.entries(ERRORS)) {
    assert.match(read('docs/errors.md'), new RegExp(`^## ${code}\n\nExit code ${exit}\\b`, 'm'))
  }
})

test('docs/limits.md has every limit, in order', () => {
  assert.deepEqual(headings('docs/limits.md'), Object.keys(LIMITS))
})

test('docs/columns.md has every column', () => {
  const found = new Set(headings('docs/columns.md'))
  assert.deepEqual(
    COLUMNS.map(({ name }) => name).filter((name) => !found.has(name)),
    [],
  )
})

test('docs/verdicts.md names every verdict', () => {
  const text = read('docs/verdicts.md')
  assert.deepEqual(
    VERDICTS.filter((verdict) => !text.includes(`\`${verdict}\``)),
    [],
  )
})

test('docs/http.md has every route', () => {
  const deps = sampleDeps()
  const links = linksUnder('', '')
  const { guard } = createAccess(deps, links)
  const api = createApi({ deps, links, guard, siteList: new SiteList(deps) })
  const routes = [...createApp(deps).routes, ...api.routes].filter(({ method }) => method !== 'ALL')
  const paths = new Set(routes.map(({ path }) => path))
  assert.deepEqual(headings('docs/http.md').slice(1).sort(), [...paths].sort())
})

test('docs/cli.md has every command, in order, with its options', () => {
  const sections = new Map(
    read('docs/cli.md')
      .split(/^## /m)
      .map((section) => [section.split('\n')[0] ?? '', section]),
  )
  assert.deepEqual([...sections.keys()].slice(1, -1), Object.keys(COMMANDS))
  for (const [name, { options }] of Object.entries(COMMANDS)) {
    const own = Object.entries(options).filter(([option]) => !['data', 'config', 'help'].includes(option))
    const listed = [...(sections.get(name) ?? '').matchAll(/^- `(--[^`]+)`/gm)].map((match) => match[1])
    assert.deepEqual(
      listed,
      own.map(([option, { value }]) => `--${option}${value === undefined ? '' : ` ${value}`}`),
      name,
    )
  }
})

/** Of lists, too, where it is indented. */
const SHELL = /^ *```sh\n([\s\S]*?)^ *```/gm

for (const file of ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })]) {
  const lines = [...read(file).matchAll(SHELL)].flatMap((match) => (match[1] ?? '').trim().split(/\n */))
  for (const line of lines) {
    test(`${file}: "${line}" can be run`, () => checkLine(line))
  }
}

/** An npm script of this package; a command of ours with options that it has. */
function checkLine(line: string): void {
  const [program, ...words] = line.replace(/ +#.*$/, '').split(' ')
  if (program !== 'npm') return
  const scripts: Readonly<Record<string, string>> = JSON.parse(read('package.json')).scripts
  const script = words.find((word) => word !== 'run' && !word.startsWith('-')) ?? ''
  assert(['ci', 'install', 'pack'].includes(script) || script in scripts, `no script "${script}"`)
  if (script !== 'headcount') return
  const named = findCommand(words.slice(words.indexOf('--') + 1))
  assert(named !== null, `no such command: ${line}`)
  parseCall(named.name, named.command, named.rest)
}

const PAGES = [...globSync('*.md', { cwd: ROOT }), ...globSync('docs/**/*.md', { cwd: ROOT })]

/** Links of a page to files of ours, as paths from the root, with what stands behind "#". */
function linksOf(page: string): { readonly file: string; readonly anchor: string }[] {
  return [...read(page).matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)].map(([, path = '', anchor = '']) => {
    return { file: path === '' ? page : join(page, '..', path), anchor }
  })
}

/** What GitHub calls the headings of a page in addresses. */
function anchorsOf(page: string): Set<string> {
  const words = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase())
  return new Set(words.map((heading) => heading.replaceAll(/[^\p{L}\d _-]/gu, '').replaceAll(' ', '-')))
}

for (const page of PAGES) {
  test(`every link of ${page} leads to a file, and to a heading of it`, () => {
    const wrong = linksOf(page).filter(({ file, anchor }) => {
      return !existsSync(join(ROOT, file)) || (anchor !== '' && !anchorsOf(file).has(anchor))
    })
    assert.deepEqual(wrong, [])
  })
}

test('the README leads to every page of docs/', () => {
  const linked = new Set(linksOf('README.md').map(({ file }) => file))
  assert.deepEqual(
    globSync('docs/*.md', { cwd: ROOT }).filter((page) => !linked.has(page)),
    [],
  )
})
