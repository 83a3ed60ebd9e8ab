import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFlood } from '../../src/collect/flood.ts'
import { LIMITS } from '../../src/limits.ts'
import { TIME_MS } from './ask.ts'

const CLIENT = '192.0.2.7'

test('a minute’s hits may come at once, and then as fast as the bucket fills', () => {
  const isFlood = createFlood(60)
  const hits = (timeMs: number, count: number) =>
    Array.from({ length: count }, () => isFlood(CLIENT, timeMs)).filter((flood) => !flood).length
  assert.equal(hits(TIME_MS, 100), 60)
  assert.equal(hits(TIME_MS + 999, 5), 0)
  assert.equal(hits(TIME_MS + 1_000, 5), 1)
  assert.equal(hits(TIME_MS + 11_000, 50), 10)
  assert.equal(hits(TIME_MS + 600_000, 100), 60)
})

test('each sender has a bucket of its own, a network of IPv6 one in all', () => {
  const isFlood = createFlood(1)
  assert.equal(isFlood(CLIENT, TIME_MS), false)
  assert.equal(isFlood('192.0.2.8', TIME_MS), false)
  assert.equal(isFlood('2001:db8::1', TIME_MS), false)
  assert.equal(isFlood('2001:db8::2', TIME_MS), true)
  assert.equal(isFlood('2001:db8:0:1::2', TIME_MS), false)
})

test('nobody is limited whose address is not known, or not public, or when the limit is 0', () => {
  const isFlood = createFlood(1)
  for (const address of [null, '127.0.0.1', '::1', '10.0.0.1', 'fd00::1', 'fe80::1']) {
    isFlood(address, TIME_MS)
    assert.equal(isFlood(address, TIME_MS), false)
  }
  const unlimited = createFlood(0)
  unlimited(CLIENT, TIME_MS)
  assert.equal(unlimited(CLIENT, TIME_MS), false)
})

test('a clock that is set back does not lock anybody out', () => {
  const isFlood = createFlood(1)
  isFlood(CLIENT, TIME_MS)
  assert.equal(isFlood(CLIENT, TIME_MS - 3_600_000), false)
})

test('senders beyond the limit push out those that were quiet longest', () => {
  const isFlood = createFlood(1)
  const addressOf = (number: number) => `198.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
  isFlood(CLIENT, TIME_MS)
  for (let number = 0; number < LIMITS.floodAddressesMax / 2; number += 1) isFlood(addressOf(number), TIME_MS)
  assert.equal(isFlood(CLIENT, TIME_MS), true)
  for (let number = 0; number < LIMITS.floodAddressesMax; number += 1)
    isFlood(addressOf(number + 2 ** 20), TIME_MS)
  assert.equal(isFlood(CLIENT, TIME_MS), false)
})
