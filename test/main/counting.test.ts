import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../src/limits.ts'
import { createCounting } from '../../src/main/counting.ts'
import { STEMS } from '../../src/stems.ts'
import type { SentHit } from '../../src/web/api/sent-hits.ts'
import { ONE_SITE, rulesOf, TIME_MS } from '../collect/ask.ts'
import { headcount, withFolder } from './support/program.ts'
import type { Server } from './support/program.ts'

const HIT: SentHit = {
  site: 'blog.example',
  path: '/',
  headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0' },
}
const HOUR_MS = 3_600_000

test('sent hits are judged by the rules of the collector, and none of what must not be kept is', async () => {
  await withFolder(async (dir, serve) => {
    const token = await makeToken(dir)
    const sites = ['blog.example', 'other.example']
    const server = await serve(['--data', dir], {
      HEADCOUNT_SITES: sites.join(','),
      HEADCOUNT_IGNORE_ADDRESSES: '198.51.100.0/24',
    })
    const hits: SentHit[] = [
      {
        ...HIT,
        path: '/caf%C3%A9?utm_source=letter&token=secret',
        referrer: 'https://news.example/item?user=7',
      },
      { ...HIT, path: '/posts/', address: '192.0.2.1' },
      { ...HIT, event: 'signup', target: 'https://shop.example/cart?id=7' },
      { ...HIT, headers: { ...HIT.headers, 'sec-gpc': '1', 'accept-language': 'de' } },
      { ...HIT, headers: { ...HIT.headers, 'sec-purpose': 'prefetch' } },
      { ...HIT, headers: { 'user-agent': 'curl/8.5.0' } },
      { ...HIT, address: '198.51.100.7' },
      { ...HIT, site: 'unknown.example' },
      { ...HIT, site: 'no host' },
      { ...HIT, path: '/\u0007' },
      { ...HIT, site: 'other.example', time: new Date(Date.now() + HOUR_MS).toISOString() },
    ]
    assert.deepEqual(await post(server, token, hits), {
      received: 11,
      kept: 8,
      refused: [
        { index: 7, verdict: 'unknown-site' },
        { index: 8, verdict: 'unknown-site' },
        { index: 9, verdict: 'malformed' },
      ],
    })
    await server.stop()
    const { top, totals, ledger } = await report(dir, 'blog.example')
    assert.deepEqual([totals.pageViews, totals.events], [3, 1])
    assert.deepEqual(values(top.path), ['/', '/café', '/posts/'])
    assert.deepEqual(values(top.referrer), ['news.example', null])
    assert.deepEqual(values(top.source), ['letter', null])
    assert.deepEqual(values(top.target), ['shop.example/cart'])
    assert.deepEqual(ledger.refused, { malformed: 1, ignored: 1, prefetch: 1, bot: 1 })
    assert.equal((await report(dir, 'other.example')).totals.pageViews, 1)
    const { stdout } = await headcount(['export', 'blog.example', '--data', dir])
    assert.doesNotMatch(stdout, /secret|user=|id=7|192\.0\.2\.1|198\.51\.100/)
  })
})

test('a word that is no site is none, though an address with it would be for another resource', async () => {
  const append = async () => {}
  const world = { now: () => TIME_MS, random: () => '', diskIsLow: () => false, tallies: { add: () => {} } }
  const count = createCounting({ rules: rulesOf(ONE_SITE), stems: STEMS, append, ...world })
  const words = ['e', 'w', 'e/x', 'dashboard', '..', '']
  const fates = await count(words.map((site) => ({ ...HIT, site })))
  assert.deepEqual(
    fates,
    words.map(() => 'unknown-site'),
  )
})

test('a hit counts at its time, and no address sends more than flood control allows', async () => {
  await withFolder(async (dir, serve) => {
    const token = await makeToken(dir)
    const server = await serve(['--data', dir], {
      HEADCOUNT_SITES: 'blog.example',
      HEADCOUNT_FLOOD_PER_MINUTE: '3',
    })
    const earlier = new Date(Date.now() - 23 * HOUR_MS).toISOString()
    const flood = Array.from({ length: 5 }, () => ({ ...HIT, address: '192.0.2.9' }))
    const answer = await post(server, token, [{ ...HIT, time: earlier }, ...flood])
    assert.deepEqual(answer, {
      received: 6,
      kept: 4,
      refused: [4, 5].map((index) => ({ index, verdict: 'flood' })),
    })
    await server.stop()
    const { stdout } = await headcount(['export', 'blog.example', '--data', dir, '--period', '7d'])
    const times = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
    assert(
      times.some(({ time, kind }) => kind === 'view' && time === earlier),
      stdout,
    )
    assert.doesNotMatch(stdout, /192\.0\.2\.9/)
  })
})

test('what is answered 200 survives a kill', async () => {
  await withFolder(async (dir, serve) => {
    const token = await makeToken(dir)
    const server = await serve(['--data', dir])
    await post(
      server,
      token,
      Array.from({ length: LIMITS.sentHitsMax }, () => HIT),
    )
    await server.stop('SIGKILL')
    assert.equal((await report(dir, 'blog.example')).totals.pageViews, LIMITS.sentHitsMax)
  })
})

test('when the disk is nearly full, no hit is kept and every one is told', async () => {
  await withFolder(async (dir, serve) => {
    const token = await makeToken(dir)
    const server = await serve(['--data', dir], { HEADCOUNT_DISK_FREE_MIN: '1000000 GiB' })
    const response = await send(server, token, [HIT, HIT])
    assert.equal(response.status, 503)
    assert.match(await response.text(), /#\/hits\/0.*#\/hits\/1/)
    await server.stop()
  })
})

interface Told {
  readonly totals: { readonly pageViews: number; readonly events: number }
  readonly top: Readonly<
    Record<'path' | 'referrer' | 'source' | 'target', readonly { readonly value: string | null }[]>
  >
  readonly ledger: { readonly refused: Readonly<Record<string, number>> }
}

async function makeToken(dir: string): Promise<string> {
  const { stdout } = await headcount(['token', 'make', 'app', '--scope', 'count', '--data', dir])
  return stdout.trim()
}

function send({ url }: Server, token: string, hits: readonly SentHit[]): Promise<Response> {
  return fetch(`${url}/api/v1/hits`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ hits }),
  })
}

async function post(server: Server, token: string, hits: readonly SentHit[]): Promise<unknown> {
  const response = await send(server, token, hits)
  const body = await response.text()
  assert.equal(response.status, 200, body)
  return JSON.parse(body)
}

async function report(dir: string, site: string): Promise<Told> {
  const lists = ['path', 'referrer', 'source', 'target'].flatMap((name) => ['--by', name])
  const { stdout } = await headcount(['report', site, '--json', '--period', '7d', '--data', dir, ...lists])
  return JSON.parse(stdout)
}

function values(rows: readonly { readonly value: string | null }[]): readonly (string | null)[] {
  return rows.map(({ value }) => value).toSorted((a, b) => String(a).localeCompare(String(b)))
}
