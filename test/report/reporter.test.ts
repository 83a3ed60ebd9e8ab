import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { AppError } from '../../src/errors.ts'
import { openFileLog, openFileLogReader } from '../../src/log/file-log.ts'
import type { HotLogReader } from '../../src/log/hot-log.ts'
import { ChunkGone } from '../../src/log/hot-log.ts'
import { openDuck } from '../../src/report/duck.ts'
import type { Filter, Question } from '../../src/report/report.ts'
import type { Reporter, ReporterOptions } from '../../src/report/reporter.ts'
import { openReporter } from '../../src/report/reporter.ts'
import { literally } from '../../src/report/glob.ts'
import { text } from '../../src/report/sql.ts'
import { compact } from '../../src/segment/compaction.ts'
import { openSegmentStore } from '../../src/segment/store.ts'
import { aHit } from '../a-hit.ts'
import { DAY_MS, namedHits, NOON, openLibrary, writeChunk, writeOpenChunk } from '../segment/library.ts'

const QUESTION: Question = {
  site: 'blog.example.org',
  period: '7d',
  compare: 'none',
  filters: [],
  by: ['path'],
  limit: 10,
}

const CHUNK = '2026-11-23T12.w01.00001'

function where(column: Filter['column'], ...values: Filter['values']): Question {
  return { ...QUESTION, filters: [{ column, values, exclude: false }] }
}

async function aReporter(t: TestContext, options: ReporterOptions): Promise<Reporter> {
  const reporter = await openReporter(options)
  t.after(() => reporter.close())
  return reporter
}

async function viewsOf(reporter: Reporter, question = QUESTION): Promise<number | null> {
  return (await reporter.ask(question)).totals.pageViews
}

test('a hit is in the first report after its answer', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'headcount-report-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const now = (): number => NOON
  const log = await openFileLog({ dir: join(dir, 'log'), now })
  const reader = openFileLogReader(join(dir, 'log'))
  const store = openSegmentStore(join(dir, 'segments', 'v1'))
  const policy = { prerender: 'refuse' } as const
  const reporter = await aReporter(t, { log: reader, store, policy, zoneOf: () => 'UTC', now })
  for (let hits = 1; hits <= 5; hits++) {
    await log.append(aHit({ timeMs: NOON }))
    const { totals, fresh, read } = await reporter.ask(QUESTION)
    assert.equal(totals.pageViews, hits)
    assert.equal(fresh, new Date(NOON).toISOString())
    assert.deepEqual({ ...read, ms: 0 }, { segments: 0, tailHits: hits, rollups: false, ms: 0 })
  }
  await log.close()
})

test('of a chunk that was read only what came since is read', async (t) => {
  const library = openLibrary(t)
  const positions: number[] = []
  const log: HotLogReader = {
    chunks: () => library.log.chunks(),
    read(chunk, after = 0) {
      positions.push(after)
      return library.log.read(chunk, after)
    },
  }
  const reporter = await aReporter(t, { ...library, log })
  writeOpenChunk(library, CHUNK, namedHits('a', 3))
  assert.equal(await viewsOf(reporter), 3)
  const read = (await log.chunks())[0]?.bytes
  assert.equal(await viewsOf(reporter, where('path', '/a/0')), 1)
  writeOpenChunk(library, CHUNK, namedHits('a', 5))
  assert.equal(await viewsOf(reporter), 5)
  assert.deepEqual(positions, [0, read])
})

test('a chunk counts once before, while and after a segment takes its place', async (t) => {
  const library = openLibrary(t)
  const reporter = await aReporter(t, library)
  writeChunk(library, CHUNK, namedHits('a', 3))
  writeChunk(library, '2026-11-23T11.w01.00001', namedHits('b', 2))
  const asked = await Promise.all([reporter.ask(QUESTION), compact(library), reporter.ask(QUESTION)])
  assert.deepEqual([asked[0].totals.pageViews, asked[2].totals.pageViews], [5, 5])
  library.clockMs += DAY_MS
  await compact(library)
  const { totals, read } = await reporter.ask(QUESTION)
  assert.equal(totals.pageViews, 5)
  assert.deepEqual([read.segments, read.tailHits, read.rollups], [1, 0, true])
  for (const { name } of await library.log.chunks()) await library.log.remove(name)
  assert.equal(await viewsOf(reporter), 5)
  assert.equal(await viewsOf(reporter, where('path', '/a/0')), 1)
})

test('a chunk that was written anew with less is read anew', async (t) => {
  const library = openLibrary(t)
  const reporter = await aReporter(t, library)
  writeChunk(library, '2026-11-23T11.w01.00001', namedHits('a', 3))
  writeOpenChunk(library, CHUNK, namedHits('b', 30))
  assert.equal(await viewsOf(reporter), 33)
  writeOpenChunk(library, CHUNK, namedHits('b', 2))
  assert.equal(await viewsOf(reporter), 5)
})

