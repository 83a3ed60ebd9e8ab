import { createInterface } from 'node:readline/promises'
import type { Call } from './command.ts'
import { misuse } from './command.ts'

/**
 * Asks a person on the terminal, unless `--yes` was said.
 *
 * @returns whether to go on
 * @throws {AppError} USAGE where there is no terminal to ask on
 */
export async function confirm(call: Call, name: string, question: string): Promise<boolean> {
  if (call.has('yes')) return true
  if (!process.stdin.isTTY) throw misuse(name, 'there is no terminal to ask on; say --yes')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  terminal.on('SIGINT', () => process.exit(1))
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}
