import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agoWords, clockAt, daysWords } from '../../src/web/days.ts'
import { valueName, valueOfName } from '../../src/web/names.ts'
import { changeWords, compactWords, pointsWords, shareWords } from '../../src/web/words.ts'

const SHARES: readonly (readonly [part: number, whole: number, words: string])[] = [
  [1, 3, '33%'],
  [2, 3, '67%'],
  [0, 3, '0%'],
  [1, 101, '<1%'],
  [1, 100, '1%'],
  [3, 3, '100%'],
  [0, 0, ''],
]

for (const [part, whole, words] of SHARES) {
  test(`${part} of ${whole} is "${words}"`, () => assert.equal(shareWords(part, whole), words))
}

const CHANGES: readonly (readonly [now: number, before: number, words: string])[] = [
  [112, 100, '+12%'],
  [95, 100, '−5%'],
  [0, 100, '−100%'],
  [1004, 1000, '±0%'],
  [5, 0, 'new'],
  [0, 0, '±0%'],
  [999, 100, '+899%'],
  [1000, 100, '×10'],
  [123_456, 10, '×12,346'],
]

for (const [now, before, words] of CHANGES) {
  test(`${before}, then ${now}, is ${words}`, () => assert.equal(changeWords(now, before), words))
}

test('rates change by points', () => {
  assert.equal(pointsWords(0.61, 0.63), '−2 points')
  assert.equal(pointsWords(0.664, 0.651), '+1 point')
  assert.equal(pointsWords(0.5, 0.5), '±0 points')
})

test('axes are compact', () => {
  assert.deepEqual([500, 1250, 12_500, 2_000_000].map(compactWords), ['500', '1.25k', '12.5k', '2M'])
})

test('days are said as briefly as they can be', () => {
  assert.equal(daysWords('2026-11-23', '2026-11-23'), '23 November 2026')
  assert.equal(daysWords('2026-11-01', '2026-11-23'), '1 – 23 November 2026')
  assert.equal(daysWords('2026-10-27', '2026-11-23'), '27 October – 23 November 2026')
  assert.equal(daysWords('2025-12-27', '2026-01-23'), '27 December 2025 – 23 January 2026')
})

test('a clock shows what a wall in its zone does', () => {
  const timeMs = Date.parse('2026-11-23T23:30:05Z')
  assert.deepEqual(clockAt(timeMs, 'Europe/Berlin'), {
    day: '2026-11-24',
    minute: '00:30',
    second: '00:30:05',
  })
  assert.deepEqual(clockAt(timeMs, 'America/New_York'), {
    day: '2026-11-23',
    minute: '18:30',
    second: '18:30:05',
  })
})

test('a span is said in its largest unit', () => {
  assert.deepEqual([-5, 0, 3_000, 90_000, 7_200_000, 200_000_000].map(agoWords), [
    '0 seconds ago',
    '0 seconds ago',
    '3 seconds ago',
    '1 minute ago',
    '2 hours ago',
    '2 days ago',
  ])
})

test('values have names, and names lead back to values', () => {
  assert.equal(valueName('country', 'DE'), 'Germany')
  assert.equal(valueName('country', 'no country'), 'no country')
  assert.equal(valueName('language', 'pt-BR'), 'Brazilian Portuguese')
  assert.equal(valueName('language', 'x-"klingon'), 'x-"klingon')
  assert.equal(valueName('channel', 'assistant'), 'Assistants')
  assert.equal(valueName('channel', 'constructor'), 'constructor')
  assert.equal(valueName('device', 'tv'), 'TV')
  assert.equal(valueName('channel', null), 'referrer not sent')
  assert.equal(valueName('path', null), 'path not sent')
  assert.equal(valueOfName('country', ' united states'), 'US')
  assert.equal(valueOfName('country', 'us'), 'US')
  assert.equal(valueOfName('device', 'Phone'), 'phone')
  assert.equal(valueOfName('path', '/Germany'), '/Germany')
})
