import { isIP } from 'node:net'
import { parseHost } from './site.ts'

/** How one kind of setting is read. */
export interface ValueKind<T> {
  /**
   * Checks a value as TOML gives it.
   *
   * @throws {RangeError} whose message says what was expected
   */
  readonly parse: (value: unknown) => T
  /** Turns text from the environment or the command line into what TOML would have given. */
  readonly fromText: (text: string) => unknown
}

const asIs = (text: string): unknown => text

/** Text that passes `accept`, which returns it normalised or null. */
function text(expected: string, accept: (text: string) => string | null): ValueKind<string> {
  const parse = (value: unknown) => {
    const accepted = typeof value === 'string' ? accept(value) : null
    if (accepted === null) throw new RangeError(`expected ${expected}`)
    return accepted
  }
  return { parse, fromText: asIs }
}

/** One of a few words. */
export function choice<T extends string>(...words: readonly T[]): ValueKind<T> {
  const parse = (value: unknown) => {
    const word = words.find((word) => word === value)
    if (word === undefined) throw new RangeError(`expected ${words.map(quote).join(' or ')}`)
    return word
  }
  return { parse, fromText: asIs }
}

/** A whole number, both bounds included. */
export function integer(min: number, max: number): ValueKind<number> {
  const parse = (value: unknown) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
    throw new RangeError(`expected a whole number from ${min} to ${max}`)
  }
  return { parse, fromText: (text) => (/^\d+$/.test(text) ? Number(text) : text) }
}

/** `true` or `false`. */
export const flag: ValueKind<boolean> = {
  parse: (value) => {
    if (typeof value === 'boolean') return value
    throw new RangeError('expected true or false')
  },
  fromText: (text) => (text === 'true' ? true : text === 'false' ? false : text),
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** A size in bytes: a whole number, or text such as `"1 GiB"`. */
export const bytes: ValueKind<number> = {
  parse: (value) => {
    const [, digits, unit = 'B'] =
      /^(\d+) ?(\w+)?$/.exec(typeof value === 'string' || typeof value === 'number' ? `${value}` : '') ?? []
    const power = UNITS.indexOf(unit)
    if (digits === undefined || power < 0) {
      throw new RangeError('expected bytes as a whole number, or text such as "500 MiB" or "1 GiB"')
    }
    return Number(digits) * 1_024 ** power
  },
  fromText: asIs,
}

/** A list of such texts; in the environment with commas between. */
export function list(one: ValueKind<string>, max: number): ValueKind<readonly string[]> {
  const parse = (value: unknown) => {
    if (!Array.isArray(value)) throw new RangeError('expected a list, such as ["one", "two"]')
    if (value.length > max) throw new RangeError(`expected at most ${max}, found ${value.length}`)
    return Object.freeze(value.map((entry) => parseEntry(one, entry)))
  }
  return { parse, fromText: (text) => text.split(',').map((part) => part.trim()) }
}

/** A word that stands for the whole value, or another kind. */
export function wordOr<W extends string, T>(word: W, other: ValueKind<T>): ValueKind<W | T> {
  return {
    parse: (value) => (value === word ? word : other.parse(value)),
    fromText: (text) => (text === word ? word : other.fromText(text)),
  }
}

/** A host name without port: lower case, international names as the browser sends them (`xn--…`). */
export const host = text('a host name, such as "blog.example.org"', (value) =>
  /:\d*$/.test(value) && !value.endsWith(']') ? null : parseHost(value),
)

/** An address to listen on. */
export const listenAddress = text('an address or host name to listen on, such as "127.0.0.1"', (value) =>
  isIP(value) > 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(value) ? value : null,
)

/** An address or a network. */
export const network = text('an address or network, such as "192.0.2.7" or "2001:db8::/32"', (value) => {
  const [address = '', bits, ...rest] = value.split('/')
  const widest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest)
  return widest > 0 && fits && rest.length === 0 ? value : null
})

/** An IANA time zone. */
export const timezone = text('an IANA time zone, such as "Europe/Warsaw"', (value) => {
  try {
    void new Intl.DateTimeFormat('en', { timeZone: value })
    return value
  } catch {
    return null
  }
})

/** A day of the calendar, as text or as TOML's own date. */
export const calendarDay: ValueKind<string> = {
  parse: (value) => {
    const day = value instanceof Date ? value.toISOString() : value
    const time = typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : NaN
    if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
      throw new RangeError('expected a day, such as 2026-11-23')
    return day
  },
  fromText: asIs,
}

/** A few words for people, on one line. */
export function words(charactersMax: number): ValueKind<string> {
  return text(`some words, at most ${charactersMax} characters in one line`, (value) => {
    const trimmed = value.trim()
    const fits = trimmed !== '' && trimmed.length <= charactersMax && !/\p{Cc}/u.test(trimmed)
    return fits ? trimmed : null
  })
}

/** Text of a shape. */
export function matching(expected: string, pattern: RegExp): ValueKind<string> {
  return text(expected, (value) => (pattern.test(value) ? value : null))
}

/** What was found, as messages show it. */
export function quote(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

function parseEntry(one: ValueKind<string>, entry: unknown): string {
  try {
    return one.parse(entry)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RangeError(`${quote(entry)} is not right, ${error.message}`, { cause: error })
  }
}
