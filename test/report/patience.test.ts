import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../../src/errors.ts'
import { openDuck } from '../../src/report/duck.ts'
import type { Question } from '../../src/report/report.ts'
import { openReporter } from '../../src/report/reporter.ts'
import { openTurns } from '../../src/report/turns.ts'
import { compact } from '../../src/segment/compaction.ts'
import { aHit } from '../a-hit.ts'
import { HOUR_MS, namedHits, NOON, openLibrary, writeChunk, writeOpenChunk } from '../segment/library.ts'

const QUESTION: Question = {
  site: 'blog.example.org',
  period: '7d',
  compare: 'previous',
  filters: [],
  by: ['path'],
  limit: 10,
}
const CHUNK = '2026-11-23T12.w01.00001'

function hasCode(code: string) {
  return (error: unknown): boolean => error instanceof AppError && error.code === code
}

test('a statement that runs too long is interrupted, and the next one is answered', async (t) => {
  const duck = await openDuck({ dir: openLibrary(t).segments, memoryMb: 256 })
  t.after(() => duck.close())
  const late = (): AppError => new AppError('QUESTION_TOO_LONG', 'late')
  const inTurn = openTurns({ ms: 200, stop: () => duck.interrupt(), late })
  const endless = 'SELECT max(a.range * b.range) FROM range(1000000) a, range(1000000) b'
  await assert.rejects(
    inTurn(() => duck.rows(endless)),
    hasCode('QUESTION_TOO_LONG'),
  )
  assert.deepEqual(await duck.rows('SELECT 1 AS one'), [{ one: 1 }])
})

test('a question that takes too long says so', async (t) => {
  const library = openLibrary(t)
  writeChunk(library, CHUNK, namedHits('a', 3))
  const reporter = await openReporter({ ...library, questionMs: 0 })
  await assert.rejects(reporter.ask(QUESTION), hasCode('QUESTION_TOO_LONG'))
})

test('a statement that needs too much memory says so', async (t) => {
  const duck = await openDuck({ dir: openLibrary(t).segments, memoryMb: 16 })
  t.after(() => duck.close())
  const large = 'SELECT list(range::VARCHAR || repeat(range::VARCHAR, 50)) FROM range(10000000)'
  await assert.rejects(duck.rows(large), hasCode('QUESTION_TOO_LARGE'))
})

test('a question is worked out once while no hit comes and the minute lasts', async (t) => {
  const library = openLibrary(t)
  const reporter = await openReporter(library)
  t.after(() => reporter.close())
  writeOpenChunk(library, CHUNK, namedHits('a', 3))
  const first = await reporter.ask(QUESTION)
  const past = { ...QUESTION, period: '2026-10' }
  const firstPast = await reporter.ask(past)
  assert.equal(await reporter.ask(QUESTION), first)
  assert.notEqual(await reporter.ask({ ...QUESTION, limit: 5 }), first)
  library.clockMs += 60_000
  assert.notEqual(await reporter.ask(QUESTION), first)
  assert.equal(await reporter.ask(past), firstPast)
  writeOpenChunk(library, CHUNK, namedHits('a', 4))
  assert.equal((await reporter.ask(QUESTION)).totals.pageViews, 4)
  assert.notEqual(await reporter.ask(past), firstPast)
})

test('now is the last sixty minutes, the running one last, by the site’s clock', async (t) => {
  const library = openLibrary(t, 'Asia/Kathmandu')
  library.clockMs = NOON + 30_000
  const at = (minutesAgo: number, path: string) => aHit({ timeMs: NOON - minutesAgo * 60_000, path })
  writeChunk(library, '2026-11-23T10.w01.00001', [at(60, '/too-early'), at(59, '/a'), at(59, '/b')])
  await compact(library)
  writeOpenChunk(library, CHUNK, [at(0, '/a'), aHit({ timeMs: NOON, kind: 'event', event: 'end' })])
  const reporter = await openReporter(library)
  t.after(() => reporter.close())
  const { minutes, pages, timezone } = await reporter.now('blog.example.org')
  assert.equal(timezone, 'Asia/Kathmandu')
  assert.equal(minutes.length, 60)
  assert.deepEqual(minutes[0], { time: '2026-11-23T16:46', pageViews: 2 })
  assert.deepEqual(minutes.at(-1), { time: '2026-11-23T17:45', pageViews: 1 })
  assert.equal(
    minutes.reduce((sum, { pageViews }) => sum + pageViews, 0),
    3,
  )
  assert.deepEqual(pages, [
    { value: '/a', pageViews: 2 },
    { value: '/b', pageViews: 1 },
  ])
  library.clockMs += HOUR_MS
  assert.deepEqual((await reporter.now('blog.example.org')).pages, [])
})