for (const [what, filters] of [
  ['a roll-up', []],
  ['a segment', [{ column: 'path', values: ['/a/0'], exclude: true }]],
] as const) {
  test(`${what} that vanished after it was listed is looked for again, once`, async (t) => {
    const library = openLibrary(t)
    writeChunk(library, CHUNK, namedHits('a', 3))
    await compact(library)
    const stale = await library.store.list()
    library.clockMs += DAY_MS
    writeChunk(library, '2026-11-23T13.w01.00001', namedHits('b', 1))
    await compact(library)
    let lists = 0
    const store: ReporterOptions['store'] = {
      ...library.store,
      list: async () => (lists++ <= 2 ? stale : library.store.list()),
      async rollup(segment) {
        const found = await library.store.rollup(segment)
        if (lists === 3) await library.store.remove(segment.name)
        return found
      },
      pathOf(name) {
        if (lists === 3) rmSync(library.store.pathOf(name), { force: true })
        return library.store.pathOf(name)
      },
    }
    const reporter = await aReporter(t, { ...library, store })
    const question = { ...QUESTION, filters }
    assert.equal(await viewsOf(reporter, question), 4 - filters.length)
    assert.equal(lists, 4)
  })
}

test('a chunk that vanished after it was listed is looked for again, once', async (t) => {
  const library = openLibrary(t)
  writeChunk(library, CHUNK, namedHits('a', 3))
  let reads = 0
  const log: HotLogReader = {
    chunks: () => library.log.chunks(),
    async *read(chunk, after) {
      yield* library.log.read(chunk, after)
      if (reads++ === 0) throw new ChunkGone('gone')
    },
  }
  const reporter = await aReporter(t, { ...library, log })
  assert.equal(await viewsOf(reporter), 3)
  assert.equal(reads, 2)
})

test('a chunk whose reading failed midway is read again from its start', async (t) => {
  const library = openLibrary(t)
  const hits = namedHits('a', 3)
  let fails = true
  const failing = {
    ...aHit({ timeMs: NOON }),
    get kind(): 'view' {
      if (fails) throw new Error('failed midway')
      return 'view'
    },
  }
  const log: HotLogReader = {
    chunks: async () => [{ name: CHUNK, closed: false, bytes: 400 }],
    async *read() {
      yield { hits: [...hits, failing], position: 400, damaged: 0 }
    },
  }
  const reporter = await aReporter(t, { ...library, log })
  await assert.rejects(reporter.ask(QUESTION), /failed midway/)
  fails = false
  assert.equal(await viewsOf(reporter), 4)
})

test('equal questions that wait together are asked once, and one that fails holds up no other', async (t) => {
  const library = openLibrary(t)
  writeChunk(library, CHUNK, namedHits('a', 3))
  let reads = 0
  const chunks = { chunks: () => library.log.chunks() }
  const read: HotLogReader['read'] = (chunk, after) => {
    reads++
    return library.log.read(chunk, after)
  }
  const reporter = await aReporter(t, { ...library, log: { ...chunks, read } })
  const wrong = reporter.ask({ ...QUESTION, period: 'never' })
  const same = Array.from({ length: 5 }, () => reporter.ask(QUESTION))
  await assert.rejects(wrong, (error) => error instanceof AppError && error.code === 'PERIOD_INVALID')
  const reports = await Promise.all(same)
  assert(reports.every((report) => report === reports[0]))
  assert.equal(reads, 1)
})

const REFUSED: readonly [asked: Partial<Question>, says: RegExp][] = [
  [{ limit: 0 }, /0 rows; from 1 to 1000/],
  [{ limit: 1001 }, /1001 rows/],
  [{ limit: 1.5 }, /1\.5 rows/],
  [where('path', ...Array.from({ length: 65 }, String)), /65 values; at most 64/],
  // A caller that checks no types.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  [{ by: ['path"; --' as 'path'] }, /"path"; --" is no column; there are path, referrer/],
]

for (const [asked, says] of REFUSED) {
  test(`a question is refused: ${says.source}`, async (t) => {
    const reporter = await aReporter(t, openLibrary(t))
    await assert.rejects(
      reporter.ask({ ...QUESTION, ...asked }),
      (error) => error instanceof AppError && error.code === 'QUESTION_INVALID' && says.test(error.message),
    )
  })
}

test('a site that no hit named is answered with zeros, and visitors that are not known', async (t) => {
  const reporter = await aReporter(t, openLibrary(t))
  const { totals, previous, series, top, ledger, fresh } = await reporter.ask({
    ...QUESTION,
    compare: 'year',
  })
  const none = {
    pageViews: 0,
    visitors: null,
    visitorsShare: null,
    viewsPerVisitor: null,
    bounceRate: null,
    events: 0,
  }
  assert.deepEqual(totals, none)
  assert.deepEqual(previous, { ...none, from: '2025-11-17', to: '2025-11-23' })
  assert.equal(series.length, 7)
  assert.deepEqual([top, ledger.received, fresh], [{ path: [] }, 0, null])
  assert.deepEqual(await reporter.sites(), [])
  assert.equal((await reporter.ledger(null, 'all')).ledger.received, 0)
})

