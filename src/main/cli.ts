import { AppError, ERRORS } from '../errors.ts'
import { parseCall } from './command.ts'
import { findCommand, isGroup } from './commands.ts'
import { describeFailure } from './failure.ts'
import { renderCommandHelp, renderHelp } from './help.ts'
import { endWithReader, print, say } from './output.ts'
import { version } from './version.ts'

/** Runs the program, and says on stderr why it failed. @returns the exit code: 0 done, 1 failed, 2 wrong use */
export async function runCli(args: readonly string[]): Promise<number> {
  endWithReader()
  return await run(args).catch(exitCodeOf)
}

async function run(args: readonly string[]): Promise<number> {
  const [first, second] = args
  if (first === undefined) {
    say(renderHelp())
    return ERRORS.USAGE.exit
  }
  if (first === '--help' || first === 'help') return printed(renderHelp())
  if (first === '--version') return printed(`headcount ${version()}\n`)
  const named = findCommand(args)
  if (named === null) {
    if (isGroup(first) && second === '--help') return printed(renderHelp(first))
    throw noSuchCommand(first, second)
  }
  const { name, command, rest } = named
  const call = parseCall(name, command, rest)
  if (call.has('help')) return printed(renderCommandHelp(name, command))
  const run = await command.load()
  return (await run(call)) ?? 0
}

function noSuchCommand(first: string, second: string | undefined): AppError {
  const group = isGroup(first)
  const name = group && second !== undefined ? `${first} ${second}` : first
  const what = group && second === undefined ? 'it needs a second word' : 'there is no such command'
  return new AppError(
    'USAGE',
    `Cannot run "${name}": ${what}; see "headcount ${group ? `${first} ` : ''}--help"`,
  )
}

async function printed(text: string): Promise<number> {
  await print(text)
  return 0
}

/** The outermost shell: what somebody can act on is one message; anything else is a bug and shows its stack. */
function exitCodeOf(error: unknown): number {
  if (!(error instanceof AppError)) {
    say(describeFailure(error))
    return 1
  }
  say(`${error.message}\n(${error.code}, see docs/errors.md)`)
  return ERRORS[error.code].exit
}
