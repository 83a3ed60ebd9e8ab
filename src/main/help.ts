import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'

/** What `headcount --help` prints; with a group, the commands whose names begin with that word. */
export function renderHelp(group = ''): string {
  const rows = Object.entries(COMMANDS)
    .filter(([name]) => group === '' || name.startsWith(`${group} `))
    .map(([name, { summary }]): Row => [name, summary])
  return `Headcount counts visits without JavaScript, cookies or tracking.

Usage: headcount ${group === '' ? '' : `${group} `}COMMAND [OPTIONS]

Commands:
${columns(rows)}

Each has --help. --version prints the version.
Exit codes: 0 done, 1 failed, 2 wrong use.
`
}

/** What `headcount NAME --help` prints. */
export function renderCommandHelp(name: string, command: Command): string {
  const rows = Object.entries(command.options).map(([option, { value, help }]): Row => [
    `--${option}${value === undefined ? '' : ` ${value}`}`,
    help,
  ])
  const usage = ['headcount', name, ...command.operands, '[OPTIONS]'].join(' ')
  return `${command.summary}.

Usage: ${usage}

Options:
${columns(rows)}
`
}

type Row = readonly [left: string, right: string]

function columns(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
