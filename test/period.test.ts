import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, integer, property } from 'fast-check'
import { AppError } from '../src/errors.ts'
import { dayBeside, dayNumber, dayOf, parsePeriod, previousDays } from '../src/period.ts'

const TODAY = '2026-11-23'

const PERIODS: readonly [words: string, from: string, to: string][] = [
  ['today', '2026-11-23', '2026-11-23'],
  ['yesterday', '2026-11-22', '2026-11-22'],
  ['7d', '2026-11-17', '2026-11-23'],
  ['28d', '2026-10-27', '2026-11-23'],
  ['90d', '2026-08-26', '2026-11-23'],
  ['12mo', '2025-11-24', '2026-11-23'],
  ['month', '2026-11-01', '2026-11-30'],
  ['year', '2026-01-01', '2026-12-31'],
  ['2026', '2026-01-01', '2026-12-31'],
  ['2024', '2024-01-01', '2024-12-31'],
  ['2026-11', '2026-11-01', '2026-11-30'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-11-23', '2026-11-23', '2026-11-23'],
  ['2024-02-29', '2024-02-29', '2024-02-29'],
  ['2026-11-01..2026-11-15', '2026-11-01', '2026-11-15'],
  ['2022-01-01..2026-12-31', '2022-01-01', '2026-12-31'],
  ['all', '2025-03-07', '2026-11-23'],
]

for (const [words, from, to] of PERIODS) {
  test(`the period "${words}" is ${from} to ${to}`, () => {
    assert.deepEqual(parsePeriod(words, TODAY, '2025-03-07'), { from, to })
  })
}

test('all days are today before the first hit, and the last five years at most', () => {
  assert.deepEqual(parsePeriod('all', TODAY, null), { from: TODAY, to: TODAY })
  assert.deepEqual(parsePeriod('all', TODAY, '2027-01-01'), { from: TODAY, to: TODAY })
  assert.deepEqual(parsePeriod('all', TODAY, '2003-01-01'), { from: '2021-11-24', to: TODAY })
})

const INVALID: readonly [words: string, says: RegExp][] = [
  ['', /expected today, yesterday, 7d/],
  ['28', /expected/],
  ['constructor', /expected/],
  ['2026-13', /expected/],
  ['0026', /expected/],
  ['9999', /expected/],
  ['2026-02-29', /expected/],
  ['2026-11-31', /expected/],
  ['26-11-23', /expected/],
  ['2026-11-01...2026-11-15', /expected/],
  ['2026-11-01..2026-11', /expected/],
  ['2026-11-01..2026-02-30', /expected/],
  ['2026-11-15..2026-11-01', /ends before it begins; write 2026-11-01\.\.2026-11-15/],
  ['2021-11-23..2026-11-23', /more than 5 years; ask for 2021-11-23\.\.2026-11-22/],
  ["2026'; --", /expected/],
]

for (const [words, says] of INVALID) {
  test(`the period "${words}" is refused with what would be right`, () => {
    assert.throws(
      () => parsePeriod(words, TODAY, null),
      (error) => error instanceof AppError && error.code === 'PERIOD_INVALID' && says.test(error.message),
    )
  })
}

const BEFORE: readonly [words: string, previous: string, year: string][] = [
  ['today', '2026-11-22..2026-11-22', '2025-11-23..2025-11-23'],
  ['28d', '2026-09-29..2026-10-26', '2025-10-27..2025-11-23'],
  ['month', '2026-10-01..2026-10-31', '2025-11-01..2025-11-30'],
  ['2026-03', '2026-02-01..2026-02-28', '2025-03-01..2025-03-31'],
  ['2026', '2025-01-01..2025-12-31', '2025-01-01..2025-12-31'],
  ['2026-02-01..2026-04-30', '2025-11-01..2026-01-31', '2025-02-01..2025-04-30'],
  ['2026-11-01..2026-11-15', '2026-10-17..2026-10-31', '2025-11-01..2025-11-15'],
  ['2024-02-29', '2024-02-28..2024-02-28', '2023-02-28..2023-02-28'],
  ['2024-02-20..2024-02-29', '2024-02-10..2024-02-19', '2023-02-20..2023-02-28'],
]

for (const [words, previous, year] of BEFORE) {
  test(`the period "${words}" is compared with ${previous}, or with ${year}`, () => {
    const days = parsePeriod(words, TODAY, null)
    assert.equal(joined(previousDays(days, 'previous')), previous)
    assert.equal(joined(previousDays(days, 'year')), year)
  })
}

test('a day stands beside the one as far into the compared period, or on the same date', () => {
  const november = parsePeriod('2026-11', TODAY, null)
  assert.equal(dayBeside('2026-11-23', november, 'previous'), '2026-10-23')
  assert.equal(dayBeside('2026-11-23', november, 'year'), '2025-11-23')
  assert.equal(dayBeside('2026-03-31', parsePeriod('2026-03', TODAY, null), 'previous'), null)
  assert.equal(dayBeside('2024-12-31', parsePeriod('2024', TODAY, null), 'year'), '2023-12-31')
})

test('days and their numbers are one to one', () => {
  check(
    property(integer({ min: -10_000, max: 100_000 }), (number) => {
      assert.equal(dayNumber(dayOf(number)), number)
    }),
  )
})

function joined({ from, to }: { from: string; to: string }): string {
  return `${from}..${to}`
}
