import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RawHit } from '../../src/hit.ts'
import { dayHits } from '../../src/main/demo/day.ts'
import { NOTED_DAYS } from '../../src/main/demo/notes.ts'
import { DEMO_SITE, NEWS_PATH } from '../../src/main/demo/pages.ts'
import { demoHits } from '../../src/main/demo/year.ts'

const DAY = 86_400_000
const END_MS = Date.parse('2026-11-23T14:25:00Z')
const YEAR = [...demoHits({ seed: 7, endMs: END_MS, days: 365 })]
const READERS = YEAR.filter(
  (hit) => hit.kind === 'view' && hit.site === DEMO_SITE && !/bot|crawl|curl|python/i.test(agentOf(hit)),
)
const IN_EUROPE = READERS.filter((hit) => ['DE', 'GB', 'FR', 'PL'].includes(hit.country ?? ''))

describe('the demo year', () => {
  test('has 400,000 to 550,000 hits, in time order, none after the end', () => {
    assert.ok(YEAR.length >= 400_000 && YEAR.length <= 550_000, `${YEAR.length} hits`)
    assert.ok(YEAR.every((hit, index) => hit.timeMs >= (YEAR[index - 1]?.timeMs ?? 0)))
    assert.ok((YEAR.at(-1)?.timeMs ?? Infinity) < END_MS)
  })

  test('is the same every time from its seed, and another from another', () => {
    const days = (seed: number): RawHit[] => [...demoHits({ seed, endMs: END_MS, days: 3 })]
    assert.deepEqual(days(7), days(7))
    assert.notDeepEqual(days(7), days(8))
  })

  test('ends in the middle of a day with just the first hits of that day', () => {
    const startMs = Math.floor(END_MS / DAY) * DAY
    const whole = dayHits({ seed: 7, startMs, number: 364 })
    const part = YEAR.filter((hit) => hit.timeMs >= startMs)
    assert.deepEqual(part, whole.slice(0, part.length))
    assert.ok(part.length < whole.length)
  })

  test('is read less at weekends and at night, and more at its end than at its start', () => {
    const [weekdays, weekend] = split(READERS, (hit) => [0, 6].includes(new Date(hit.timeMs).getUTCDay()))
    assert.ok(weekdays.length / 5 > 1.15 * (weekend.length / 2))
    const [day, night] = split(IN_EUROPE, (hit) => new Date(hit.timeMs).getUTCHours() < 5)
    assert.ok(day.length / 19 > 4 * (night.length / 5))
    const [late, early] = split(READERS, (hit) => hit.timeMs < END_MS - 300 * DAY)
    assert.ok(late.length / 300 > 1.3 * (early.length / 65))
  })

  test('has one day on a news site: ten times its neighbours, to one page', () => {
    const days = Object.entries(Object.groupBy(READERS, (hit) => String(Math.floor(hit.timeMs / DAY))))
    const byLength = days.map(([day, hits]) => ({ day: Number(day), hits: hits ?? [] }))
    const { day, hits: top } = byLength.reduce((most, next) =>
      next.hits.length > most.hits.length ? next : most,
    )
    const before = READERS.filter((hit) => Math.floor(hit.timeMs / DAY) === day - 7)
    assert.ok(top.length > 8 * before.length, `${top.length} against ${before.length}`)
    const fromNews = top.filter((hit) => hit.referrer === 'https://news.ycombinator.com/')
    assert.ok(fromNews.filter((hit) => hit.path === NEWS_PATH).length > 0.7 * top.length)
  })

  test('notes the days on which its waves begin and end', () => {
    const firstDay = Math.floor(END_MS / DAY) - 364
    const waves: Readonly<Record<string, (hit: RawHit) => boolean>> = {
      'On a news site': (hit) => hit.path === NEWS_PATH && hit.referrer === 'https://news.ycombinator.com/',
      'Baking week': (hit) => hit.campaign === 'baking-week',
      'Ads for the course': (hit) => hit.medium === 'cpc',
      'Ads end': (hit) => hit.medium === 'cpc',
    }
    for (const [day, text] of NOTED_DAYS) {
      const on = (number: number) =>
        READERS.filter((hit) => Math.floor(hit.timeMs / DAY) === firstDay + number && waves[text]?.(hit))
          .length
      const [before, after] = text === 'Ads end' ? [on(day), on(day - 1)] : [on(day - 1), on(day)]
      assert.ok(after > 3 * before + 2, `${text}: ${before}, then ${after}`)
    }
  })

  test('has a long tail of pages', () => {
    const paths = Object.values(Object.groupBy(READERS, (hit) => hit.path ?? 'not sent'))
    assert.ok(paths.length > 150, `${paths.length} pages`)
    const counts = paths.map((hits) => hits?.length ?? 0).toSorted((one, other) => other - one)
    assert.ok((counts[0] ?? 0) > 50 * (counts[150] ?? 0))
  })
})

