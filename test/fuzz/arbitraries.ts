import * as fc from 'fast-check'
import type { CollectRequest } from '../../src/collect/request.ts'
import { encodeRawHit } from '../../src/hit.ts'
import { aHit } from '../a-hit.ts'

const CLIENTS = ['192.0.2.77', '2001:db8:77:66::55'] as const

/** Pieces that break parsers, beside pieces that belong there. */
const PIECES = [
  '/',
  '//',
  '.',
  '..',
  '/../',
  '%2F',
  '%2f..%2f',
  '%',
  '%zz',
  '%00',
  '%E0%A4%A',
  '%c3%a9',
  '%C3%28',
  'é',
  'e\u0301',
  '\ud800',
  '\u202e',
  '\0',
  '\r\n',
  ' ',
  '?',
  '#',
  '&',
  '=',
  '&p=',
  '&r=',
  'utm_source=',
  'ref=',
  'id=7',
  'http://',
  'https://blog.example.org',
  'https://user:secret@search.example/',
  'javascript:',
  '[::1]',
  ':99999',
  '@',
  'index.html',
  'page',
  '__proto__',
  'constructor',
  ...CLIENTS.flatMap((address) => [`/${address}/`, ` ${address},`, `=${encodeURIComponent(address)}&`]),
]

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 300, maxLength: 900, size: 'max' }) },
)

const text = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''))

const SIGNS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))

/** Characters of a page's name, none of them one that separates; each escaped or as it is. */
export const nameInTwoWays: fc.Arbitrary<{ readonly plain: string; readonly escaped: string }> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...SIGNS.filter((sign) => !'/?#%'.includes(sign)), 'é', '日', '🎉'),
      fc.boolean(),
    ),
    { maxLength: 40 },
  )
  .map((characters) => ({
    plain: characters.map(([character]) => character).join(''),
    escaped: characters
      .map(([character, isEscaped]) => (isEscaped ? escapeAll(character) : character))
      .join(''),
  }))

function escapeAll(text: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, '%$&')
}

/** A path, and perhaps a query, as nobody should write it. */
export const requestedPath: fc.Arbitrary<string> = text

const resource = fc.constantFrom(
  '/c.css',
  '/c.gif',
  '/c.svg',
  '/blog.example.org/c.css',
  '/BLOG.example.org:443/c.png',
  '/elsewhere.example/c.css',
  '/%62log.example.org/c.js',
  '/v.css',
  '/blog.example.org/n.css',
  '/w/m.svg',
  '/e/end.svg',
  `/e/${CLIENTS[0]}.svg`,
  '/ping',
  '/csp',
)
const target = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(resource, text, fc.constantFrom('p', 't'))
      .map(([path, query, key]) => `${path}?${key}=${query}`),
  },
  { weight: 2, arbitrary: resource },
  { weight: 1, arbitrary: text },
)

const headerName = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...headerNames()) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z\d!#$%&'*+.^_|~-]{1,30}$/) },
)
const headerValue = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom(...CLIENTS).map((address) => `for="[${address}]"`) },
  { weight: 2, arbitrary: fc.uuid().map((id) => `secret-${id}`) },
  { weight: 2, arbitrary: text.map((path) => `https://blog.example.org/${path}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('1', '?1', 'prefetch', 'prefetch;prerender', 'same-site', 'pl-PL,pl;q=0.9'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('text/ping', 'application/csp-report', 'application/reports+json'),
  },
)

const report = fc
  .record({ page: text, referrer: text, blocked: fc.constantFrom('data', 'data:text/html,', 'inline') })
  .map(({ page, referrer, blocked }) => ({
    'document-uri': `https://blog.example.org/${page}`,
    referrer: `https://search.example/${referrer}`,
    'blocked-uri': blocked,
  }))
const body = fc.oneof(
  { weight: 6, arbitrary: report.map((fields) => JSON.stringify({ 'csp-report': fields })) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(null) },
)

/** A request as a stranger may send it. */
export const request: fc.Arbitrary<CollectRequest> = fc.record({
  method: fc.oneof(
    { weight: 12, arbitrary: fc.constant('GET') },
    { weight: 4, arbitrary: fc.constant('POST') },
    fc.constantFrom('HEAD', 'OPTIONS'),
  ),
  target,
  body,
  headers: fc.dictionary(headerName, headerValue, { maxKeys: 12, noNullPrototype: true }),
  address: fc.option(fc.constantFrom(...CLIENTS)),
  timeMs: fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
  random: fc.constant('0123456789abcdef'),
})

const STORED = encodeRawHit(
  aHit({ headers: { 'user-agent': 'Mozilla/5.0 (X11)' }, path: '/café', country: 'PL' }),
)

/** A stored hit in which something was overwritten, cut or repeated. */
export const brokenLine: fc.Arbitrary<string> = fc
  .tuple(fc.nat(STORED.length), fc.nat(8), fc.oneof(piece, fc.json({ maxDepth: 2 })))
  .map(([at, length, noise]) => STORED.slice(0, at) + noise + STORED.slice(at + length))

function headerNames(): readonly [string, ...string[]] {
  return [
    'user-agent',
    'referer',
    'origin',
    'ping-to',
    'ping-from',
    'content-type',
    'if-none-match',
    'accept-language',
    'sec-ch-ua',
    'sec-ch-ua-mobile',
    'sec-ch-ua-platform',
    'sec-fetch-site',
    'sec-purpose',
    'sec-gpc',
    'dnt',
    'host',
    'cookie',
    'authorization',
    'proxy-authorization',
    'x-forwarded-for',
    'forwarded',
    'x-anything',
  ]
}
