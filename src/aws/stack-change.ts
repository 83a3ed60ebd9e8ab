import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { AwsError } from '../log/dynamodb/aws-error.ts'
import type { AwsClient } from './client.ts'
import { describeRefusal } from './failures.ts'
import type { Stack, StackEvent } from './stack.ts'
import { findStack, readEvents } from './stack.ts'

/** What a stack shall be. */
export interface StackWish {
  readonly name: string
  readonly template: string
  /** By name; one that is not named has the template's default. */
  readonly parameters: ReadonlyMap<string, string>
}

/** Told of each thing that CloudFormation reports. */
export type Watch = (event: StackEvent) => void

/**
 * Makes a stack and waits until it stands. A try that fails leaves nothing behind.
 *
 * @throws {AppError} AWS_STACK_FAILED, or why the part that failed first did
 */
export async function createStack(aws: AwsClient, wish: StackWish, watch: Watch): Promise<Stack> {
  const answer = await aws.call('cloudformation', 'CreateStack', {
    ...wishParameters(wish, new Map()),
    // Applies to the table too, which is otherwise kept: it is empty, and would be in the way of the next try.
    RetainExceptOnCreate: 'true',
  })
  const id = answer.find('StackId')?.ownText ?? wish.name
  return await settled(aws, { id, before: new Set() }, watch)
}

/**
 * Changes a stack and waits until the change is done.
 *
 * @returns the stack, and whether there was anything to change
 * @throws {AppError} AWS_STACK_FAILED, or why the part that failed first did
 */
export async function updateStack(
  aws: AwsClient,
  { stack, ...wish }: StackWish & { readonly stack: Stack },
  watch: Watch,
): Promise<{ stack: Stack; changed: boolean }> {
  const before = new Set((await readEvents(aws, stack.id)).map(({ id }) => id))
  try {
    await aws.call('cloudformation', 'UpdateStack', wishParameters(wish, stack.parameters))
  } catch (error) {
    if (error instanceof AwsError && /No updates are to be performed/.test(error.message))
      return { stack, changed: false }
    throw error
  }
  return { stack: await settled(aws, { id: stack.id, before }, watch), changed: true }
}

/** Deletes a stack and waits until it is gone; its table stays, as the template says. */
export async function deleteStack(aws: AwsClient, stack: Stack, watch: Watch): Promise<void> {
  const before = new Set((await readEvents(aws, stack.id)).map(({ id }) => id))
  await aws.call('cloudformation', 'DeleteStack', {
    StackName: stack.id,
    ClientRequestToken: randomUUID(),
  })
  await settled(aws, { id: stack.id, before }, watch)
}

function wishParameters(
  { name, template, parameters }: StackWish,
  before: ReadonlyMap<string, string>,
): Record<string, string> {
  // An older stack may have parameters that this template has no more.
  const declared = [...parameters].filter(([key]) => new RegExp(`^  ${key}:$`, 'm').test(template))
  return {
    StackName: name,
    // A call that is sent twice, because its answer was lost, is one.
    ClientRequestToken: randomUUID(),
    TemplateBody: template,
    'Capabilities.member.1': 'CAPABILITY_IAM',
    ...Object.fromEntries(
      declared.flatMap(([key, value], index) => [
        [`Parameters.member.${index + 1}.ParameterKey`, key],
        before.get(key) === value
          ? [`Parameters.member.${index + 1}.UsePreviousValue`, 'true']
          : [`Parameters.member.${index + 1}.ParameterValue`, value],
      ]),
    ),
  }
}

const PAUSE_MS = { first: 250, longest: 3_000 }
/** CloudFront takes a quarter of an hour on a bad day; all else is a minute. */
const CHANGE_WITHIN_MS = 45 * 60_000

interface Change {
  readonly id: string
  /** Ids of events of earlier changes. */
  readonly before: ReadonlySet<string>
}

/** Follows the events of a change to its end. */
async function settled(aws: AwsClient, { id, before }: Change, watch: Watch): Promise<Stack> {
  const seen = new Map<string, StackEvent>()
  const endMs = Date.now() + CHANGE_WITHIN_MS
  for (
    let pauseMs = PAUSE_MS.first;
    Date.now() < endMs;
    pauseMs = Math.min(pauseMs * 1.5, PAUSE_MS.longest)
  ) {
    const stack = await findStack(aws, id)
    if (stack === null) throw new AppError('AWS_STACK_MISSING', `Cannot follow the stack "${id}": it is gone`)
    for (const event of await readEvents(aws, id)) {
      if (before.has(event.id) || seen.has(event.id)) continue
      seen.set(event.id, event)
      watch(event)
    }
    if (!stack.status.endsWith('_IN_PROGRESS')) return ended(stack, [...seen.values()])
    await sleep(pauseMs)
  }
  const what = `it is still being changed after ${CHANGE_WITHIN_MS / 60_000} minutes; look at it in the CloudFormation console`
  throw new AppError('AWS_STACK_FAILED', `Cannot wait for the stack "${id}" any longer: ${what}`)
}

const GOOD = /^(?:CREATE|UPDATE|DELETE|IMPORT)_COMPLETE$/

/** @throws {AppError} where the change was undone */
function ended(stack: Stack, events: readonly StackEvent[]): Stack {
  if (GOOD.test(stack.status)) return stack
  throw describeFailedChange(stack, events)
}

/** The sentence about a change that failed: the first part that did, AWS's reason, the remedy. */
export function describeFailedChange(
  { name, status }: Pick<Stack, 'name' | 'status'>,
  events: readonly StackEvent[],
): AppError {
  const first = events.find(
    ({ status, reason }) => status.endsWith('_FAILED') && !/cancelled|^The following resource/i.test(reason),
  )
  const reason = first === undefined ? status : first.reason
  const told = describeRefusal(
    { name: '', message: reason },
    `change the stack "${name}" (${first?.part ?? name})`,
  )
  if (told.code !== 'AWS_REFUSED') return told
  const what = `${first === undefined ? '' : `"${first.part}" failed: `}"${reason}"`
  const remedy = 'AWS has undone the change; put the reason right, then deploy again'
  return new AppError('AWS_STACK_FAILED', `Cannot change the stack "${name}": ${what}; ${remedy}`)
}
