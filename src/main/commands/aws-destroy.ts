import { AppError } from '../../errors.ts'
import type { Home } from '../../aws/home.ts'
import { findTable, openHome, parseStackName, requireStack } from '../../aws/home.ts'
import { doing } from '../../aws/failures.ts'
import { refuseBusy } from '../../aws/stack-plan.ts'
import { deleteStack } from '../../aws/stack-change.ts'
import type { Call } from '../command.ts'
import { confirm } from '../confirm.ts'
import { say } from '../output.ts'
import { progressLine } from '../render-aws.ts'

/** `aws destroy [STACK]`: removes all but the table, or that too. @returns 1 when the person says no */
export async function runAwsDestroy(call: Call): Promise<number> {
  const name = parseStackName(call.operands[0])
  const home = await openHome({ profile: call.text('profile'), region: call.text('region') })
  const stack = await requireStack(home, name)
  refuseBusy(stack, 'destroy')
  const table = stack.outputs.get('Table')
  const removesTable = call.has('table') && table !== undefined
  const fate = removesTable
    ? 'and the table with all its hits, for good'
    : `the table "${table ?? '?'}" stays`
  say(`Removes the stack "${name}" of account ${home.account} in ${home.aws.identity.region}; ${fate}.`)
  say('Its address is gone then: a later deploy has another, and pages need a new tag.')
  if (!(await confirm(call, 'aws destroy', 'Remove it?'))) return 1
  await doing(`remove the stack "${name}"`, async () => {
    await deleteStack(home.aws, stack, (event) => {
      const line = progressLine(event)
      if (line !== null) say(line)
    })
  })
  if (removesTable) await removeTable(home, table)
  else if (table !== undefined) say(kept(name, table))
  return 0
}

function kept(name: string, table: string): string {
  return `The stack is gone. "headcount aws pull table/${table}" still reads the table, and "headcount aws deploy ${name}" goes on with it.`
}

async function removeTable(home: Home, table: string): Promise<void> {
  await doing(`remove the table "${table}"`, async () => {
    if ((await findTable(home, table)) !== null) await home.db.call('DeleteTable', { TableName: table })
  })
  await gone(home, table)
  say(`The stack and the table "${table}" are gone.`)
}

const GONE_WITHIN_MS = 120_000
const PAUSE_MS = 500

async function gone(home: Home, table: string): Promise<void> {
  const endMs = Date.now() + GONE_WITHIN_MS
  while ((await findTable(home, table)) !== null) {
    if (Date.now() > endMs)
      throw new AppError(
        'AWS_REFUSED',
        `Cannot wait for the table "${table}" to go any longer: look at it in the DynamoDB console`,
      )
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