test('rates are not known while a filter is on what changes between the views of one reader', async (t) => {
  const library = openLibrary(t)
  const numbers = [1, 1, 1, 1, 2, 3, 3, 3] as const
  const hits = numbers.map((viewNumber) => aHit({ timeMs: NOON, country: 'PL', viewNumber }))
  writeChunk(library, CHUNK, hits)
  const reporter = await aReporter(t, library)
  const known = {
    pageViews: 8,
    visitors: 4,
    visitorsShare: 1,
    viewsPerVisitor: 2,
    bounceRate: 0.75,
    events: 0,
  }
  assert.deepEqual((await reporter.ask(QUESTION)).totals, known)
  assert.deepEqual((await reporter.ask(where('country', 'PL'))).totals, known)
  for (const question of [where('path', '/'), where('channel', null), where('campaign', null)]) {
    assert.deepEqual((await reporter.ask(question)).totals, {
      ...known,
      viewsPerVisitor: null,
      bounceRate: null,
      events: question.filters[0]?.column === 'path' ? 0 : null,
    })
  }
})

test('all of a site begins with its first counted hit', async (t) => {
  const library = openLibrary(t)
  writeChunk(library, CHUNK, [
    aHit({ timeMs: NOON - 20 * DAY_MS, verdict: 'ignored' }),
    aHit({ timeMs: NOON - 10 * DAY_MS }),
    aHit({ timeMs: NOON }),
  ])
  const reporter = await aReporter(t, library)
  const { period, series } = await reporter.ask({ ...QUESTION, period: 'all' })
  assert.deepEqual([period.from, period.to, series.length], ['2026-11-13', '2026-11-23', 11])
  const { ledger } = await reporter.ledger('blog.example.org', 'all')
  assert.deepEqual(ledger, { received: 3, counted: 2, refused: { ignored: 1 } })
})

test('hours and days to come are absent', async (t) => {
  const library = openLibrary(t, 'Europe/Warsaw')
  const reporter = await aReporter(t, library)
  const hours = (await reporter.ask({ ...QUESTION, period: 'today' })).series
  assert.deepEqual([hours.length, hours.at(-1)?.time], [14, '2026-11-23T13:00'])
  const days = await reporter.ask({ ...QUESTION, period: 'month', compare: 'previous' })
  assert.deepEqual([days.series.at(-1)?.time, days.period.to], ['2026-11-23', '2026-11-30'])
  assert.deepEqual([days.previousSeries[0]?.time, days.previousSeries.length], ['2026-10-01', 31])
  assert.deepEqual((await reporter.ask({ ...QUESTION, period: '2027' })).series, [])
})

test('no value of a filter is read as SQL, and one that was made literal not as a pattern', async (t) => {
  const library = openLibrary(t)
  const paths = ["/it's", '/%', '/_', '/\\', '/"', "/'); DROP TABLE tail; --", '/ü', '/*']
  writeChunk(
    library,
    CHUNK,
    paths.map((path) => aHit({ timeMs: NOON, path })),
  )
  const reporter = await aReporter(t, library)
  for (const path of paths) {
    const { totals, top } = await reporter.ask(where('path', literally('path', path)))
    assert.deepEqual([totals.pageViews, top.path?.[0]?.value], [1, path])
  }
  assert.equal(await viewsOf(reporter, where('path', '/\0')), 0)
  assert.equal(await viewsOf(reporter, where('path')), 0)
  assert.equal(await viewsOf(reporter), paths.length)
})

test('a folder may have any name', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "it's [a] *? "))
  t.after(() => rmSync(dir, { recursive: true }))
  const library = openLibrary(t)
  const store = openSegmentStore(dir)
  writeChunk(library, CHUNK, namedHits('a', 3))
  await compact({ ...library, store })
  const reporter = await aReporter(t, { ...library, store })
  const { totals, read } = await reporter.ask(QUESTION)
  assert.deepEqual([totals.pageViews, read.rollups], [3, true])
  assert.equal(await viewsOf(reporter, where('path', '/a/1')), 1)
})

test('the database reads no file but segments, writes none and loads nothing', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'headcount-report-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const duck = await openDuck({ dir, memoryMb: 64 })
  for (const sql of [
    `FROM read_csv(${text(import.meta.filename)})`,
    `COPY (SELECT 1) TO ${text(join(dir, '../headcount-stolen.csv'))}`,
    'INSTALL httpfs',
    'LOAD httpfs',
    "SET memory_limit = '8GB'",
  ]) {
    await assert.rejects(duck.run(sql), /Permission Error|disabled|locked/)
  }
  duck.close()
})
