import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { bucketPeriod, planBuckets, progressOf, sumOf, ticksOf, timesOf } from '../../src/web/buckets.ts'
import { dayAfter } from '../../src/web/days.ts'

const CLOCK = { day: '2026-11-23', minute: '14:35', second: '14:35:07' }

function days(from: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => dayAfter(from, index))
}

const HOURS = Array.from({ length: 24 }, (_, hour) => `2026-11-23T${String(hour).padStart(2, '0')}:00`)

test('bars are hours, days, weeks or months, so that there are never too many', () => {
  const shape = (times: readonly string[]) => {
    const { grain, list } = planBuckets(times)
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
      const { list } = planBuckets(times)
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
  const [bucket] = planBuckets(days('2022-01-01', 900)).list
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
  const month = { from: '2026-11-01', to: '2026-11-30' }
  assert.deepEqual(timesOf(days('2026-11-01', 23), month), days('2026-11-01', 30))
  assert.deepEqual(timesOf(days('2026-11-01', 30), month), days('2026-11-01', 30))
  assert.deepEqual(timesOf([], month), days('2026-11-01', 30))
  const today = { from: '2026-11-23', to: '2026-11-23' }
  assert.deepEqual(timesOf(HOURS.slice(0, 15), today), HOURS)
  assert.deepEqual(timesOf(HOURS, today), HOURS)
})

test('a bucket is whole, unfinished or to come by the clock of its site', () => {
  const progress = (times: readonly string[]) =>
    planBuckets(times).list.map((bucket) => progressOf(bucket, CLOCK))
  assert.deepEqual(progress(days('2026-11-22', 3)), ['whole', 'unfinished', 'to-come'])
  const hours = progress(HOURS)
  assert.deepEqual([hours[13], hours[14], hours[15]], ['whole', 'unfinished', 'to-come'])
  assert.deepEqual(progress(days('2026-08-01', 120)).slice(-2), ['whole', 'unfinished'])
})

test('a bucket leads to its days', () => {
  const first = (times: readonly string[]) => {
    const { grain, list } = planBuckets(times)
    return list.map((bucket) => bucketPeriod(bucket, grain))
  }
  assert.equal(first(HOURS)[0], null)
  assert.equal(first(days('2026-11-22', 3))[0], '2026-11-22')
  assert.deepEqual(first(days('2025-11-26', 365)).slice(0, 2), [
    '2025-11-26..2025-11-30',
    '2025-12-01..2025-12-07',
  ])
  assert.deepEqual(first(days('2022-01-02', 900)).slice(0, 2), ['2022-01-02..2022-01-31', '2022-02'])
})

test('ticks name Mondays, months, years or hours, and never touch today', () => {
  const ticks = (times: readonly string[]) =>
    ticksOf(planBuckets(times), CLOCK).filter((tick) => tick !== null)
  assert.deepEqual(ticks(days('2026-10-27', 28)), ['2 Nov', '9 Nov', '16 Nov', 'today'])
  assert.deepEqual(ticks(days('2026-11-01', 30)), ['2 Nov', '9 Nov', '16 Nov', 'today', '30 Nov'])
  assert.deepEqual(ticks(days('2026-08-26', 90)), ['Sept', 'Oct', 'Nov', 'today'])
  assert.deepEqual(ticks(days('2026-10-30', 25)), ['2 Nov', '9 Nov', '16 Nov', 'today'])
  assert.equal(ticks(days('2025-11-24', 365)).join(' '), 'Dec 2026 Feb Mar Apr May Jun Jul Aug Sept Oct Nov')
  assert.deepEqual(ticks(days('2022-11-01', 900)), ['2023', '2024', '2025'])
  assert.equal(ticks(HOURS).join(' '), '00:00 03:00 06:00 09:00 12:00 15:00 18:00 21:00')
})
