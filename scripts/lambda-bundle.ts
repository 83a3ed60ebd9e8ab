import { join } from 'node:path'
import { build } from 'esbuild'
import { zipSync } from 'fflate'

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
 * only types and comments are gone.
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
  })
  const code = outputFiles[0]?.text ?? ''
  // The earliest time that a zip can tell.
  const zip = zipSync({ 'index.js': new TextEncoder().encode(code) }, { mtime: new Date(1980, 0, 1), os: 3 })
  return { code, zip }
}
