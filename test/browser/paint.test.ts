import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { createServer as createSocketServer } from 'node:net'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { listening } from './support/listening.ts'

const ROUNDS = 30
const DIFFERENCE_MS_MAX = 50

test(
  'a counter that never answers does not delay the first paint, and a plain link would',
  needs('Chromium', chromiumPath()),
  async () => {
    await withSilentCounter(async (pages) => {
      await withChromium(async (browser) => {
        const page = await browser.newPage()
        await firstPaintMs(page, `${pages}/bare`)
        const bare: number[] = []
        const tagged: number[] = []
        for (let round = 0; round < ROUNDS; round += 1) {
          bare.push(await firstPaintMs(page, `${pages}/bare`))
          tagged.push(await firstPaintMs(page, `${pages}/tagged`))
        }
        const differenceMs = median(tagged) - median(bare)
        assert.ok(Math.abs(differenceMs) <= DIFFERENCE_MS_MAX, `painted ${differenceMs} ms later`)
        assert.equal(await firstPaintMs(page, `${pages}/plain`), Infinity)
      })
    })
  },
)

/**
 * Time from the start of the navigation to the first contentful paint; Infinity when it does not come
 * within a second, which is far beyond what the check above lets through.
 */
async function firstPaintMs(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  return Number(
    await page.evaluate(`new Promise((resolve) => {
      setTimeout(resolve, 1000, Infinity)
      new PerformanceObserver((list) => {
        for (const paint of list.getEntriesByName('first-contentful-paint')) resolve(paint.startTime)
      }).observe({ type: 'paint', buffered: true })
    })`),
  )
}

/** Runs `use` with the address of pages whose counter takes the connection and says nothing. */
async function withSilentCounter(use: (pages: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>()
  const counter = createSocketServer((socket) => sockets.add(socket.on('error', () => socket.destroy())))
  const tag = `<link rel="stylesheet" href="http://127.0.0.1:${await listening(counter)}/c.css"`
  const heads = new Map([
    ['/bare', ''],
    ['/tagged', `${tag} media="none" referrerpolicy="no-referrer-when-downgrade">`],
    ['/plain', `${tag}>`],
  ])
  const pages = createServer((request, response) => {
    const head = heads.get(request.url ?? '')
    response.writeHead(head === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(
      head === undefined ? '' : `<!doctype html><title>A page</title>${head}<h1>Something to read</h1>`,
    )
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

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
