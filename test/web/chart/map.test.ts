import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { drawWorld } from '../../../scripts/world-map.ts'
import type { Area } from '../../../src/web/chart/map.ts'
import { isOnMap, mapKey, worldMap } from '../../../src/web/chart/map.ts'
import world from '../../../src/web/chart/world.json' with { type: 'json' }

function area(code: string, amount: number): Area {
  return { code, amount, words: `${code}: ${amount}`, href: `?country=${code}` }
}

test('the world that is kept is the one that "npm run build:map" draws', () => {
  assert.deepEqual(world, drawWorld())
})

test('the world has the countries of the earth, each by its two letters', () => {
  const codes = Object.keys(world.countries)
  assert.ok(codes.length === 174 && codes.every((code) => /^[A-Z]{2}$/.test(code)))
  for (const code of ['DE', 'PL', 'US', 'FJ', 'XK', 'TW', 'GL', 'PS', 'BS']) assert.ok(isOnMap(code), code)
  for (const code of ['AQ', 'SG', '']) assert.ok(!isOnMap(code), code)
})

test('countries with readers lead to their filter; all other land is one path', async () => {
  const map = String(await worldMap([area('DE', 900), area('FR', 30), area('PL', 0), area('SG', 5)]))
  assert.deepEqual(
    [...map.matchAll(/<a href="([^"]+)" tabindex="-1"><title>([^<]+)<\/title><path class="(h\d)"/g)].map(
      ([, ...found]) => found,
    ),
    [
      ['?country=DE', 'DE: 900', 'h6'],
      ['?country=FR', 'FR: 30', 'h4'],
    ],
  )
  assert.equal(map.match(/<path /g)?.length, 3)
})

test('shades grow by the same factor, and their key says from where to where', () => {
  assert.deepEqual(
    mapKey([area('DE', 1_000_000)]).map(({ words }) => words),
    ['1–9', '10–99', '100–999', '1,000–9,999', '10,000–99,999', '100,000 or more'],
  )
  assert.deepEqual(
    mapKey([area('DE', 1), area('SG', 400)]).map(({ words }) => words),
    ['1 or more'],
  )
})

test('the country with most readers has the darkest shade of the key, and the key is without gaps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000_000 }), async (most) => {
      const key = mapKey([area('DE', most)])
      const map = String(await worldMap([area('DE', most)]))
      assert.ok(map.includes(`class="h${key.at(-1)?.shade}"`))
      const starts = key.map(({ words }) => Number(words.replaceAll(',', '').split(/–| /)[0]))
      assert.equal(starts[0], 1)
      assert.ok(starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? 0)))
      assert.ok((starts.at(-1) ?? 0) <= most)
    }),
    { numRuns: 30 },
  )
})
