import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { dayStartMs, localDay, zoneOffsets } from '../src/zone.ts'

const DAY_MS = 86_400_000
const at = (iso: string): number => Date.parse(iso)
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

const STARTS: [name: string, zone: string, day: string, start: string][] = [
  ['UTC', 'UTC', '2026-11-23', '2026-11-23T00:00:00Z'],
  ['winter in Warsaw', 'Europe/Warsaw', '2026-11-23', '2026-11-22T23:00:00Z'],
  ['summer in Warsaw', 'Europe/Warsaw', '2026-07-01', '2026-06-30T22:00:00Z'],
  ['the day after the clocks went back', 'Europe/Warsaw', '2026-10-26', '2026-10-25T23:00:00Z'],
  ['an offset of a quarter hour', 'Asia/Kathmandu', '2026-11-23', '2026-11-22T18:15:00Z'],
  ['a midnight left out', 'America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
  ['a day left out', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
  ['the day after it', 'Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
]

for (const [name, zone, day, start] of STARTS) {
  test(`a day begins at its first instant: ${name}`, () => {
    assert.equal(new Date(dayStartMs(zone, dayOf(day))).toISOString(), new Date(start).toISOString())
  })
}

test('offsets begin at the range and change to the second', () => {
  assert.deepEqual(zoneOffsets('Europe/Warsaw', at('2026-03-01T00:00Z'), at('2026-12-01T00:00Z')), [
    { fromMs: at('2026-03-01T00:00Z'), offsetMs: 3_600_000 },
    { fromMs: at('2026-03-29T01:00Z'), offsetMs: 7_200_000 },
    { fromMs: at('2026-10-25T01:00Z'), offsetMs: 3_600_000 },
  ])
})

test('two changes within eight days are both found', () => {
  const changes = zoneOffsets('America/Recife', at('2000-10-01T00:00Z'), at('2000-11-01T00:00Z'))
  assert.deepEqual(
    changes.map(({ fromMs }) => new Date(fromMs).toISOString()),
    ['2000-10-01T00:00:00.000Z', '2000-10-08T03:00:00.000Z', '2000-10-15T02:00:00.000Z'],
  )
})

test('a change at the end of the range is behind it', () => {
  const changeMs = at('2026-03-29T01:00Z')
  assert.equal(zoneOffsets('Europe/Warsaw', changeMs - 1, changeMs).length, 1)
  assert.equal(zoneOffsets('Europe/Warsaw', changeMs - 1, changeMs + 1).length, 2)
})

test('an unknown zone is refused', () => {
  assert.throws(() => zoneOffsets('Europe/Atlantis', 0, 1), RangeError)
})

test('every instant lies in the day that its zone names', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Warsaw',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
  )
  const times = fc.integer({ min: at('2012-01-01'), max: at('2031-01-01') })
  fc.assert(
    fc.property(zones, times, (zone, timeMs) => {
      const day = localDay(zone, timeMs)
      assert.ok(dayStartMs(zone, day) <= timeMs)
      assert.ok(timeMs < dayStartMs(zone, day + 1))
    }),
  )
})
