import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packCode } from '../src/aws/packed-code.ts'
import { bundleLambda } from './lambda-bundle.ts'
import { withCode } from './template-code.ts'

const file = join(import.meta.dirname, '..', 'deploy', 'template.yaml')
const { code } = await bundleLambda()
const template = withCode(await readFile(file, 'utf8'), packCode(code))
await writeFile(file, template)
process.stdout.write(`deploy/template.yaml ${Buffer.byteLength(template)} bytes\n`)
