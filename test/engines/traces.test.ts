import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { chromiumPath, needs } from '../browser/support/chromium.ts'
import { CLAIMS } from './claims.ts'
import { firefoxPath } from './firefox.ts'
import { siteOf } from './place.ts'
import { Seat } from './seat.ts'
import { withWorld } from './world.ts'

/** Where a browser keeps what it was answered; all else of a profile must not know the collector. */
const CACHES = /Cache|cache2/

const BROWSERS = [
  ['chromium', needs('Chromium', chromiumPath())],
  ['firefox', needs('Firefox', firefoxPath())],
] as const

/** All but the last tell the browser to keep nothing. */
const VISITED = ['view', 'picture', 'window', 'event', 'from-report', 'visitor']

for (const [engine, options] of BROWSERS) {
  test(`${engine} keeps nothing of a counter but the validator of v.css`, options, async () => {
    const place = { engine, scripts: true, relation: 'same-site' } as const
    const sites = VISITED.map((claim) => siteOf(claim, place))
    await withWorld({ sites, quietMs: 400 }, async (world) => {
      const seat = await Seat.open(world, place, false)
      try {
        for (const claim of CLAIMS.filter(({ id }) => VISITED.includes(id) && id !== 'visitor'))
          await claim.walk(seat.on(siteOf(claim.id, place)))
        await seat.on(siteOf('visitor', place)).open('/first')
      } finally {
        await seat.close()
      }
      const profile = await texts(seat.profile)
      const outside = [...profile].filter(([name]) => !CACHES.test(name)).map(([, text]) => text)
      for (const site of sites) assert(!outside.some((text) => text.includes(`c.${site}`)), site)
      const kept = [...profile.values()].filter((text) => ANSWER.test(text))
      assert.equal(kept.length, 1)
      assert.match(kept[0] ?? '', /\/v\.css/)
      assert.deepEqual(headersIn(kept[0] ?? ''), EXPECTED)
    })
  })
}

/** No page says this; every answer of the collector that has a body does. */
const ANSWER = /cross-origin-resource-policy: /i

const EXPECTED = [
  'access-control-allow-origin: *',
  'cache-control: private, no-cache',
  'content-length: 0',
  'content-type: text/css',
  'cross-origin-resource-policy: cross-origin',
  'date',
  'etag: "DAY.1"',
  'x-content-type-options: nosniff',
]

/** The headers of a stored answer, by name; those of the connection are none of it. */
function headersIn(entry: string): readonly string[] {
  const start = entry.lastIndexOf('HTTP/1.1 200')
  const lines = entry.slice(start).split(/\r\n|\0/)
  const headers = lines.slice(1).filter((line) => /^[a-z-]+: /i.test(line))
  return [...new Set(headers)]
    .map((header) => header.replace(/^[^:]*/, (name) => name.toLowerCase()))
    .map((header) => header.replace(/^(date): .*/, '$1').replace(/"\d{4}-\d\d-\d\d\./, '"DAY.'))
    .filter((header) => !/^(?:connection|keep-alive): /.test(header))
    .sort()
}

/** Every file below a folder, by its name. */
async function texts(dir: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = async (path: string) => [relative(dir, path), await readFile(path, 'latin1')] as const
  return new Map(await Promise.all(paths.map(read)))
}
