import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planDeploy } from '../../../src/aws/stack-plan.ts'

/** Status of the stack (- : none), whether its table is there, what it adopted before; then change and adopted table. */
const PLANS: [status: string, table: boolean, adopted: string, plan: string][] = [
  ['-', false, '', 'create -'],
  ['-', true, '', 'create hc-hits'],
  ['CREATE_COMPLETE', true, '', 'update -'],
  ['UPDATE_COMPLETE', true, 'hc-hits', 'update hc-hits'],
  ['UPDATE_ROLLBACK_COMPLETE', true, '', 'update -'],
  ['ROLLBACK_COMPLETE', false, '', 'remake -'],
  ['ROLLBACK_COMPLETE', true, '', 'remake hc-hits'],
  ['REVIEW_IN_PROGRESS', false, '', 'remake -'],
  ['DELETE_FAILED', true, '', 'remake hc-hits'],
]

function aStack(status: string, adopted: string) {
  if (status === '-') return null
  const parameters = new Map([['ExistingTable', adopted]])
  return { name: 'hc', id: 'hc', status, createdMs: 0, outputs: new Map(), parameters }
}

for (const [status, table, adopted, expected] of PLANS) {
  test(`planDeploy() of ${status}, table ${table ? 'there' : 'not there'}: ${expected}`, () => {
    const { change, adopts } = planDeploy('hc', aStack(status, adopted), table)
    assert.equal(`${change} ${adopts ?? '-'}`, expected)
  })
}

for (const [status, remedy] of [
  ['UPDATE_IN_PROGRESS', /being changed/],
  ['DELETE_IN_PROGRESS', /being changed/],
  ['UPDATE_ROLLBACK_FAILED', /Continue update rollback/],
] as const) {
  test(`planDeploy() refuses ${status}`, () => {
    const plan = () => planDeploy('hc', aStack(status, ''), true)
    assert.throws(plan, { code: 'AWS_STACK_FAILED', message: remedy })
  })
}
