import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { AppError } from '../../src/errors.ts'
import type { RawHit } from '../../src/hit.ts'
import { globParts, literally } from '../../src/report/glob.ts'
import type { Filter, Question, Report } from '../../src/report/report.ts'
import { openReporter } from '../../src/report/reporter.ts'
import { compact } from '../../src/segment/compaction.ts'
import { aHit } from '../a-hit.ts'
import { DAY_MS, NOON, openLibrary, writeChunk } from '../segment/library.ts'

const CHUNK = '2026-11-23T12.w01.00001'
const QUESTION: Question = {
  site: 'blog.example.org',
  period: '7d',
  compare: 'none',
  filters: [],
  by: [],
  limit: 10,
}
const CHROME = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'sec-fetch-site': 'same-origin',
}

/** The report on these hits: from the tail and, if it is the same, from a roll-up. */
async function reportOn(
  t: TestContext,
  hits: readonly Partial<RawHit>[],
  asked: Partial<Question> = {},
): Promise<Report> {
  const library = openLibrary(t)
  writeChunk(
    library,
    CHUNK,
    hits.map((hit) => aHit({ timeMs: NOON, ...hit })),
  )
  const ask = async (): Promise<Report> => {
    const reporter = await openReporter(library)
    const report = await reporter.ask({ ...QUESTION, ...asked })
    await reporter.close()
    return report
  }
  const [scanned, rolled] = [await ask(), await compact(library).then(ask)]
  assert.deepEqual({ ...rolled, read: null }, { ...scanned, read: null })
  return rolled
}

function where(column: Filter['column'], ...values: Filter['values']): Partial<Question> {
  return { filters: [{ column, values, exclude: false }] }
}

const times = (count: number, hit: Partial<RawHit>): Partial<RawHit>[] =>
  Array.from({ length: count }, () => hit)

test('beside views without numbers, a number hit is the view that it stands for', async (t) => {
  const numbers = ([1, 1, 1, 1, 2, 3] as const).map(
    (viewNumber) => ({ kind: 'number', path: null, viewNumber }) as const,
  )
  const { totals, top } = await reportOn(t, [...times(6, { path: '/a' }), ...numbers], {
    by: ['path', 'landing', 'browser'],
  })
  assert.deepEqual(totals, {
    pageViews: 6,
    visitors: 4,
    visitorsShare: 1,
    viewsPerVisitor: 1.5,
    bounceRate: 0.75,
    events: 0,
  })
  assert.deepEqual(top.path, [{ value: '/a', pageViews: 6, visitors: null, entries: null }])
  assert.deepEqual(top.landing, [])
  assert.deepEqual(top.browser, [{ value: null, pageViews: 6, visitors: 4 }])
})

test('visitors are of the share of views whose number is known, and never worked out for the rest', async (t) => {
  const known = ([1, 1, 2] as const).map((viewNumber) => ({ viewNumber }) as const)
  const { totals } = await reportOn(t, [...known, ...times(9, { viewNumber: null })])
  assert.deepEqual([totals.visitors, totals.visitorsShare, totals.viewsPerVisitor], [2, 0.25, 1.5])
})

test('with a filter on pages, number hits say nothing, whichever pages are left out', async (t) => {
  const number = { kind: 'number', path: null, viewNumber: 1 } as const
  const filters = [{ column: 'path', values: ['/x'], exclude: true }] as const
  const { totals } = await reportOn(t, [{ path: '/a' }, number, number], { filters })
  assert.deepEqual([totals.pageViews, totals.visitors, totals.visitorsShare], [1, null, null])
})

test('what filters leave no hit to tell is not known, and its list is absent', async (t) => {
  const hits: Partial<RawHit>[] = [
    { path: '/a', referrer: 'https://example.net/' },
    { kind: 'event', event: 'outbound', target: 'c.example/x', path: '/a' },
    { kind: 'window', window: 's', path: '/a' },
  ]
  const by = ['path', 'referrer', 'event', 'window'] as const
  const ofEvent = await reportOn(t, hits, { ...where('event', 'outbound'), by })
  assert.deepEqual(
    [ofEvent.totals.pageViews, ofEvent.totals.visitors, ofEvent.totals.events],
    [null, null, 1],
  )
  assert.deepEqual(Object.keys(ofEvent.top), ['path', 'event'])
  assert.deepEqual(ofEvent.top.path, [{ value: '/a', pageViews: null, visitors: null, events: 1 }])
  const ofReferrer = await reportOn(t, hits, { ...where('referrer', 'example.net'), by })
  assert.deepEqual([ofReferrer.totals.pageViews, ofReferrer.totals.events], [1, null])
  assert.deepEqual(Object.keys(ofReferrer.top), ['path', 'referrer'])
  const ofBoth = await reportOn(t, hits, {
    filters: [...(where('window', 's').filters ?? []), ...(where('event', 'outbound').filters ?? [])],
  })
  assert.deepEqual([ofBoth.totals.pageViews, ofBoth.totals.events, ofBoth.ledger.received], [null, null, 0])
})

test('a page’s events, targets and windows come in the same question as its views', async (t) => {
  const hits: Partial<RawHit>[] = ['/a', '/b'].flatMap((path) => [
    { path },
    { kind: 'event', event: 'outbound', target: `c.example${path}`, path },
    { kind: 'window', window: 's', path },
  ])
  const { totals, top } = await reportOn(t, hits, {
    ...where('path', '/a'),
    by: ['event', 'target', 'window'],
  })
  assert.deepEqual([totals.pageViews, totals.events], [1, 1])
  assert.deepEqual(
    [top.event, top.target, top.window].map((rows) => rows?.map(({ value, events }) => [value, events])),
    [[['outbound', 1]], [['c.example/a', 1]], [['s', 1]]],
  )
})

