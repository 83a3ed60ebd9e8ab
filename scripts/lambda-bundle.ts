import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { build } from 'esbuild'
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
 * Bundles src/aws/lambda.ts into one file that can be read: each source under its name, everything called as it is there;
 * only types and comments are gone, and limits stand in the places of their names.
 */
export async function bundleLambda(): Promise<LambdaBundle> {
  const { outputFiles } = await build({
    entryPoints: ['src/aws/lambda.ts'],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    plugins: [limitsInPlace],
  })
  const code = outputFiles[0]?.text ?? ''
  // The earliest time that a zip can tell.
  const zip = zipSync({ 'index.js': new TextEncoder().encode(code) }, { mtime: new Date(1980, 0, 1), os: 3 })
  return { code, zip }
}

/** Of all limits the function needs a few, and no other shall make it another function. */
const limitsInPlace: Plugin = {
  name: 'limits in place',
  setup: (build) => {
    const numbers = new Map<string, number>(Object.entries(LIMITS))
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text.replace(/\bLIMITS\.(\w+)/g, (all, name: string) =>
        String(numbers.get(name) ?? all),
      )
      return { contents, loader: 'ts' }
    })
  },
}
