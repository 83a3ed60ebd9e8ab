import { parseArgs } from 'node:util'
import { AppError } from '../errors.ts'

/** One option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean'
  /** May be given more than once. */
  readonly multiple?: true
  /** What the value is called in help: `DIR`. */
  readonly value?: string
  readonly help: string
}

/** One line of the table of commands. */
export interface Command {
  readonly summary: string
  /** Names of the operands in order, those in brackets optional: `['[SITE]']`. */
  readonly operands: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  /** Loads what carries it out, so that a command pays only for what it uses. */
  readonly load: () => Promise<Run>
}

/** Carries a command out. @returns the exit code; nothing is 0 */
export type Run = (call: Call) => Promise<number | void>

/** What a person asked of a command. */
export class Call {
  readonly operands: readonly string[]
  readonly #values: Readonly<Record<string, unknown>>

  constructor(operands: readonly string[], values: Readonly<Record<string, unknown>>) {
    this.operands = operands
    this.#values = values
  }

  text(option: string): string | undefined {
    const value = this.#values[option]
    return typeof value === 'string' ? value : undefined
  }

  texts(option: string): readonly string[] {
    const value = this.#values[option]
    return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
  }

  has(option: string): boolean {
    return this.#values[option] === true
  }
}

/**
 * Reads the arguments behind a command's name.
 *
 * @throws {AppError} USAGE
 */
export function parseCall(name: string, command: Command, args: readonly string[]): Call {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, multiple }]) => [
      name,
      { type, multiple: multiple === true },
    ]),
  )
  const { values, positionals } = parseStrictly(name, [...args], options)
  const needed = command.operands.filter((operand) => !operand.startsWith('['))
  if (values['help'] === true) return new Call([], values)
  if (positionals.length < needed.length) throw misuse(name, `${needed.join(' ')} is missing`)
  const surplus = positionals[command.operands.length]
  if (surplus !== undefined) throw misuse(name, `"${surplus}" is one word too many`)
  return new Call(positionals, values)
}

/** The error of wrong use, which points to the command's help. */
export function misuse(name: string, what: string): AppError {
  return new AppError('USAGE', `Cannot run "${name}": ${what}; see "headcount ${name} --help"`)
}

type ParseOptions = Record<string, { type: 'string' | 'boolean'; multiple: boolean }>

function parseStrictly(name: string, args: string[], options: ParseOptions) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw misuse(name, error.message.split('. ')[0] ?? error.message)
  }
}
