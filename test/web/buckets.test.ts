import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Buckets, Course } from '../../src/web/buckets.ts'
import { bucketPeriod, planBuckets, progressOf, sumOf, ticksOf } from '../../src/web/buckets.ts'
import { dayAfter } from '../../src/web/days.ts'

const CLOCK = { day: '2026-11-23', minute: '14:35', second: '14:35:07' }

function days(from: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => dayAfter(from, index))
}

/** The bars of these days or hours, all of which have begun. */
function plan(times: readonly string[], change: Partial<Course> = {}): Buckets {
  const [from = '2026-11-24', to = '2026-11-23'] = [times[0], times.at(-1)].map((time) => time?.slice(0, 10))
  const granularity = times[0]?.includes('T') === true ? 'hour' : 'day'
  return planBuckets({
    times,
    period: { from, to },
    granularity,
    asked: 'auto',
    weekStart: 'monday',
    ...change,
  })
}

const HOURS = Array.from({ length: 24 }, (_, hour) => `2026-11-23T${String(hour).padStart(2, '0')}:00`)

test('bars are hours, days, weeks or months, so that there are never too many', () => {
  const shape = (times: readonly string[]) => {
    const { grain, list } = plan(times)
    return `${list.length} × ${grain}`
  }
  assert.equal(shape(HOURS), '24 × hour')
  assert.equal(shape(days('2026-11-23', 1)), '1 × day')
  assert.equal(shape(days('2026-08-24', 92)), '92 × day')
  assert.equal(shape(days('2026-08-24', 93)), '14 × week')
  assert.equal(shape(days('2025-11-24', 365)), '53 × week')
  assert.equal(shape(days('2022-01-01', 365 * 5)), '60 × month')
  assert.equal(shape([]), '0 × day')
})

test('buckets hold every point once, in order, and no sum is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 900 }), (offset, count) => {
      const times = days(dayAfter('2020-01-01', offset), count)
      const { list } = plan(times)
      assert.deepEqual(
        list.flatMap(({ start, end }) => times.slice(start, end)),
        times,
      )
      const values = times.map((_, index) => index * 7)
      const total = list.reduce((sum, bucket) => sum + (sumOf(bucket, values) ?? NaN), 0)
      assert.equal(
        total,
        values.reduce((sum, value) => sum + value, 0),
      )
    }),
    { numRuns: 50 },
  )
})

test('a sum is not known when a point is not, or is not there', () => {
  const [bucket] = plan(days('2022-01-01', 900)).list
  assert.ok(bucket !== undefined)
  assert.equal(
    sumOf(
      bucket,
      Array.from({ length: 31 }, () => 1),
    ),
    31,
  )
  assert.equal(
    sumOf(
      bucket,
      Array.from({ length: 30 }, () => 1),
    ),
    null,
  )
  assert.equal(sumOf(bucket, [...Array.from({ length: 30 }, () => 1), null]), null)
})

test('what is to come of a period has its place: days to its last, hours to midnight', () => {
  const period = { from: '2026-11-01', to: '2026-11-30' }
  const shape = (count: number) => plan(days('2026-11-01', count), { period }).list.map(({ from }) => from)
  for (const count of [0, 23, 30]) assert.deepEqual(shape(count), days('2026-11-01', 30))
  for (const count of [0, 15, 24]) {
    const today = plan(HOURS.slice(0, count), {
      period: { from: '2026-11-23', to: '2026-11-23' },
      granularity: 'hour',
    })
    assert.deepEqual(
      today.list.map(({ from }) => from),
      HOURS,
    )
  }
})

test('weeks begin on the day that the settings say', () => {
  for (const [weekStart, first] of [
    ['monday', '2026-01-05'],
    ['sunday', '2026-01-04'],
    ['saturday', '2026-01-03'],
  ] as const) {
    assert.equal(plan(days('2026-01-01', 120), { weekStart }).list[1]?.from, first)
  }
})

test('points that are weeks or months already are bars, cut to the period', () => {
  const period = { from: '2026-10-28', to: '2026-11-30' }
  const weeks = plan(['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'], {
    period,
    granularity: 'week',
    asked: 'week',
  })
  assert.deepEqual(
    weeks.list.map((bucket) => bucketPeriod(bucket, 'week')),
    [
      '2026-10-28..2026-11-01',
      '2026-11-02..2026-11-08',
      '2026-11-09..2026-11-15',
      '2026-11-16..2026-11-22',
      '2026-11-23..2026-11-29',
      '2026-11-30',
    ],
  )
  const months = plan(['2026-10-01', '2026-11-01'], { period, granularity: 'month', asked: 'month' })
  assert.deepEqual(
    months.list.map((bucket) => bucketPeriod(bucket, 'month')),
    ['2026-10-28..2026-10-31', '2026-11'],
  )
})

test('days that were asked for stay days', () => {
  assert.equal(plan(days('2025-11-24', 365), { asked: 'day' }).list.length, 365)
})

test('a bucket is whole, unfinished or to come by the clock of its site', () => {
  const progress = (times: readonly string[]) => plan(times).list.map((bucket) => progressOf(bucket, CLOCK))
  assert.deepEqual(progress(days('2026-11-22', 3)), ['whole', 'unfinished', 'to-come'])
  const hours = progress(HOURS)
  assert.deepEqual([hours[13], hours[14], hours[15]], ['whole', 'unfinished', 'to-come'])
  assert.deepEqual(progress(days('2026-08-01', 120)).slice(-2), ['whole', 'unfinished'])
})

test('a bucket leads to its days', () => {
  const first = (times: readonly string[]) => {
    const { grain, list } = plan(times)
    return list.map((bucket) => bucketPeriod(bucket, grain))
  }
  assert.equal(first(HOURS)[0], '2026-11-23')
  assert.equal(first(days('2026-11-22', 3))[0], '2026-11-22')
  assert.deepEqual(first(days('2025-11-26', 365)).slice(0, 2), [
    '2025-11-26..2025-11-30',
    '2025-12-01..2025-12-07',
  ])
  assert.deepEqual(first(days('2022-01-02', 900)).slice(0, 2), ['2022-01-02..2022-01-31', '2022-02'])
})

test('ticks name Mondays, months, years or hours, and never touch today', () => {
  const ticks = (times: readonly string[]) => ticksOf(plan(times), CLOCK).filter((tick) => tick !== null)
  assert.deepEqual(ticks(days('2026-10-27', 28)), ['2 Nov', '9 Nov', '16 Nov', 'today'])
  assert.deepEqual(ticks(days('2026-11-01', 30)), ['2 Nov', '9 Nov', '16 Nov', 'today', '30 Nov'])
  assert.deepEqual(ticks(days('2026-08-26', 90)), ['Sept', 'Oct', 'Nov', 'today'])
  assert.deepEqual(ticks(days('2026-10-30', 25)), ['2 Nov', '9 Nov', '16 Nov', 'today'])
  assert.equal(ticks(days('2025-11-24', 365)).join(' '), 'Dec 2026 Feb Mar Apr May Jun Jul Aug Sept Oct Nov')
  assert.deepEqual(ticks(days('2022-11-01', 900)), ['2023', '2024', '2025'])
  assert.equal(ticks(HOURS).join(' '), '00:00 03:00 06:00 09:00 12:00 15:00 18:00 21:00')
})
