/** The literal block of the template that holds the function, and the indentation of its lines. */
const BLOCK = /^( +)ZipFile: \|\n((?:\1 .*)?\n)*/m

/** CloudFormation takes a template of so many bytes without a bucket. */
export const TEMPLATE_BYTES_MAX = 51_200

/** The template with the function's code in it, as text that can be read. */
export function withCode(template: string, code: string): string {
  if (!BLOCK.test(template)) throw new Error('Cannot find ZipFile in the template')
  return template.replace(BLOCK, (_, indent: string) => {
    const lines = code.trimEnd().split('\n')
    return `${indent}ZipFile: |\n${lines.map((line) => (line === '' ? '\n' : `${indent} ${line}\n`)).join('')}`
  })
}

/** The code that is in a template. */
export function codeOf(template: string): string {
  const [block = '', indent = ''] = BLOCK.exec(template) ?? []
  return block
    .split('\n')
    .slice(1)
    .map((line) => line.slice(indent.length + 1))
    .join('\n')
    .trimEnd()
}
