import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleLambda } from './lambda-bundle.ts'

const folder = join(import.meta.dirname, '..', 'dist-lambda')
const { code, zip } = await bundleLambda()
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'index.js'), code)
await writeFile(join(folder, 'headcount-lambda.zip'), zip)
process.stdout.write(
  `dist-lambda/index.js ${Buffer.byteLength(code)} bytes, headcount-lambda.zip ${zip.byteLength} bytes\n`,
)
