import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLANK_HIT } from '../../src/blank-hit.ts'
import { createTallies } from '../../src/collect/tally.ts'
import { LIMITS } from '../../src/limits.ts'
import { TIME_MS } from './ask.ts'

const unknown = (host: string | null) => ({ verdict: 'unknown-site', site: null, host }) as const

test('refusals become one hit for each site and verdict, with no other content', () => {
  const tallies = createTallies()
  for (let hit = 0; hit < 3; hit += 1) tallies.add({ verdict: 'flood', site: 'blog.example.org', host: null })
  tallies.add(unknown('a.example'))
  tallies.add(unknown('b.example'))
  const tally = { ...BLANK_HIT, kind: 'tally', timeMs: TIME_MS } as const
  assert.deepEqual(tallies.drain(TIME_MS), [
    { ...tally, site: 'blog.example.org', verdict: 'flood', count: 3 },
    { ...tally, verdict: 'unknown-site', count: 2 },
  ])
  assert.deepEqual(tallies.drain(TIME_MS), [])
})

test('unknown hosts are shown, most hits first, and stay when the tallies are drained', () => {
  const tallies = createTallies()
  for (const host of ['a.example', 'b.example', 'b.example', null]) tallies.add(unknown(host))
  tallies.drain(TIME_MS)
  assert.deepEqual(tallies.unknownHosts(), [
    { host: 'b.example', hits: 2 },
    { host: 'a.example', hits: 1 },
  ])
})

test('made-up hosts cannot hide one that asks again and again', () => {
  const tallies = createTallies()
  for (let host = 0; host < 1_000; host += 1) {
    tallies.add(unknown('real.example'))
    tallies.add(unknown(`${host}.example`))
  }
  const hosts = tallies.unknownHosts()
  assert.equal(hosts.length, LIMITS.unknownHostsShownMax)
  assert.deepEqual(hosts[0], { host: 'real.example', hits: 1_000 })
})
