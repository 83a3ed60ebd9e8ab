import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { botName } from '../../src/bot.ts'
import type { Collected, CollectRequest } from '../../src/collect/request.ts'
import { collect } from '../../src/collect/collect.ts'
import { keepHeaders } from '../../src/collect/all-headers.ts'
import { createFlood } from '../../src/collect/flood.ts'
import { createRules } from '../../src/collect/rules.ts'
import type { RawHit } from '../../src/hit.ts'
import { decodeRawHit, encodeRawHit } from '../../src/hit.ts'
import { LIMITS } from '../../src/limits.ts'
import { cleanPath } from '../../src/page.ts'
import { parseSettings } from '../../src/parse-settings.ts'
import { isReferrerSpam } from '../../src/referrer-spam.ts'
import { COLUMNS } from '../../src/row.ts'
import { createDeriver } from '../../src/segment/derive.ts'
import { brokenLine, nameInTwoWays, request, requestedPath } from './arbitraries.ts'

/** Checks `runs` cases of one property; throws with the smallest that fails. */
export type Check = (runs: number) => void

/** What must hold whatever a stranger sends. `npm test` tries each a little, `npm run fuzz` at length. */
export const PROPERTIES: Readonly<Record<string, Check>> = {
  'every request gets a well-formed answer, and is kept, refused or neither': (runs) => {
    const property = fc.property(request, (request) => {
      for (const collected of collectedBy(request)) assertAnswered(request, collected)
    })
    fc.assert(property, { numRuns: runs })
  },
  'no kept hit holds the address of its sender, a cookie or a credential': (runs) => {
    const property = fc.property(request, (request) => {
      for (const { hit } of collectedBy(request)) if (hit !== null) assertPrivate(request, hit)
    })
    fc.assert(property, { numRuns: runs })
  },
  'every kept hit fits its line, is read as it was written, and becomes a row': (runs) => {
    const property = fc.property(request, (request) => {
      for (const { hit } of collectedBy(request)) if (hit !== null) assertStored(hit)
    })
    fc.assert(property, { numRuns: runs })
  },
  'a path is cleaned into one form that cleaning leaves as it is': (runs) => {
    const property = fc.property(requestedPath, (path) =>
      assertClean(cleanPath(path, { indexFiles, queryKeys })),
    )
    fc.assert(property, { numRuns: runs })
  },
  'a page is one row, whatever is escaped of its name': (runs) => {
    const property = fc.property(nameInTwoWays, ({ plain, escaped }) =>
      assert.equal(
        cleanPath(`/${escaped}`, { indexFiles, queryKeys }),
        cleanPath(`/${plain}`, { indexFiles, queryKeys }),
      ),
    )
    fc.assert(property, { numRuns: runs })
  },
  'a damaged line is no hit, or a hit that can be written again': (runs) => {
    const property = fc.property(brokenLine, (line) => {
      const hit = decodeRawHit(line)
      if (hit !== null) assert.ok(decodeRawHit(encodeRawHit(hit))?.timeMs === hit.timeMs)
    })
    fc.assert(property, { numRuns: runs })
  },
}

const indexFiles = ['index.html']
const queryKeys = ['id']
const derive = createDeriver({ prerender: 'refuse' })
const SETTINGS = [
  'sites = ["blog.example.org"]',
  'sites = ["blog.example.org"]\nheaders = "all"\nopt_out = "count"',
  'sites = "any"\nopt_out = "refuse"',
]
const RULES = SETTINGS.map((toml) => {
  const shared = 'index_files = ["index.html"]\nquery_keys = ["id"]\nflood_per_minute = 0'
  const sources = { file: 'headcount.toml', env: {}, flags: {}, timezone: 'UTC' }
  const settings = parseSettings({ toml: `${toml}\n${shared}`, ...sources })
  const world = {
    botName,
    isReferrerSpam,
    countryOf: () => 'PL',
    keepHeaders: keepHeaders(settings.headers),
    isFlood: createFlood(settings.floodPerMinute),
  }
  return createRules(settings, world, { loopback: false })
})

/** What each set of rules makes of a request; those that pass it on are left out. */
function collectedBy(request: CollectRequest): readonly Collected[] {
  return RULES.map((rules) => collect(request, rules)).filter((collected) => collected !== null)
}

function assertAnswered(request: CollectRequest, { response, unkept, hit, refused }: Collected): void {
  assert.ok(hit === null || refused === null)
  assert.ok([200, 204, 405, 413].includes(response.status))
  assert.equal(hit !== null || refused !== null, counts(request, response.status))
  for (const { headers } of [response, unkept]) {
    assert.equal(headers.length % 2, 0)
    for (const text of headers) assert.match(text, /^[\x20-\x7e]*$/)
  }
}

function counts({ method }: CollectRequest, status: number): boolean {
  return status !== 405 && (method === 'GET' || method === 'POST')
}

function assertPrivate({ address, headers }: CollectRequest, hit: RawHit): void {
  const kept = JSON.stringify(hit)
  assert.ok(address === null || !kept.includes(address), kept)
  for (const name of ['cookie', 'authorization', 'proxy-authorization']) {
    const secret = headers[name]
    if (typeof secret === 'string' && secret.startsWith('secret-')) assert.ok(!kept.includes(secret), kept)
  }
}

function assertStored(hit: RawHit): void {
  const line = encodeRawHit(hit)
  assert.ok(Buffer.byteLength(line) <= LIMITS.rawHitBytesMax)
  assert.ok(!line.includes('\n'))
  const read = decodeRawHit(line)
  if (read?.cut.length === 0) assert.deepEqual(read, hit)
  else assert.equal(read?.timeMs, hit.timeMs)
  const row = derive(hit)
  assert.deepEqual(Object.keys(row).toSorted(), COLUMNS.map(({ name }) => name).toSorted())
}

function assertClean(path: string): void {
  assert.equal(cleanPath(path, { indexFiles, queryKeys }), path)
  assert.ok(Buffer.byteLength(path) <= LIMITS.pathBytesMax)
  assert.ok(path.isWellFormed())
  // oxlint-disable-next-line no-control-regex -- they are what must not be there
  assert.match(path, /^\/[^\0-\x20\x7f#]*$/)
  const [folders = ''] = path.split('?')
  assert.doesNotMatch(folders, /\/\/|\/\.\.?(?:\/|$)|\/index\.html$/)
}
