import { AppError, ERRORS } from '../errors.ts'
import { parseCall } from './command.ts'
import { COMMANDS } from './commands.ts'
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
  const [name, ...rest] = args
  if (name === undefined) {
    say(renderHelp())
    return ERRORS.USAGE.exit
  }
  if (name === '--help' || name === 'help') return printed(renderHelp())
  if (name === '--version') return printed(`headcount ${version()}\n`)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined)
    throw new AppError('USAGE', `Cannot run "${name}": there is no such command; see "headcount --help"`)
  const call = parseCall(name, command, rest)
  if (call.has('help')) return printed(renderCommandHelp(name, command))
  const run = await command.load()
  return (await run(call)) ?? 0
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
