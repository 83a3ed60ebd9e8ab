import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparedWords, includesToday, monthsBack, neighbours, periodTitle } from '../../src/web/periods.ts'

const CLOCK = { day: '2026-11-23', minute: '14:35', second: '14:35:07' }

const TITLES: readonly (readonly [period: string, from: string, to: string, title: string])[] = [
  ['28d', '2026-10-27', '2026-11-23', 'Last 28 days'],
  ['12mo', '2025-11-24', '2026-11-23', 'Last 12 months'],
  ['today', '2026-11-23', '2026-11-23', 'Today'],
  ['2026-11-11', '2026-11-11', '2026-11-11', 'Wednesday 11 November 2026'],
  ['month', '2026-11-01', '2026-11-23', 'November 2026'],
  ['2026-10', '2026-10-01', '2026-10-31', 'October 2026'],
  ['2025', '2025-01-01', '2025-12-31', '2025'],
  ['2026-11-01..2026-11-15', '2026-11-01', '2026-11-15', '1 – 15 November 2026'],
  ['all', '2025-02-03', '2026-11-23', 'All days'],
]

for (const [period, from, to, title] of TITLES) {
  test(`the period ${period} is called ${title}`, () =>
    assert.equal(periodTitle(period, { from, to }), title))
}

const NEIGHBOURS: readonly (readonly [from: string, to: string, earlier: string, later: string | null])[] = [
  ['2026-10-27', '2026-11-23', '2026-09-29..2026-10-26', null],
  ['2026-11-23', '2026-11-23', '2026-11-22', null],
  ['2026-11-21', '2026-11-21', '2026-11-20', '2026-11-22'],
  ['2026-11-01', '2026-11-30', '2026-10', null],
  ['2026-10-01', '2026-10-31', '2026-09', '2026-11'],
  ['2025-01-01', '2025-12-31', '2024', '2026'],
  ['2024-02-01', '2024-02-29', '2024-01', '2024-03'],
  ['2026-11-01', '2026-11-15', '2026-10-17..2026-10-31', '2026-11-16..2026-11-30'],
]

for (const [from, to, earlier, later] of NEIGHBOURS) {
  test(`beside ${from}..${to} are ${earlier} and ${later}`, () => {
    assert.deepEqual(neighbours('', { from, to }, CLOCK), { earlier, later })
  })
}

test('beside all days there is nothing', () => {
  const days = { from: '2025-02-03', to: '2026-11-23' }
  assert.deepEqual(neighbours('all', days, CLOCK), { earlier: null, later: null })
})

test('what is compared has a name', () => {
  assert.equal(comparedWords({ from: '2026-09-29', to: '2026-10-26' }, 'previous'), 'the 28 days before')
  assert.equal(comparedWords({ from: '2026-11-22', to: '2026-11-22' }, 'previous'), 'the day before')
  assert.equal(comparedWords({ from: '2026-10-01', to: '2026-10-31' }, 'previous'), 'October 2026')
  assert.equal(comparedWords({ from: '2025-10-27', to: '2025-11-23' }, 'year'), 'the same days a year before')
})

test('months go back over the turn of a year', () => {
  assert.deepEqual(monthsBack('2026-01-31', 3), ['2026-01', '2025-12', '2025-11'])
})

test('only periods that always end today include it', () => {
  assert.deepEqual(
    ['today', '28d', 'all', 'yesterday', '2026', '2026-11-01..2026-11-23'].map(includesToday),
    [true, true, true, false, false, false],
  )
})
