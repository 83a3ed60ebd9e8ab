import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'

const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/filter-lists')
const MATCH = join(import.meta.dirname, 'match.mjs')

/** As lists name what asks: `stylesheet`, `image`, `ping`, `csp_report`. */
type Sort = 'stylesheet' | 'image' | 'ping' | 'csp_report'

/** A request of the page. */
type Asked = readonly [url: string, sort: Sort]

/** What pages ask for, under the names that the tags have by default. */
const NAMES: readonly Asked[] = [
  ['c.css', 'stylesheet'],
  ['c.css?p=/a/page/', 'stylesheet'],
  ['c.svg', 'image'],
  ['c.svg?p=/a/page/', 'image'],
  ['v.css', 'stylesheet'],
  ['v.svg', 'image'],
  ['n.css', 'stylesheet'],
  ['w/s.svg', 'image'],
  ['w/m.svg', 'image'],
  ['w/l.svg', 'image'],
  ['e/end.svg', 'image'],
  ['e/outbound.svg?p=/a/page/&t=https://example.net/', 'image'],
  ['e/newsletter.css', 'stylesheet'],
  ['badge.svg?count', 'image'],
]

const PAGE = 'https://blog.example/a/page/'
/** Where a counter of one's own stands. */
const OWN = [
  'https://blog.example/stats',
  'https://count.blog.example',
  'https://count.blog.example/blog.example',
]
const FOREIGN = 'https://count.example.net/blog.example'

/** What tests that the lists stop anything at all. */
const TRACKERS: readonly Asked[] = [
  ['https://blog.example/pixel.gif?x=1', 'image'],
  ['https://www.google-analytics.com/collect?v=1', 'image'],
  ['https://count.blog.example/c.gif?p=/', 'image'],
]

describe('EasyList and EasyPrivacy', { skip: whyNoLists() }, () => {
  const stops = createStops([
    ...TRACKERS,
    ...[...OWN, FOREIGN].flatMap(askedAt),
    ['https://blog.example/stats/ping', 'ping'],
    [`${FOREIGN}/ping`, 'ping'],
    ['https://count.blog.example/csp', 'csp_report'],
  ])

  test('stop the pixels of trackers', () => {
    for (const [url] of TRACKERS) assert.notEqual(stops().get(url), null, url)
  })

  for (const place of [...OWN, FOREIGN]) {
    test(`let pass what the tags ask for at ${place}`, () => {
      const stopped = askedAt(place).flatMap(([url]) => stops().get(url) ?? [])
      assert.deepEqual(stopped, [])
    })
  }

  test('let pass a ping to the page’s own host, and stop one to another site', () => {
    assert.equal(stops().get('https://blog.example/stats/ping'), null)
    assert.notEqual(stops().get(`${FOREIGN}/ping`), null)
  })

  test('let pass the reports of a policy, which blockers stop by a switch of their own', () => {
    assert.equal(stops().get('https://count.blog.example/csp'), null)
  })
})

function askedAt(place: string): readonly Asked[] {
  return NAMES.map(([name, sort]) => [`${place}/${name}`, sort])
}

/** The filter that stops each request, by its URL; null where none does. Found out once, when it is first asked for. */
function createStops(asked: readonly Asked[]): () => ReadonlyMap<string, string | null> {
  let found: ReadonlyMap<string, string | null> | null = null
  return () => (found ??= findStops(asked))
}

function findStops(asked: readonly Asked[]): ReadonlyMap<string, string | null> {
  const input = JSON.stringify(asked.map(([url, sort]) => [url, PAGE, sort]))
  const args = [MATCH, FOLDER, 'easylist,easyprivacy']
  const stops: readonly (string | null)[] = JSON.parse(
    execFileSync(process.execPath, args, { input, encoding: 'utf8' }),
  )
  return new Map(asked.map(([url], index) => [url, stops[index] ?? null]))
}

function whyNoLists(): string | false {
  const missing = existsSync(join(FOLDER, 'easyprivacy.txt'))
    ? false
    : 'no filter lists: npm run filter-lists'
  if (missing !== false && process.env['CI'] !== undefined) throw new Error(missing)
  if (missing !== false) process.stderr.write(`SKIPPED: ${missing}\n`)
  return missing
}
