import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPace } from '../../../src/aws/pull/pace.ts'
import type { PullSummary } from '../../../src/aws/pull/pull.ts'
import { createWatch } from '../../../src/main/commands/aws-pull.ts'

test('what was saved up is spent at once, and what goes beyond it at the pace', async () => {
  const pace = createPace(1_000)
  const startMs = performance.now()
  pace.spend(30_000)
  await pace.ready()
  assert(performance.now() - startMs < 100, 'units of half a minute are saved up')
  pace.spend(300)
  await pace.ready()
  assert(performance.now() - startMs >= 295, 'a unit takes a millisecond')
})

test('a wait for its turn ends with the signal', async () => {
  const pace = createPace(1)
  pace.spend(1_000)
  await assert.rejects(pace.ready(AbortSignal.timeout(10)), { name: 'AbortError' })
})

const DAY = 86_400_000

const LEFT: [days: number, paceSecondsLeft: number, shown: string][] = [
  [0, 0, 'Pulled 1,234 hits, up to 2026-11-01'],
  [5, 0, 'Pulled 1,234 hits, up to 2026-11-06; 10 s left'],
  [5, 70.5, 'Pulled 1,234 hits, up to 2026-11-06; 71 s left'],
  [10, 0, 'Pulled 1,234 hits, up to 2026-11-11'],
]

for (const [days, paceSecondsLeft, shown] of LEFT) {
  test(`after ${days} of 10 days in 10 s, and ${paceSecondsLeft} s by pace, a terminal shows "${shown}"`, () => {
    const written: string[] = []
    let nowMs = 0
    const watch = createWatch(
      (text) => written.push(text),
      () => nowMs,
    )
    const firstMs = Date.UTC(2026, 10, 1)
    const rest = { hits: 1_234, damaged: 0, units: 0, closedUntilMs: firstMs + 10 * DAY, paceSecondsLeft }
    const at = (done: number): PullSummary => ({ ...rest, wholeUntilMs: firstMs + done * DAY })
    watch(at(0))
    watch(at(1))
    nowMs = 10_000
    watch(at(days))
    assert.equal(written.length, 2)
    assert.equal(written[1], `\r\u001B[K${shown}`)
  })
}
