/** Words for "no country" in databases and headers: unknown, Tor. */
const NO_COUNTRY = new Set(['XX', 'T1', 'ZZ'])

/** A country's code, ISO 3166-1 alpha-2, in upper case; null for anything else. */
export function parseCountry(code: string): string | null {
  const upper = code.trim().toUpperCase()
  return /^[A-Z]{2}$/.test(upper) && !NO_COUNTRY.has(upper) ? upper : null
}
