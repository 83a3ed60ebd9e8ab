/** The literal block of the template that holds the function, and the indentation of its lines. */
const BLOCK = /^( +)ZipFile: \|\n((?:\1 .*)?\n)*/m

/** The template with `code` as its function's index.js. */
export function withCode(template: string, code: string): string {
  if (!BLOCK.test(template)) throw new Error('Cannot find ZipFile in the template')
  return template.replace(BLOCK, (_, indent: string) => {
    const lines = code.trimEnd().split('\n')
    return `${indent}ZipFile: |\n${lines.map((line) => `${indent}  ${line}\n`).join('')}`
  })
}
