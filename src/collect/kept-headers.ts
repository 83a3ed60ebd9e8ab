import { addressesIn } from '../address.ts'
import type { HeaderValues } from '../verdict.ts'
import { remembered } from './remembered.ts'

/** Chooses what is kept of a request's headers. `isClients` says whether one of some addresses is the client's. */
export type KeepHeaders = (
  headers: HeaderValues,
  isClients: (found: readonly string[]) => boolean,
) => Record<string, string>

/**
 * The allow-list: what was asked for and by what kind of browser, each reduced to what is used of it.
 * A value that does not look as it should is not kept.
 */
const ALLOWED: readonly (readonly [name: string, reduce: (value: string) => string | null])[] = [
  ['user-agent', (value) => (value === '' ? null : value)],
  ['accept-language', firstLanguage],
  ['sec-ch-ua', significantBrand],
  ['sec-ch-ua-mobile', (value) => (value === '?1' ? value : null)],
  ['sec-ch-ua-platform', (value) => /^"([\w .-]{1,32})"$/.exec(value)?.[1] ?? null],
  ['sec-fetch-site', (value) => (/^(?:same-origin|same-site|cross-site|none)$/.test(value) ? value : null)],
  ['sec-purpose', purpose],
  ['purpose', purpose],
  ['x-purpose', purpose],
  ['x-moz', purpose],
]

/** Keeps the headers of the allow-list. Remembers values, in bounded memory. */
export function keepAllowed(): KeepHeaders {
  const rules = ALLOWED.map(([name, reduce]) => {
    const reduced = remembered((value) => ({ text: reduce(value), found: addressesIn(value) }))
    return { name, reduced }
  })
  return (headers, isClients) => {
    const kept: Record<string, string> = {}
    for (const { name, reduced } of rules) {
      const value = headers[name]
      if (typeof value !== 'string') continue
      const { text, found } = reduced(value)
      if (text !== null && !isClients(found)) kept[name] = text
    }
    return kept
  }
}

/** `de-DE` of `de-DE,de;q=0.9`: language, script and region of the first tag. */
function firstLanguage(value: string): string | null {
  return /^\s*([a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?)(?![a-z\d])/i.exec(value)?.[1] ?? null
}

const BRAND = /"((?:[^"\\]|\\.){1,64})"\s*;\s*v="(\d{1,5})[^"]{0,32}"/g

/**
 * The brand that says most, with its major version: `Brave 142` before `Google Chrome 142` before `Chromium 142`.
 * What browsers add to keep parsers honest (`Not:A-Brand`) is no brand.
 */
function significantBrand(value: string): string | null {
  const brands = [...value.matchAll(BRAND)]
    .map(([, name = '', version = '']) => ({ name, text: `${name} ${version}` }))
    .filter(({ name }) => name.replace(/[^a-z]/gi, '').toLowerCase() !== 'notabrand')
  const own = brands.find(({ name }) => name !== 'Chromium' && name !== 'Google Chrome')
  return (own ?? brands.find(({ name }) => name === 'Google Chrome') ?? brands[0])?.text ?? null
}

function purpose(value: string): string | null {
  return value.length <= 64 ? value : null
}