test('reading to the end is set beside the views that could have told', async (t) => {
  const hits: Partial<RawHit>[] = [
    { path: '/a', headers: { ...CHROME, 'sec-ch-ua': 'Google Chrome 142' } },
    { path: '/a', headers: CHROME },
    ...times(2, { path: '/a', headers: {} }),
    { path: '/without-picture', headers: {} },
    { kind: 'event', event: 'end', path: '/a', country: 'PL' },
  ]
  assert.deepEqual((await reportOn(t, hits)).reading, { ends: 1, views: 3, unsure: 2 })
  const elsewhere = await reportOn(t, [...hits, { path: '/a', country: 'DE' }], where('country', 'DE'))
  assert.equal(elsewhere.reading, null)
  assert.equal((await reportOn(t, hits, where('referrer', 'Google'))).reading, null)
})

test('a browser’s report of where its reader came from moves a view there and adds none', async (t) => {
  const referral = { kind: 'referral', path: '/a', referrer: 'https://example.net/' } as const
  const hits = [...times(3, { path: '/a' }), ...times(2, referral)]
  const { totals, top } = await reportOn(t, hits, { by: ['referrer'] })
  assert.equal(totals.pageViews, 3)
  assert.deepEqual(
    top.referrer?.map(({ value, pageViews }) => [value, pageViews]),
    [
      ['example.net', 2],
      [null, 1],
    ],
  )
  assert.equal((await reportOn(t, hits, where('referrer', 'example.net'))).totals.pageViews, 2)
  assert.equal((await reportOn(t, hits, where('referrer', null))).totals.pageViews, 1)
})

test('landing pages are those that visitors saw first', async (t) => {
  const hits = [...times(3, { path: '/a', viewNumber: 2 }), { path: '/b', viewNumber: 1 }] as const
  const { top, distinct } = await reportOn(t, hits, { by: ['path', 'landing'] })
  assert.deepEqual(
    top.path?.map(({ value }) => value),
    ['/a', '/b'],
  )
  assert.deepEqual(top.landing, [{ value: '/b', pageViews: 1, visitors: 1, entries: 1 }])
  assert.deepEqual(distinct, { path: 2, landing: 1 })
})

test('long lists are turned page by page, and searched in upper or lower case', async (t) => {
  const hits = Array.from({ length: 30 }, (_, index) => ({
    path: `/${index % 3 === 0 ? 'Blog' : 'n'}/${index}`,
  }))
  const page = await reportOn(t, hits, { by: ['path'], limit: 4, offset: 8, search: 'bLOG' })
  assert.deepEqual(
    page.top.path?.map(({ value }) => value),
    ['/Blog/6', '/Blog/9'],
  )
  assert.equal(page.distinct.path, 10)
  const behind = await reportOn(t, hits, { by: ['path'], offset: 99 })
  assert.deepEqual([behind.top.path, behind.distinct.path], [[], 30])
})

test('weeks begin on the day that the settings say, and sum up their days', async (t) => {
  const library = openLibrary(t)
  const hits = Array.from({ length: 20 }, (_, day) => aHit({ timeMs: NOON - day * DAY_MS }))
  writeChunk(library, CHUNK, hits.reverse())
  const period = '2026-11-04..2026-11-23'
  for (const [weekStart, first, counts] of [
    ['monday', '2026-11-02', [5, 7, 7, 1]],
    ['sunday', '2026-11-01', [4, 7, 7, 2]],
    ['saturday', '2026-10-31', [3, 7, 7, 3]],
  ] as const) {
    const reporter = await openReporter({ ...library, weekStart })
    const { series } = await reporter.ask({ ...QUESTION, period, granularity: 'week' })
    assert.deepEqual([series[0]?.time, series.map(({ pageViews }) => pageViews)], [first, counts])
    await reporter.close()
  }
})

test('hours are told for so many days and no more', async (t) => {
  const library = openLibrary(t)
  const reporter = await openReporter(library)
  t.after(() => reporter.close())
  const { series, granularity } = await reporter.ask({ ...QUESTION, granularity: 'hour' })
  assert.deepEqual([granularity, series.length, series[0]?.time], ['hour', 6 * 24 + 13, '2026-11-17T00:00'])
  await assert.rejects(
    reporter.ask({ ...QUESTION, period: '12mo', granularity: 'hour' }),
    (error) =>
      error instanceof AppError &&
      error.code === 'QUESTION_INVALID' &&
      /365 days; at most 93/.test(error.message),
  )
})

const PATTERNS: readonly [pattern: string, parts: readonly string[]][] = [
  ['/a', ['/a']],
  ['/a*', ['/a', '']],
  ['*', ['', '']],
  ['**', ['', '']],
  ['/a**b', ['/a', 'b']],
  ['*/a*', ['', '/a', '']],
  ['/\\*', ['/*']],
  ['/\\\\*', ['/\\', '']],
  ['/\\a\\', ['/\\a\\']],
]

for (const [pattern, parts] of PATTERNS) {
  test(`the pattern ${pattern} is read as ${JSON.stringify(parts)}`, () => {
    assert.deepEqual(globParts(pattern), parts)
  })
}

test('a value that was made literal is a pattern that means it alone', () => {
  for (const value of ['/*', '\\', '\\*', '/a\\\\*b', '/'])
    assert.deepEqual(globParts(literally('path', value)), [value])
})
