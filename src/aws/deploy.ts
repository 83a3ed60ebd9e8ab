import { AppError } from '../errors.ts'
import { doing } from './failures.ts'
import type { Home, TableState } from './home.ts'
import { findTable } from './home.ts'
import type { Stack } from './stack.ts'
import { findStack } from './stack.ts'
import type { StackWish, Watch } from './stack-change.ts'
import { createStack, deleteStack, updateStack } from './stack-change.ts'
import type { DeployPlan } from './stack-plan.ts'
import { planDeploy, tableOf } from './stack-plan.ts'

/** What a deploy found, and what it is going to do about it. */
export interface Prepared extends DeployPlan {
  /** As it stands; null where there is none. */
  readonly stack: Stack | null
  /** All parameters of the stack to be, as far as they are known here: the template has defaults for others. */
  readonly parameters: ReadonlyMap<string, string>
}

/** Looks at what is there and plans: changes nothing. */
export async function prepareDeploy(
  home: Home,
  name: string,
  wanted: ReadonlyMap<string, string>,
): Promise<Prepared> {
  const stack = await doing(`look at the stack "${name}"`, async () => await findStack(home.aws, name))
  const table = await doing(
    `look at the table "${tableOf(name)}"`,
    async () => await findTable(home, tableOf(name)),
  )
  const plan = planDeploy(name, stack, table !== null)
  if (plan.adopts !== null && table?.holdsHits === false)
    throw new AppError(
      'AWS_NAME_TAKEN',
      `Cannot make the stack "${name}": there is a table "${tableOf(name)}" that holds something else than hits; give the stack another name`,
    )
  const before = plan.change === 'update' ? (stack?.parameters ?? []) : []
  const parameters = new Map([...before, ...wanted, ['ExistingTable', plan.adopts ?? '']])
  if (plan.adopts !== null) refuseCapacity(wanted)
  if (plan.adopts !== null && table !== null)
    for (const [key, value] of capacityOf(table)) parameters.set(key, value)
  refuseHalfDomain(parameters)
  return { ...plan, stack, parameters }
}

const CAPACITY = ['BillingMode', 'WriteCapacity', 'ReadCapacity', 'MaxWriteRequestUnits']

/** The stack does not own a table that it adopted, so it cannot change it. */
function refuseCapacity(wanted: ReadonlyMap<string, string>): void {
  if (!CAPACITY.some((parameter) => wanted.has(parameter))) return
  const what = 'the table is that of an earlier stack, and its capacity stays as it is'
  throw new AppError('USAGE', `Cannot run "aws deploy": ${what}; change it in the DynamoDB console`)
}

/** An adopted table's own capacity, in the words of the parameters. */
function capacityOf({ capacity }: TableState): readonly (readonly [string, string])[] {
  if (capacity === null) return [['BillingMode', 'on-demand']]
  return [
    ['BillingMode', 'provisioned'],
    ['WriteCapacity', String(capacity.writeUnits)],
    ['ReadCapacity', String(capacity.readUnits)],
  ]
}

function refuseHalfDomain(parameters: ReadonlyMap<string, string>): void {
  if (parameters.get('Endpoint') !== 'cloudfront') return
  for (const [parameter, option] of [
    ['Domain', '--domain'],
    ['CertificateArn', '--certificate'],
  ] as const) {
    if ((parameters.get(parameter) ?? '') === '')
      throw new AppError('USAGE', `Cannot run "aws deploy": --endpoint cloudfront needs ${option}`)
  }
}

/** Carries a plan out and waits. @returns the stack as it stands then, and whether anything was changed */
export async function runDeploy(
  { aws }: Home,
  { change, stack, ...wish }: Prepared & Pick<StackWish, 'name' | 'template'>,
  watch: Watch,
): Promise<{ readonly stack: Stack; readonly changed: boolean }> {
  return await doing(`deploy the stack "${wish.name}"`, async () => {
    if (change === 'update' && stack !== null) return await updateStack(aws, { ...wish, stack }, watch)
    if (change === 'remake' && stack !== null) await deleteStack(aws, stack, watch)
    return { stack: await createStack(aws, wish, watch), changed: true }
  })
}
