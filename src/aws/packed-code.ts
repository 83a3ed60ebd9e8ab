import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'

/** Characters of a line: whoever opens the template shall be able to scroll past. */
const LINE_LENGTH = 120

/** What stands around the packed code. */
const [BEFORE, AFTER] = [
  `// Headcount's collector, packed so that it fits in here: "headcount aws template --code" prints it.
const { brotliDecompressSync } = require('node:zlib')
const { compileFunction } = require('node:vm')
const PACKED = \`
`,
  `
\`
const code = brotliDecompressSync(Buffer.from(PACKED, 'base64')).toString()
compileFunction(code, ['module', 'require'], { filename: 'headcount.js' })(module, require)
`,
] as const

/** A CommonJS file that is `code`, at some two fifths of its size: it unpacks itself where it is loaded. */
export function packCode(code: string): string {
  const packed = brotliCompressSync(code).toString('base64')
  return BEFORE + (packed.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? []).join('\n') + AFTER
}

/** The code that is packed in a file or a template; "" where there is none. */
export function unpackCode(text: string): string {
  const [, packed] = /\bPACKED = `([^`]*)`/.exec(text) ?? []
  return packed === undefined ? '' : brotliDecompressSync(Buffer.from(packed, 'base64')).toString()
}
