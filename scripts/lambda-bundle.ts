import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { build, transform } from 'esbuild'
import { zipSync } from 'fflate'
import { LIMITS } from '../src/limits.ts'

const ROOT = join(import.meta.dirname, '..')

/** The Lambda function, ready to deploy. The same sources give the same bytes. */
export interface LambdaBundle {
  /** Text of index.js: CommonJS. */
  readonly code: string
  /** index.js at its root. */
  readonly zip: Uint8Array
}

/**
 * Bundles src/aws/lambda.ts into one file that fits into a template and can be read: a line for each source file, which
 * begins with its name. Everything is called as it is in the sources; only types, comments and spaces are gone.
 */
export async function bundleLambda(): Promise<LambdaBundle> {
  const bundle = await bundleModules()
  const modules = bundle.split(/^(?=\/\/ \S+\n)/m)
  const code = (await Promise.all(modules.map(withoutSpaces))).join('')
  // The earliest time that a zip can tell.
  const zip = zipSync({ 'index.js': new TextEncoder().encode(code) }, { mtime: new Date(1980, 0, 1), os: 3 })
  return { code, zip }
}

async function bundleModules(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['src/aws/lambda.ts'],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    pure: ['Object.entries', 'Array.from'],
    plugins: [lighter],
  })
  return toCommonJs(outputFiles[0]?.text ?? '')
}

/** What esbuild does itself, but without its helpers and with the names of what is imported. */
function toCommonJs(text: string): string {
  return text
    .replace(/^import \{(.*)\} from (".*");$/gm, (_, names: string, from: string) => {
      return `const {${names.replaceAll(' as ', ': ')}} = require(${from});`
    })
    .replace(/^export \{\s*(\w+)\s*\};$/m, 'exports.$1 = $1;')
}

/** What documents read in tables of the sources, a line each. */
const FOR_PEOPLE = /^ +(?:condition|decides): .*,$/gm

/** Maps and sets that are made where the file is loaded: whatever nobody reads of them may go, too. */
const TABLE = /^(?:export )?const .*= (?=new (?:Map|Set)\()/gm

/**
 * Leaves out what only people and other programs read, and puts limits in the places of their names: of all of them
 * the function needs only a few.
 */
const lighter: Plugin = {
  name: 'lighter',
  setup: (build) => {
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const numbers = new Map<string, number>(Object.entries(LIMITS))
      const contents = text
        .replace(FOR_PEOPLE, '')
        .replace(TABLE, '$&/* @__PURE__ */ ')
        .replace(/\bLIMITS\.(\w+)/g, (all, name: string) => String(numbers.get(name) ?? all))
      return { contents, loader: 'ts' }
    })
  },
}

async function withoutSpaces(module: string): Promise<string> {
  const [, name = '', text = ''] =
    /^(?:\/\/ (?:src|node_modules)\/(\S+)\.m?[jt]s\n)?([^]*)$/.exec(module) ?? []
  const options = {
    minifyWhitespace: true,
    charset: 'utf8',
    target: 'node24',
  } as const
  const { code } = await transform(text, { ...options, treeShaking: false })
  return (name === '' ? '' : `/*${name}*/`) + code
}
