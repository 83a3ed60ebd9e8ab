import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCountries } from '../../src/collect/country.ts'
import { parseCountry } from '../../src/country.ts'

const countries = openCountries()

/** Addresses that registries and well-known public resolvers have announced from these countries for years. */
const COUNTRIES: [address: string, country: string | null][] = [
  ['193.0.6.139', 'NL'],
  ['133.11.0.1', 'JP'],
  ['200.160.2.3', 'BR'],
  ['::ffff:193.0.6.139', 'NL'],
  ['2a02:2e0:3fe:1001:302::', 'DE'],
  ['127.0.0.1', null],
  ['10.1.2.3', null],
  ['fd00::1', null],
  ['not an address', null],
]

for (const [address, country] of COUNTRIES) {
  test(`${address} is ${country ?? 'in no country'}`, () => {
    assert.equal(countries.countryOf(address), country)
  })
}

test('only codes of countries are countries', () => {
  assert.deepEqual(['pl', ' DE '].map(parseCountry), ['PL', 'DE'])
  for (const other of ['XX', 'T1', 'ZZ', 'POL', '']) assert.equal(parseCountry(other), null)
})
