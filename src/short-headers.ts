/**
 * Short names of the headers that are kept by default. Names of headers are lower case, so a code in
 * upper case is never one of another header, which keeps its own name.
 */
const CODES = new Map([
  ['user-agent', 'U'],
  ['accept-language', 'L'],
  ['sec-ch-ua', 'A'],
  ['sec-ch-ua-mobile', 'M'],
  ['sec-ch-ua-platform', 'O'],
  ['sec-fetch-site', 'F'],
  ['sec-purpose', 'SP'],
  ['purpose', 'P'],
  ['x-purpose', 'XP'],
  ['x-moz', 'XM'],
])

/**
 * Long phrases of User-Agents, which are a third of what a hit would weigh, and the letter that follows
 * "~" in their place; "~" itself is written twice. Part of the stored format, as the codes are: a new
 * one needs a new format version.
 */
const PHRASES: readonly (readonly [phrase: string, letter: string])[] = [
  ['Mozilla/5.0 (', 'm'],
  [' AppleWebKit/537.36 (KHTML, like Gecko) Chrome/', 'c'],
  [' AppleWebKit/605.1.15 (KHTML, like Gecko) Version/', 's'],
  [' Gecko/20100101 Firefox/', 'f'],
]

const NAMES = new Map(Array.from(CODES, ([name, code]) => [code, name]))
const PHRASE_OF = new Map(Array.from(PHRASES, ([phrase, letter]) => [letter, phrase]))

/** Whether the header is one of those that are kept by default. */
export function hasCode(name: string): boolean {
  return CODES.has(name)
}

/** Headers as stored: codes for names, phrases of the User-Agent shortened; undefined for none. */
export function packHeaders(headers: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const packed: Record<string, string> = {}
  let some = false
  for (const name in headers) {
    const value = headers[name] ?? ''
    packed[CODES.get(name) ?? name] = name === 'user-agent' ? packPhrases(value) : value
    some = true
  }
  return some ? packed : undefined
}

/** What `packHeaders` was given; null where that cannot be. */
export function unpackHeaders(packed: Readonly<Record<string, unknown>>): Record<string, string> | null {
  const headers: Record<string, string> = {}
  for (const code in packed) {
    const value = packed[code]
    const text = code === 'U' && typeof value === 'string' ? unpackPhrases(value) : value
    if (typeof text !== 'string') return null
    headers[NAMES.get(code) ?? code] = text
  }
  return headers
}

function packPhrases(text: string): string {
  let packed = text.includes('~') ? text.replaceAll('~', '~~') : text
  for (const [phrase, letter] of PHRASES) {
    const at = packed.indexOf(phrase)
    if (at >= 0) packed = `${packed.slice(0, at)}~${letter}${packed.slice(at + phrase.length)}`
  }
  return packed
}

function unpackPhrases(packed: string): string | null {
  let text = ''
  let from = 0
  for (let at = packed.indexOf('~'); at >= 0; at = packed.indexOf('~', from)) {
    const letter = packed.charAt(at + 1)
    const phrase = letter === '~' ? letter : PHRASE_OF.get(letter)
    if (phrase === undefined) return null
    text += packed.slice(from, at) + phrase
    from = at + 2
  }
  return text + packed.slice(from)
}
