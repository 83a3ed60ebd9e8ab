import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPulled } from '../../src/log/chunk.ts'
import { ledgerOf } from '../../src/report/figures.ts'

const VERDICTS = new Map([
  ['counted', 7],
  ['bot', 2],
  ['flood', 1],
])

test('a ledger adds up and names the verdicts that occurred', () => {
  assert.deepEqual(ledgerOf(VERDICTS, true), { received: 10, counted: 7, refused: { bot: 2, flood: 1 } })
})

test('where a collector tallies nothing, refusals at the door are not known, and never 0', () => {
  const { received, refused } = ledgerOf(VERDICTS, false)
  assert.equal(received, 10)
  assert.deepEqual(refused, { malformed: null, 'unknown-site': null, flood: 1, bot: 2 })
})

test('a chunk that a pull wrote is told by its writer', () => {
  assert.equal(isPulled('2026-11-23T06.a01.00003'), true)
  assert.equal(isPulled('2026-11-23T06.w01.00003'), false)
})
