import type { Answer } from './answer.ts'
import { AwsError } from '../log/dynamodb/aws-error.ts'
import type { AwsClient } from './client.ts'

/** A stack of CloudFormation as it stands. */
export interface Stack {
  readonly name: string
  /** Names one life of the stack; still answers for it when the stack is gone. */
  readonly id: string
  /** CloudFormation's word: `CREATE_COMPLETE`. */
  readonly status: string
  readonly createdMs: number
  readonly outputs: ReadonlyMap<string, string>
  readonly parameters: ReadonlyMap<string, string>
}

/** The stack of that name or id; null where there is none. */
export async function findStack(aws: AwsClient, name: string): Promise<Stack | null> {
  try {
    const answer = await aws.call('cloudformation', 'DescribeStacks', { StackName: name })
    const stack = answer.find('DescribeStacksResult')?.members('Stacks')[0]
    return stack === undefined ? null : parseStack(stack)
  } catch (error) {
    if (error instanceof AwsError && /does not exist/.test(error.message)) return null
    throw error
  }
}

function parseStack(stack: Answer): Stack {
  const pairs = (list: string, key: string, value: string) =>
    new Map(stack.members(list).map((member) => [member.text(key) ?? '', member.text(value) ?? '']))
  return {
    name: stack.text('StackName') ?? '',
    id: stack.text('StackId') ?? '',
    status: stack.text('StackStatus') ?? '',
    createdMs: Date.parse(stack.text('CreationTime') ?? ''),
    outputs: pairs('Outputs', 'OutputKey', 'OutputValue'),
    parameters: pairs('Parameters', 'ParameterKey', 'ParameterValue'),
  }
}

/** Something that happened to a part of a stack. */
export interface StackEvent {
  readonly id: string
  readonly timeMs: number
  /** The part's name in the template; of the stack itself its own name. */
  readonly part: string
  /** `AWS::Lambda::Function`. */
  readonly type: string
  readonly status: string
  /** AWS's words where something failed; "" otherwise. */
  readonly reason: string
}

/** The newest events of a stack (AWS gives up to 100), oldest first. */
export async function readEvents(aws: AwsClient, stackId: string): Promise<readonly StackEvent[]> {
  const answer = await aws.call('cloudformation', 'DescribeStackEvents', { StackName: stackId })
  const events = answer.find('DescribeStackEventsResult')?.members('StackEvents') ?? []
  return events.map(parseEvent).reverse()
}

function parseEvent(event: Answer): StackEvent {
  return {
    id: event.text('EventId') ?? '',
    timeMs: Date.parse(event.text('Timestamp') ?? ''),
    part: event.text('LogicalResourceId') ?? '',
    type: event.text('ResourceType') ?? '',
    status: event.text('ResourceStatus') ?? '',
    reason: event.text('ResourceStatusReason') ?? '',
  }
}
