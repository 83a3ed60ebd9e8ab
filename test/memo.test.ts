import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoised, memoisedBy } from '../src/memo.ts'

test('memoised() computes once for a key, null results included', () => {
  const computed: string[] = []
  const of = memoised((key) => (computed.push(key), null), 10)
  assert.deepEqual([of('a'), of('b'), of('a')], [null, null, null])
  assert.deepEqual(computed, ['a', 'b'])
})

test('memoised() forgets all at its bound', () => {
  const computed: string[] = []
  const of = memoised((key) => computed.push(key), 2)
  for (const key of ['a', 'b', 'c', 'c', 'a']) of(key)
  assert.deepEqual(computed, ['a', 'b', 'c', 'a'])
})

test('memoisedBy() asks by key alone', () => {
  const of = memoisedBy(
    (input: { id: number }) => String(input.id),
    (input) => input,
    10,
  )
  const first = { id: 1 }
  assert.equal(of(first), first)
  assert.equal(of({ id: 1 }), first)
})
