import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { RawHit } from '../../src/hit.ts'
import type { LetterWish } from '../../src/report/letter.ts'
import { isUnusual, lastWhole, readLetter } from '../../src/report/letter.ts'
import { openReporter } from '../../src/report/reporter.ts'
import { letterHtml } from '../../src/web/letter/html.ts'
import { letterText } from '../../src/web/letter/text.ts'
import { aHit } from '../a-hit.ts'
import { DAY_MS, openLibrary, writeChunk } from '../segment/library.ts'

const SITE = 'blog.example.org'
/** A Monday; the clock of test libraries stands at noon of the Monday after. */
const MONDAY_MS = Date.UTC(2026, 10, 16)
const WEEK = { from: '2026-11-16', to: '2026-11-22' }
const WEEK_MS = 7 * DAY_MS

describe('the last whole', () => {
  const cases: readonly (readonly [
    pace: 'week' | 'month',
    today: string,
    start: number,
    from: string,
    to: string,
  ])[] = [
    ['week', '2026-11-23', 1, '2026-11-16', '2026-11-22'],
    ['week', '2026-11-29', 1, '2026-11-16', '2026-11-22'],
    ['week', '2026-11-29', 0, '2026-11-22', '2026-11-28'],
    ['week', '2026-11-28', 6, '2026-11-21', '2026-11-27'],
    ['week', '2026-01-01', 1, '2025-12-22', '2025-12-28'],
    ['month', '2026-11-23', 1, '2026-10-01', '2026-10-31'],
    ['month', '2026-03-01', 1, '2026-02-01', '2026-02-28'],
    ['month', '2026-01-31', 1, '2025-12-01', '2025-12-31'],
  ]
  for (const [pace, today, start, from, to] of cases) {
    test(`${pace} before ${today}, weeks beginning on day ${start}, is ${from} to ${to}`, () => {
      assert.deepEqual(lastWhole(pace, today, start), { from, to })
    })
  }
})

describe('far above its usual', () => {
  const cases: readonly (readonly [now: number, past: readonly number[], unusual: boolean])[] = [
    [340, [40, 42, 38, 41], true],
    [60, [40, 42, 38, 41], false],
    [75, [40, 42, 38, 41], true],
    [19, [1, 1, 1, 1], false],
    [500, [0, 0, 0, 0, 9], false],
    [200, [10, 400, 20, 390, 30], false],
  ]
  for (const [now, past, unusual] of cases) {
    test(`${now} after ${past.join(', ')} ${unusual ? 'is' : 'is not'}`, () => {
      assert.equal(isUnusual(now, past), unusual)
    })
  }
})

test('a letter names the referrer that is new and the page that is far above its usual', async (t) => {
  const letter = await letterOf(t, [
    ...weekly('/steady/', 30, 'https://old.example/'),
    ...views('/steady/', 30, 'https://old.example/'),
    ...weekly('/', 40),
    ...views('/', 300, 'https://news.example/item'),
    ...views('/', 4, 'https://few.example/'),
  ])
  assert.deepEqual(letter.notables, [
    { kind: 'new-referrer', value: 'news.example', pageViews: 300 },
    { kind: 'unusual-page', value: '/', pageViews: 304, usual: 40 },
  ])
  assert.equal(letter.usualOf, 8)
  const text = letterText(letter)
  assert.match(text, /^\* news\.example sent readers for the first time: 300 page views$/m)
  assert.match(text, /^\* \/ had 304 page views, usually 40 a week$/m)
  assert.match(text, /^Page views +334 {3}×5|^Page views +334 {3}\+377% from 70$/m)
})

test('a referrer whose name holds a known one is new all the same', async (t) => {
  const letter = await letterOf(t, [
    ...weekly('/', 9, 'https://my.news.example/'),
    ...views('/', 9, 'https://news.example/'),
  ])
  assert.deepEqual(
    letter.notables.map(({ value }) => value),
    ['news.example'],
  )
})

test('on a young site nothing is usual yet, and the letter says so', async (t) => {
  const letter = await letterOf(t, views('/', 50, 'https://news.example/'))
  assert.deepEqual([letter.notables, letter.usualOf], [[], 0])
  assert.match(letterText(letter), /usual cannot be said yet/)
})

test('lines of text have at most 76 characters, whatever the pages are called', async (t) => {
  const path = `/${'long-'.repeat(60)}/`
  const text = letterText(await letterOf(t, [...weekly(path, 30), ...views(path, 400)]))
  const [notable = '', ...others] = text.split('\n').filter((line) => line.length > 76)
  assert(notable.startsWith('* /long-') && notable.split(' ').length === 2, notable)
  assert.deepEqual(others, [])
})

test('what readers sent is text in the HTML, never markup', async (t) => {
  const letter = await letterOf(t, views('/<img src=x onerror=alert(1)>', 30))
  const html = String(await letterHtml([letter]))
  assert.equal(html.includes('<img'), false)
  assert.match(html, /&lt;img src=x/)
})

async function letterOf(t: TestContext, hits: readonly RawHit[]) {
  const library = openLibrary(t)
  writeChunk(
    library,
    '2026-11-22T23.w01.00001',
    hits.toSorted((a, b) => a.timeMs - b.timeMs),
  )
  const reporter = await openReporter(library)
  t.after(() => reporter.close())
  const firstDay = (await reporter.sites())[0]?.firstDay ?? null
  const wish: LetterWish = { site: SITE, pace: 'week', days: WEEK, referrerFrom: 5 }
  return await readLetter(wish, { ask: (question) => reporter.ask(question), firstDay })
}

function weekly(path: string, count: number, referrer: string | null = null): readonly RawHit[] {
  const weeks = [1, 2, 3, 4, 5, 6, 7, 8]
  return weeks.flatMap((week) =>
    views(path, count, referrer).map((hit) => ({ ...hit, timeMs: hit.timeMs - week * WEEK_MS })),
  )
}

function views(path: string, count: number, referrer: string | null = null): readonly RawHit[] {
  return Array.from({ length: count }, (_, number) =>
    aHit({ site: SITE, path, referrer, timeMs: MONDAY_MS + number * 60_000 }),
  )
}
