import { AppError } from '../errors.ts'
import type { Stack } from './stack.ts'

/** What a deploy has to do. */
export interface DeployPlan {
  /** `remake`: what a failed first try left is removed before. */
  readonly change: 'create' | 'update' | 'remake'
  /** Name of a table that is there already and that the stack shall go on with; null: the stack has its own. */
  readonly adopts: string | null
}

/** Name of the table that a stack makes. */
export function tableOf(stackName: string): string {
  return `${stackName}-hits`
}

/** Where a first try failed and nothing but its traces is there. */
const FAILED = /^(?:ROLLBACK_(?:COMPLETE|FAILED)|CREATE_FAILED|REVIEW_IN_PROGRESS|DELETE_FAILED)$/

/**
 * Decides how a stack comes to be what the template says.
 *
 * @param stack as it stands; null where there is none
 * @param tableExists whether there is a table of the name that the stack would give it
 * @throws {AppError} AWS_STACK_FAILED where CloudFormation has to finish, or be helped, first
 */
export function planDeploy(name: string, stack: Stack | null, tableExists: boolean): DeployPlan {
  const adopts = tableExists ? tableOf(name) : null
  if (stack === null) return { change: 'create', adopts }
  if (FAILED.test(stack.status)) return { change: 'remake', adopts }
  refuseBusy(stack, 'deploy')
  const adopted = stack.parameters.get('ExistingTable') ?? ''
  return { change: 'update', adopts: adopted === '' ? null : adopted }
}

/** @throws {AppError} AWS_STACK_FAILED while something else is done to the stack, or it hangs between two states */
export function refuseBusy({ name, status }: Stack, verb: 'deploy' | 'destroy'): void {
  if (status.endsWith('_IN_PROGRESS'))
    throw new AppError(
      'AWS_STACK_FAILED',
      `Cannot ${verb} the stack "${name}": it is being changed (${status}); wait, then try again ("headcount aws status ${name}")`,
    )
  if (verb === 'deploy' && status === 'UPDATE_ROLLBACK_FAILED')
    throw new AppError(
      'AWS_STACK_FAILED',
      `Cannot ${verb} the stack "${name}": undoing an earlier change failed; choose "Continue update rollback" in the CloudFormation console, then try again`,
    )
}
