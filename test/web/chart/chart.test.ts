import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { heatPicture, heatTable, peakOf } from '../../../src/web/chart/heat.ts'
import { axisTo } from '../../../src/web/chart/scale.ts'
import type { Bar } from '../../../src/web/chart/series.ts'
import { seriesChart } from '../../../src/web/chart/series.ts'
import { spark } from '../../../src/web/chart/spark.ts'
import { matchesSnapshot } from '../snapshot.ts'

const AXES: readonly (readonly [max: number, grid: readonly number[]])[] = [
  [0, []],
  [1, [1]],
  [3, [1, 2, 3]],
  [7, [2, 4, 6]],
  [4, [1, 2, 3, 4]],
  [83, [20, 40, 60, 80]],
  [1360, [500, 1000]],
  [110, [20, 40, 60, 80, 100]],
  [3620, [1000, 2000, 3000]],
  [9999, [2000, 4000, 6000, 8000, 10_000]],
]

for (const [max, grid] of AXES) {
  test(`an axis to ${max} has lines at ${grid.join(', ')}`, () => assert.deepEqual(axisTo(max).grid, grid))
}

test('an axis has at most six lines, at whole numbers, and room for its largest value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (max) => {
      const { top, grid } = axisTo(max)
      assert.ok(top >= max && grid.length >= 1 && grid.length <= 6)
      assert.ok(grid.every((value) => Number.isInteger(value) && value <= top))
    }),
  )
})

function bar(change: Partial<Bar>): Bar {
  return {
    href: null,
    progress: 'whole',
    amount: 0,
    refused: 0,
    value: '0 views',
    note: '',
    tick: null,
    ...change,
  }
}

test('a series is drawn in per cent of its picture', async () => {
  const bars = [
    bar({
      href: '?period=2026-11-21',
      amount: 100,
      refused: 25,
      value: '100 views',
      note: 'Sat 21 Nov',
      tick: '21 Nov',
    }),
    bar({ amount: 50, progress: 'unfinished', value: '50 views', note: 'today', tick: 'today' }),
    bar({ progress: 'to-come' }),
  ]
  matchesSnapshot(
    'series.svg',
    await seriesChart({ bars, before: [80, 90, 70], capped: true, notes: [{ bar: 0, text: 'Moved <b>' }] }),
  )
})

test('a series of nothing is an axis', async () => {
  matchesSnapshot(
    'series-of-nothing.svg',
    await seriesChart({ bars: [], before: [], capped: true, notes: [] }),
  )
})

test('the words of a note stand where no other line or word is, or not at all', async () => {
  const bars = Array.from({ length: 100 }, () => bar({ amount: 1 }))
  const note = (at: number) => ({ bar: at, text: `A note at bar ${at}` })
  const drawn = String(
    await seriesChart({ bars, before: [], capped: true, notes: [5, 50, 52, 60, 97].map(note) }),
  )
  const words = [...drawn.matchAll(/text-anchor="(\w+)">A note at bar (\d+)</g)]
  assert.deepEqual(
    words.map(([, side, at]) => `${at} ${side}`),
    ['5 start', '50 end', '60 start', '97 end'],
  )
  assert.equal(drawn.match(/class="noted"/g)?.length, 5)
})

test('bars that are too thin to point at have no words of their own', async () => {
  const bars = Array.from({ length: 131 }, () => bar({ amount: 1, href: '?' }))
  assert.doesNotMatch(String(await seriesChart({ bars, before: [], capped: true, notes: [] })), /<a /)
})

test('hours are shaded by the greatest, from the first day of the week on', async () => {
  const hours = Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_, hour) => day * hour))
  const rows = (markup: string) =>
    [...markup.matchAll(/>(Mon|Tue|Wed|Thu|Fri|Sat|Sun)</g)].map(([, day]) => day)
  const table = String(await heatTable('Hours', { hours, weekStart: 'sunday' }))
  assert.deepEqual(rows(table), ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'])
  assert.match(table, /<td class="h6">138<\/td><\/tr>/)
  const picture = String(await heatPicture({ hours, weekStart: 'saturday' }))
  assert.deepEqual(rows(picture), ['Sat', 'Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri'])
  assert.equal(picture.match(/<rect /g)?.length, 168)
})

test('a spark has a bar for each value that is there, and is not drawn for none', async () => {
  matchesSnapshot('spark.svg', (await spark([0, 5, 10, 0, 1], true)) ?? '')
  assert.equal(spark([0, 0], true), null)
  assert.equal(spark([], false), null)
})

test('the peak of a week is its greatest hour, and nothing where nothing was', () => {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  assert.equal(peakOf(week), null)
  const busy = week.with(2, week[2]?.with(13, 7) ?? [])
  assert.deepEqual(peakOf(busy), { weekday: 'Wed', hour: 13, count: 7 })
})