const CAST: readonly [what: string, share: number, is: (hit: RawHit) => boolean][] = [
  ['robots', 0.1, (hit) => /bot|crawl/i.test(agentOf(hit))],
  ['crawlers of AI companies', 0.02, (hit) => /GPTBot|ClaudeBot/.test(agentOf(hit))],
  ['Chromium with client hints', 0.3, (hit) => /^Google Chrome \d+$/.test(hit.headers['sec-ch-ua'] ?? '')],
  [
    'Firefox without client hints',
    0.08,
    (hit) => /Firefox/.test(agentOf(hit)) && !('sec-ch-ua' in hit.headers),
  ],
  ['search engines', 0.08, (hit) => hit.referrer?.startsWith('https://www.google.') === true],
  ['AI assistants', 0.005, (hit) => hit.referrer === 'https://chatgpt.com/'],
  [
    'a newsletter',
    0.01,
    (hit) => hit.source === 'newsletter' && hit.medium === 'email' && hit.campaign !== null,
  ],
  ['opt-outs, reduced to page and time', 0.015, (hit) => hit.kind === 'view' && agentOf(hit) === ''],
  ['prefetched pages', 0.005, (hit) => hit.headers['sec-purpose'] === 'prefetch'],
  ['prerendered pages', 0.003, (hit) => hit.headers['sec-purpose'] === 'prefetch;prerender'],
  ['the owner', 0.001, (hit) => hit.verdict === 'ignored'],
  ['views without a path', 0.01, (hit) => hit.kind === 'view' && hit.path === null],
  ['readers of unknown countries', 0.01, (hit) => hit.country === null && agentOf(hit) !== ''],
  ['visitors', 0.2, (hit) => hit.viewNumber === 1],
  ['readers who see a second page', 0.08, (hit) => hit.viewNumber === 2],
  ['windows of every class', 0.008, (hit) => hit.window === 'm'],
  ['articles read to the end', 0.1, (hit) => hit.event === 'end' && hit.path !== null],
  ['links followed', 0.01, (hit) => hit.event === 'outbound' && hit.target !== null],
  ['downloads', 0.001, (hit) => hit.event === 'download' && hit.target?.endsWith('.pdf') === true],
  ['events of the owner’s own', 0.0005, (hit) => hit.event === 'newsletter'],
  ['a paid campaign', 0.0005, (hit) => hit.medium === 'cpc'],
  ['a site without visitors', 0.01, (hit) => hit.site === 'letters.example' && hit.viewNumber === null],
  ['a third site', 0.02, (hit) => hit.site === 'photos.example'],
  ['tallies', 0.001, (hit) => hit.kind === 'tally' && hit.verdict !== null],
]

for (const [what, share, is] of CAST) {
  test(`the demo year has ${what}`, () => {
    const found = YEAR.filter(is).length / YEAR.length
    assert.ok(found >= share && found < 0.6, `${found} of all hits`)
  })
}

function agentOf(hit: RawHit): string {
  return hit.headers['user-agent'] ?? ''
}

/** Those for which `second` is false, and those for which it is true. */
function split(hits: readonly RawHit[], second: (hit: RawHit) => boolean): readonly [RawHit[], RawHit[]] {
  return [hits.filter((hit) => !second(hit)), hits.filter(second)]
}
