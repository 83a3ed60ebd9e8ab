import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chromiumPath, needs, readersAgent, withChromium } from '../browser/support/chromium.ts'
import { BLOCKS, blocksOf, HOST, NO_TAG, PATH, REFERRER, START } from './blocks.ts'
import { FIREFOX, OWNER, READER, TOML } from './readers.ts'
import type { Asking, Scene } from './scene.ts'
import { withScene } from './scene.ts'
import { PROGRAMS } from './web-servers.ts'

const ON_THIS_MACHINE = ['--host-resolver-rules=MAP *.example.org 127.0.0.1']

const tagOf = (place: string) => blocksOf(place, 'html').join('')

/** Where the way of each web server to write a page's referrer stands. */
const INCLUDED = [`${REFERRER} / nginx and Apache`, `${REFERRER} / Caddy`]
const includedBy = (server: string) => INCLUDED.find((place) => place.includes(server)) ?? ''

for (const [server, { path, language }] of Object.entries(PROGRAMS)) {
  const skip = needs(server, path).skip || needs('Chromium', chromiumPath()).skip

  test(
    `${server}: on a path of the site pages and referrers are known, and no address is written`,
    { skip },
    async () => {
      const recipe = {
        server,
        toml: [...TOML, ...blocksOf(PATH, 'toml')],
        blocks: [...blocksOf(`${PATH} / ${server}`, language), ...blocksOf(includedBy(server), language)],
        pages: { 'post.html': tagOf(PATH), 'linked.html': tagOf(includedBy(server)) },
      }
      await withScene(recipe, async (scene) => {
        await read(scene, ['/post.html?id=7', '/linked.html'], 'https://search.example/find?q=secret')
        assert.deepEqual(
          (await scene.hits()).map(({ path, referrer }) => [path, referrer]),
          [
            ['/post.html', null],
            ['/linked.html', 'https://search.example/find'],
          ],
        )
        const referer = 'https://else.example/"><script>alert(1)</script>'
        const page = await scene.ask('/linked.html', { headers: { referer } })
        assert.doesNotMatch(page.body, /<script/)
        assert.match((await scene.ask('/linked.html')).body, /c\.css\?r=(?:\(none\))?">/)

        const dashboard = await scene.ask('/stats/dashboard/')
        assert.match(dashboard.headers.location ?? '', /^\/stats\/login\?/)
        await assertPassed(scene)
        await assertAddresses(scene, '/stats/c.css', {})
      })
    },
  )

  test(`${server}: on a host of its own pages are known, and no address is written`, { skip }, async () => {
    const log = server === 'Caddy' ? blocksOf(`${PATH} / Caddy`, language).slice(1) : []
    const tag = tagOf(HOST).replace('count.example.org', 'count.example.org:{port}')
    const recipe = {
      server,
      toml: TOML,
      blocks: [...log, ...blocksOf(`${HOST} / ${server}`, language)],
      pages: { 'post.html': tag },
    }
    await withScene(recipe, async (scene) => {
      await read(scene, ['/post.html'])
      assert.deepEqual(
        (await scene.hits()).map(({ path }) => path),
        ['/post.html'],
      )
      await assertAddresses(scene, '/c.css', { host: 'count.example.org' })
    })
  })
}

test('no block of docs/recipes.md is left out here', () => {
  const places = Object.keys(PROGRAMS).flatMap((server) => [`${PATH} / ${server}`, `${HOST} / ${server}`])
  const known = new Set([START, PATH, HOST, NO_TAG, ...places, ...INCLUDED])
  assert.deepEqual(
    BLOCKS.filter(({ place }) => !known.has(place)),
    [],
  )
})

/** Opens pages in Chromium with scripts off, coming from `referer`. */
async function read({ origin }: Scene, paths: readonly string[], referer?: string): Promise<void> {
  await withChromium(async (browser) => {
    const page = await browser.newPage()
    await page.setJavaScriptEnabled(false)
    await page.setUserAgent({ userAgent: readersAgent(await browser.version()) })
    const from = referer === undefined ? {} : { referer, referrerPolicy: 'unsafeUrl' }
    for (const path of paths) await page.goto(origin + path, { timeout: 20_000, ...from })
  }, ON_THIS_MACHINE)
}

/** Validators come through as they are, and what is posted does. */
async function assertPassed(scene: Scene): Promise<void> {
  const headers = { 'user-agent': FIREFOX, referer: 'http://blog.example.org/numbered' }
  const first = await scene.ask('/stats/v.css', { headers })
  const { etag = '' } = first.headers
  assert.match(etag, /^"[\d-]{10}\.1"$/)
  const second = await scene.ask('/stats/v.css', { headers: { ...headers, 'if-none-match': etag } })
  assert.equal(second.headers.etag, etag.replace('.1', '.2'))
  const ping = {
    'content-type': 'text/ping',
    'ping-from': headers.referer,
    'ping-to': 'https://else.example/a',
  }
  const left = await scene.ask('/stats/ping', { method: 'POST', headers: { 'user-agent': FIREFOX, ...ping } })
  assert.equal(left.status, 204)
  const kept = (await scene.hits()).filter(({ path }) => path === '/numbered')
  assert.deepEqual(
    kept.map(({ kind, viewNumber, target }) => [kind, viewNumber, target]),
    [
      ['view', 1, null],
      ['view', 2, null],
      ['event', null, 'else.example/a'],
    ],
  )
}

/** Headcount is told who asks, and nobody writes it down, neither while it answers nor while it does not. */
async function assertAddresses(scene: Scene, target: string, { host }: Asking): Promise<void> {
  const headers = { 'user-agent': FIREFOX, referer: 'http://blog.example.org/plain' }
  const from = async (address: string) =>
    (await scene.ask(target, { headers, from: address, ...(host === undefined ? {} : { host }) })).status
  assert.deepEqual([await from(READER), await from(OWNER)], [200, 200])
  const [readers, owners] = (await scene.hits()).slice(-2)
  assert.deepEqual([readers?.path, readers?.verdict, owners?.verdict], ['/plain', null, 'ignored'])
  await scene.stopHeadcount()
  assert.match(String(await from(READER)), /^50[23]$/)
  assert.deepEqual(await scene.filesWith(READER), [])
}
