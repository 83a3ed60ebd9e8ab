import { cleanEscapes, cutBytes, decodeQueryText } from './escapes.ts'
import { LIMITS } from './limits.ts'

/** What settings say of paths. */
export interface PathRules {
  /** Names cut from the end of a path. */
  readonly indexFiles: readonly string[]
  /** Query keys that stay in it. */
  readonly queryKeys: readonly string[]
}

/**
 * The one form of a page's path, so that one page is one row: begins with "/", at most
 * `LIMITS.pathBytesMax` bytes in UTF-8, and cleaning it again changes nothing.
 *
 * It is stored readable: `/caf%C3%A9` as `/café`, in Unicode's composed form, and `/it%27s` as `/it's`: of the signs
 * that may stand in a path (RFC 3986, section 3.3) one generator escapes more than the next. Escaped stay, with capital
 * digits, those that separate (`%2F`, `%3F`, `%23`, `%25`), those that no URL holds as they are (`<`, `{` and their like),
 * what cannot be seen (spaces, control and format characters) and bytes that are no UTF-8. Dot segments,
 * doubled slashes, the fragment, and all of the query but `rules.queryKeys` are gone. Letters keep their case,
 * and "/" at the end stays.
 *
 * @param target path and perhaps query, as a URL has them or already cleaned
 */
export function cleanPath(target: string, rules: PathRules): string {
  const [url = ''] = target.split('#', 1)
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const escaped = cutBytes(
    cleanEscapes(path.startsWith('/') ? path : `/${path}`, 'path'),
    LIMITS.pathBytesMax,
  )
  const clean = withoutIndex(joinSegments(escaped.split('/')), rules.indexFiles)
  return mark < 0 ? clean : clean + keptQuery(clean, url.slice(mark + 1), rules.queryKeys)
}

/**
 * The page that a query names, as its path and query, escaped as in a URL: `p=/path`, also escaped as one value, or its whole
 * address. null where `p` is absent or names no page.
 */
export function pageTarget(query: string): string | null {
  const start = /(?:^|&)p=/.exec(query)
  if (start === null) return null
  const rest = query.slice(start.index + start[0].length)
  const [first = ''] = rest.split('&', 1)
  const value = first.includes('?') ? rest : first
  const text = /^(?:https?%3a|%2f)/i.test(value) ? decodeQueryText(first) : value
  if (text === '') return null
  if (!/^[a-z][a-z\d+.-]*:/i.test(text)) return text
  const url = /^https?:/i.test(text) ? URL.parse(text) : null
  return url === null ? null : url.pathname + url.search
}

const QUERY_PAIRS_MAX = 64

/** Keys and values of a query, still escaped, in order, at most 64 of them. */
export function queryPairs(query: string): readonly (readonly [key: string, value: string])[] {
  return query.split('&', QUERY_PAIRS_MAX).map((pair) => {
    const sign = pair.indexOf('=')
    return sign < 0 ? [pair, ''] : [pair.slice(0, sign), pair.slice(sign + 1)]
  })
}

/** Resolves "." and ".." (RFC 3986, section 5.2.4) and leaves no empty segment but the last. */
function joinSegments(segments: readonly string[]): string {
  const kept: string[] = []
  for (const segment of segments) {
    if (segment === '..') kept.pop()
    else if (segment !== '.' && segment !== '') kept.push(segment)
  }
  const last = segments.at(-1)
  const folder = kept.length > 0 && (last === '' || last === '.' || last === '..')
  return `/${kept.join('/')}${folder ? '/' : ''}`
}

function withoutIndex(path: string, indexFiles: readonly string[]): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name !== '' && indexFiles.includes(name) ? path.slice(0, -name.length) : path
}

/** The pairs that stay, by key; those that no longer fit behind `path` are left out. */
function keptQuery(path: string, query: string, keys: readonly string[]): string {
  let room = LIMITS.pathBytesMax - Buffer.byteLength(path)
  let kept = ''
  const pairs =
    keys.length === 0 ? [] : queryPairs(query).map(([key, value]) => [clean(key), clean(value)] as const)
  for (const [key, value] of pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)))) {
    if (!keys.includes(key)) continue
    const pair = `${kept === '' ? '?' : '&'}${key}${value === '' ? '' : `=${value}`}`
    room -= Buffer.byteLength(pair)
    if (room < 0) break
    kept += pair
  }
  return kept
}

function clean(text: string): string {
  return cleanEscapes(text.replaceAll('+', '%20'), 'query')
}
