import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { createServer as createSocketServer } from 'node:net'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import type { CountedPage } from './support/all-tags.ts'
import { allTags, basicTag } from './support/all-tags.ts'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { listening } from './support/listening.ts'

const ROUNDS = 30
const DIFFERENCE_MS_MAX = 50

const PAGES = ['bare', 'tagged', 'all'] as const

test(
  'a counter that never answers delays neither paint nor DOMContentLoaded, whatever is counted; a plain link would',
  needs('Chromium', chromiumPath()),
  async (t) => {
    await withSilentCounter(async (pages) => {
      await withChromium(async (browser) => {
        const page = await browser.newPage()
        await load(page, `${pages}/bare`)
        const times: Record<string, Moments[]> = {}
        for (let round = 0; round < ROUNDS; round += 1) {
          for (const name of PAGES) (times[name] ??= []).push(await load(page, `${pages}/${name}`))
        }
        const [bare, ...counted] = PAGES.map((name) => times[name] ?? [])
        for (const moment of ['paintMs', 'readyMs'] as const) {
          for (const [index, loads] of counted.entries()) {
            const laterMs = median(loads, moment) - median(bare ?? [], moment)
            t.diagnostic(`${PAGES[index + 1]}: median ${moment} differs by ${laterMs.toFixed(1)} ms`)
            assert.ok(Math.abs(laterMs) <= DIFFERENCE_MS_MAX, `${moment}: ${laterMs} ms later`)
          }
        }
        assert.equal((await load(page, `${pages}/plain`)).paintMs, Infinity)
      })
    })
  },
)

/** From the start of the navigation. */
interface Moments {
  /** First contentful paint; Infinity when it does not come within a second, far beyond what is let through. */
  readonly paintMs: number
  /** DOMContentLoaded. */
  readonly readyMs: number
}

async function load(page: Page, url: string): Promise<Moments> {
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  const [paintMs, readyMs] = JSON.parse(
    String(
      await page.evaluate(`new Promise((resolve) => {
      const [{ domContentLoadedEventStart }] = performance.getEntriesByType('navigation')
      const say = (paint) => resolve(JSON.stringify([paint, domContentLoadedEventStart]))
      setTimeout(say, 1000, null)
      new PerformanceObserver((list) => {
        for (const paint of list.getEntriesByName('first-contentful-paint')) say(paint.startTime)
      }).observe({ type: 'paint', buffered: true })
    })`),
    ),
  )
  return { paintMs: paintMs ?? Infinity, readyMs }
}

/** Runs `use` with the address of pages whose counter takes the connection and says nothing. */
async function withSilentCounter(use: (pages: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>()
  const counter = createSocketServer((socket) => sockets.add(socket.on('error', () => socket.destroy())))
  const url = `http://127.0.0.1:${await listening(counter)}`
  const bare: CountedPage = { headers: {}, head: '', body: '' }
  const found = new Map<string | undefined, CountedPage>([
    ['/bare', bare],
    ['/tagged', basicTag(url)],
    ['/all', allTags(url)],
    ['/plain', { ...bare, head: `<link rel="stylesheet" href="${url}/c.css">` }],
  ])
  const pages = createServer((request, response) => {
    const { headers, head, body } = found.get(request.url) ?? bare
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(`<!doctype html><title>A page</title>${head}<h1>Something to read</h1>${body}`)
  })
  try {
    await use(`http://127.0.0.1:${await listening(pages)}`)
  } finally {
    for (const socket of sockets) socket.destroy()
    counter.close()
    pages.closeAllConnections()
    pages.close()
  }
}

function median(loads: readonly Moments[], moment: keyof Moments): number {
  const sorted = loads.map((load) => load[moment]).sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
