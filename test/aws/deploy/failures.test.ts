import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeRefusal } from '../../../src/aws/failures.ts'
import type { StackEvent } from '../../../src/aws/stack.ts'
import { describeFailedChange } from '../../../src/aws/stack-change.ts'

/** AWS's words, and what is made of them. */
const REFUSALS: [name: string, message: string, code: string, said: RegExp][] = [
  [
    'ExpiredToken',
    'The security token included in the request is expired',
    'AWS_CREDENTIALS',
    /has expired, or the clock/,
  ],
  [
    'SignatureDoesNotMatch',
    'Signature expired: 20261123T060000Z is now earlier than …',
    'AWS_CREDENTIALS',
    /clock/,
  ],
  [
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    'AWS_CREDENTIALS',
    /does not know the key/,
  ],
  [
    'UnrecognizedClientException',
    'The security token included in the request is invalid',
    'AWS_CREDENTIALS',
    /does not know/,
  ],
  [
    'AccessDenied',
    'User: arn:aws:iam::123456789012:user/x is not authorized to perform: cloudformation:CreateStack on resource: …',
    'AWS_DENIED',
    /denies the action "cloudformation:CreateStack"; .*docs\/aws\.md/,
  ],
  ['AccessDeniedException', '', 'AWS_DENIED', /denies access/],
  ['LimitExceededException', 'Limit for stack has been exceeded', 'AWS_LIMIT', /"Service Quotas"/],
  ['Throttling', 'Rate exceeded', 'AWS_LIMIT', /wait and try again/],
  ['AlreadyExistsException', 'Stack [x] already exists', 'AWS_NAME_TAKEN', /another name/],
  ['ECONNREFUSED', 'no answer from "x"', 'AWS_UNREACHABLE', /no answer from "x"; check the network/],
  ['TimeoutError', 'no answer from "x"', 'AWS_UNREACHABLE', /check the network/],
  [
    'ValidationError',
    'Template format error: Unrecognized resource types: [AWS::Lambda::Url]',
    'AWS_REGION',
    /--endpoint rest-api/,
  ],
  ['ValidationError', 'Template error: no', 'AWS_REFUSED', /AWS says ValidationError: "Template error: no"/],
]

for (const [name, message, code, said] of REFUSALS) {
  test(`a refusal with ${name} (${message.slice(0, 20)}) is ${code} and says what to do`, () => {
    const error = describeRefusal({ name, message }, 'do this')
    assert.equal(error.code, code)
    assert.match(error.message, /^Cannot do this: /)
    assert.match(error.message, said)
  })
}

/** Why a part of a stack failed, and what is made of it. */
const FAILED: [reason: string, code: string, said: RegExp][] = [
  [
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
    'AWS_LIMIT',
    /leave out --reserved-concurrency/,
  ],
  ['headcount-hits already exists in stack arn:aws:…', 'AWS_NAME_TAKEN', /another name/],
  ['User: x is not authorized to perform: iam:CreateRole on resource: …', 'AWS_DENIED', /"iam:CreateRole"/],
  ['The maximum number of functions: quota reached', 'AWS_LIMIT', /Service Quotas/],
  ['Something else', 'AWS_STACK_FAILED', /"Role" failed: "Something else"; AWS has undone the change/],
]

function anEvent(part: string, status: string, reason: string): StackEvent {
  return { id: part + status, timeMs: 0, part, type: 'AWS::IAM::Role', status, reason }
}

for (const [reason, code, said] of FAILED) {
  test(`a stack that failed because of "${reason.slice(0, 40)}" is ${code}`, () => {
    const events = [
      anEvent('x', 'CREATE_IN_PROGRESS', 'User Initiated'),
      anEvent('Log', 'CREATE_FAILED', 'Resource creation cancelled'),
      anEvent('Role', 'CREATE_FAILED', reason),
      anEvent('Late', 'CREATE_FAILED', 'follows from the first'),
      anEvent('x', 'ROLLBACK_COMPLETE', ''),
    ]
    const error = describeFailedChange({ name: 'x', status: 'ROLLBACK_COMPLETE' }, events)
    assert.equal(error.code, code)
    assert.match(error.message, said)
  })
}
