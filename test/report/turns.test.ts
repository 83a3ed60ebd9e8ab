import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'node:test'
import { openTurns } from '../../src/report/turns.ts'

const late = (): Error => new Error('late')
/** More than any test here waits for. */
const PATIENT = { ms: 60_000, stop: () => undefined, late }

test('what is given runs one after the other, whatever fails', async () => {
  const inTurn = openTurns(PATIENT)
  const seen: string[] = []
  const run = async (name: string): Promise<string> => {
    seen.push(`${name} begins`)
    await wait(1)
    seen.push(`${name} ends`)
    if (name === 'b') throw new Error('b failed')
    return name
  }
  const [a, b, c] = await Promise.allSettled(['a', 'b', 'c'].map((name) => inTurn(() => run(name))))
  assert.deepEqual([a?.status, b?.status, c?.status], ['fulfilled', 'rejected', 'fulfilled'])
  assert.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('what takes too long is stopped, and what waited too long never begins', async () => {
  const stopped = Promise.withResolvers<string>()
  const inTurn = openTurns({ ms: 20, stop: () => stopped.reject(new Error('stopped')), late })
  let begun = false
  const long = inTurn(() => stopped.promise)
  const waiting = inTurn(async () => {
    begun = true
  })
  await assert.rejects(long, /late/)
  await assert.rejects(waiting, /late/)
  await assert.rejects(stopped.promise, /stopped/)
  await inTurn(async () => undefined)
  assert.equal(begun, false)
})
