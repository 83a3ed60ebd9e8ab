import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { RawHit } from '../../src/hit.ts'
import { needs } from '../browser/support/chromium.ts'
import { listening } from '../browser/support/listening.ts'
import { blocksOf, NO_TAG } from './blocks.ts'
import { FIREFOX, OWNER, READER, TOML } from './readers.ts'
import type { Asking, Scene } from './scene.ts'
import { withScene } from './scene.ts'
import { PROGRAMS } from './web-servers.ts'

const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
const nginx = needs('nginx', PROGRAMS['nginx']?.path ?? null)
const OPENED = { 'user-agent': FIREFOX, 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }
const MIRRORED = {
  server: 'nginx',
  toml: TOML,
  blocks: blocksOf(NO_TAG, 'nginx'),
  pages: { 'index.html': 'the front page', 'post.html': 'a post', 'last.html': 'the last', 'style.css': '' },
}

test(
  'nginx: pages without a tag are counted once each, with the referrer, and nothing else is',
  nginx,
  async () => {
    await withScene(MIRRORED, async (scene) => {
      const linked = { ...OPENED, 'sec-fetch-site': 'cross-site', cookie: 'id=secret' }
      const asked: readonly (readonly [target: string, asking: Asking, status: number])[] = [
        ['/', { headers: { ...linked, referer: 'https://search.example/find?q=secret' }, from: READER }, 200],
        ['/post.html?utm_source=news&x=secret', { headers: linked, from: READER }, 200],
        ['/style.css', { headers: OPENED, from: READER }, 200],
        ['/nothing.html', { headers: OPENED, from: READER }, 404],
        ['/post.html', { headers: { 'user-agent': GOOGLEBOT } }, 200],
        ['/post.html', { headers: OPENED, from: OWNER }, 200],
        ['/last.html', { headers: OPENED }, 200],
      ]
      for (const [target, asking, status] of asked)
        assert.equal((await scene.ask(target, asking)).status, status, target)
      const hits = await until(
        scene,
        (known) => known.some(({ path }) => path === '/last.html') && known.length > 4,
      )
      assert.deepEqual(
        hits
          .map(({ path, referrer, source, verdict }) => `${path} ${referrer} ${source} ${verdict}`)
          .toSorted(),
        [
          '/ https://search.example/find null null',
          '/last.html null null null',
          '/post.html null news null',
          '/post.html null null null',
          'null null null ignored',
        ],
      )
      const bots = hits.filter(({ headers }) => headers['user-agent']?.includes('Googlebot'))
      assert.deepEqual(
        bots.map(({ path }) => path),
        ['/post.html'],
      )
      for (const text of ['secret', READER])
        assert.deepEqual(await scene.filesWith(text), ['web/logs/access.log'], text)

      await scene.stopHeadcount()
      assert.equal((await scene.ask('/post.html', { headers: OPENED, from: READER })).status, 200)
      await setTimeout(300)
      assert.deepEqual(await scene.filesWith(READER), ['web/logs/access.log'])
    })
  },
)

test(
  'nginx: a Headcount that never answers does not delay a page that is counted without a tag',
  nginx,
  async () => {
    const held: Socket[] = []
    const hanging = createServer((socket) => held.push(socket))
    const collector = await listening(hanging)
    try {
      await withScene({ ...MIRRORED, collector }, async (scene) => {
        const asked = once(hanging, 'connection')
        const { body } = await scene.ask('/post.html', { headers: OPENED })
        await asked
        assert.equal(body, 'a post')
        assert.deepEqual(
          held.map(({ readyState }) => readyState),
          ['open'],
        )
      })
    } finally {
      for (const socket of held) socket.destroy()
      hanging.close()
    }
  },
)

/** What is kept, once that is so. */
async function until(scene: Scene, isSo: (hits: readonly RawHit[]) => boolean): Promise<readonly RawHit[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const known = await scene.hits()
    if (isSo(known)) return known
    await setTimeout(50)
  }
  return await scene.hits()
}
