import { REPORT_COLUMNS } from '../row.ts'
import type { Call } from './command.ts'
import { misuse } from './command.ts'

/** The filters of `--where`, as parameters of an address: `['country', 'PL']`, `['country!', 'PL']`. */
export function wherePairs(command: string, call: Call): readonly (readonly [name: string, value: string])[] {
  return call.texts('where').map((filter) => {
    const [, name, value = ''] = /^(\w+!?)=(.*)$/s.exec(filter) ?? []
    if (name === undefined) throw misuse(command, `--where is "${filter}", expected COLUMN=VALUE`)
    if (!REPORT_COLUMNS.some((column) => column === name.replace('!', '')))
      throw misuse(command, `--where has "${name}", expected a column: ${REPORT_COLUMNS.join(', ')}`)
    return [name, value]
  })
}
