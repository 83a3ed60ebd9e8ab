const STRAY_PERCENT = /%(?![\da-f]{2})/gi
const RUN_OF_ESCAPES = /(?:%[\da-f]{2})+/gi
const ESCAPE_OR_TEXT = /%..|[^%]+/g
/** What cannot be seen, and what no URL holds as it is; "#" and "?" end a path. */
const NOT_ALLOWED = /[^\p{L}\p{M}\p{N}\p{P}\p{S}]|["#<>?\\^`{|}]/gu
/** What ends a piece of each part of a URL, and so means something else when it is not escaped. */
const SEPARATORS = { path: '/%', query: '&=+%' } as const

/**
 * A part of a URL with its percent-encoding in one form: what reads the same is readable, in Unicode's composed
 * form, all else is escaped, with capital digits. Doing it again changes nothing.
 */
export function cleanEscapes(text: string, part: keyof typeof SEPARATORS): string {
  const separators = SEPARATORS[part]
  const staysReadable = (character: string) =>
    !separators.includes(character) && character.search(NOT_ALLOWED) < 0
  const unescaped = text
    .toWellFormed()
    .replace(STRAY_PERCENT, '%25')
    .replace(RUN_OF_ESCAPES, (run) => decodeBytes(bytesOf(run), staysReadable))
  // Escapes stand apart, so that no accent joins the last digit of one.
  return unescaped.replace(ESCAPE_OR_TEXT, (part) =>
    part.startsWith('%') ? part : part.normalize('NFC').replace(NOT_ALLOWED, encode),
  )
}

/** The text that a part of a query stands for: "+" is a space; bytes that are no UTF-8 stay escaped. */
export function decodeQueryText(text: string): string {
  return text.replaceAll('+', ' ').replace(RUN_OF_ESCAPES, (run) => decodeBytes(bytesOf(run), () => true))
}

/**
 * Header text as it was meant: `node:http` gives each byte as one character, so raw UTF-8 has to be put
 * together again. Bytes that are no UTF-8 become escapes.
 */
export function fromWire(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text
  if (/[^\0-\xff]/.test(text)) return text.toWellFormed()
  return decodeBytes(Buffer.from(text, 'latin1'), () => true)
}

/** Text in UTF-8 of at most `bytesMax` bytes, never cut inside a character or an escape. */
export function cutBytes(text: string, bytesMax: number): string {
  if (text.length * 3 <= bytesMax) return text
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return bytes.toString()
  let end = bytesMax
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.toString('utf8', 0, end).replace(/%[\dA-F]?$/, '')
}

function bytesOf(escapes: string): Buffer {
  return Buffer.from(escapes.replaceAll('%', ''), 'hex')
}

/** Bytes as text; those that are no UTF-8, and characters that are not to stay, as escapes. */
function decodeBytes(bytes: Buffer, stays: (character: string) => boolean): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at] ?? 0)
    const sequence = bytes.subarray(at, at + length)
    const character = sequence.toString()
    const valid = Buffer.from(character).equals(sequence)
    text += valid && stays(character) ? character : escapeBytes(valid ? sequence : sequence.subarray(0, 1))
    at += valid ? length : 1
  }
  return text
}

/** How long a character of UTF-8 is that begins with this byte. */
function sequenceLength(lead: number): number {
  if (lead < 0xc0) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

function encode(character: string): string {
  return escapeBytes(Buffer.from(character))
}

function escapeBytes(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase().replace(/../g, '%$&')
}
