import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { connect, createServer as createSocketServer } from 'node:net'
import { test } from 'node:test'
import type { Browser } from 'puppeteer-core'
import type { CountedPage } from './support/all-tags.ts'
import { allTags, basicTag } from './support/all-tags.ts'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { withFolder } from './support/folder.ts'
import { listening } from './support/listening.ts'
import { startProgram } from './support/program.ts'

/** What counting one view costs its reader. */
interface Cost {
  /** Of the page. */
  readonly markupBytes: number
  readonly requests: readonly string[]
  /** On the wire, headers and all, without TLS. */
  readonly sentBytes: number
  readonly receivedBytes: number
}

/** Reports of a policy are sent a moment later than all else. */
const IDLE_MS = 1_500

test('the basic tag costs one small request a view', needs('Chromium', chromiumPath()), async (t) => {
  await withFolder(async (dir) => {
    const program = await startProgram(['--data', dir])
    try {
      await withChromium(async (browser) => {
        const basic = await costOf(browser, program.url, basicTag)
        t.diagnostic(`basic tag: ${say(basic)}`)
        assert.deepEqual(basic.requests, ['/blog.example.org/c.css?p=/page'])
        assert.ok(basic.markupBytes <= 256 && basic.sentBytes <= 1_024 && basic.receivedBytes <= 512)
        const all = await costOf(browser, program.url, allTags)
        t.diagnostic(`all tags: ${say(all)}`)
        assert.deepEqual(all.requests.toSorted(), [
          '/blog.example.org/c.css?p=/page',
          '/blog.example.org/csp',
          '/blog.example.org/e/end.svg?p=/page',
          '/blog.example.org/n.css',
          '/blog.example.org/w/m.svg?p=/page',
        ])
      })
    } finally {
      await program.stop()
    }
  })
})

function say({ markupBytes, requests, sentBytes, receivedBytes }: Cost): string {
  return `${markupBytes} bytes of the page, ${requests.length} requests a view, ${sentBytes} bytes sent, ${receivedBytes} received`
}

/** Opens a page once in a new context, through a relay that counts what passes. */
async function costOf(browser: Browser, target: string, tags: (url: string) => CountedPage): Promise<Cost> {
  const { url, sockets, close } = await openRelay(new URL(target))
  const counted = tags(url)
  const pages = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...counted.headers })
    response.end(
      `<!doctype html><title>x</title><link rel="icon" href="data:,">${counted.head}${counted.body}`,
    )
  })
  const context = await browser.createBrowserContext()
  try {
    const page = await context.newPage()
    const requests: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(url)) requests.push(request.url().slice(url.length))
    })
    await page.goto(`http://127.0.0.1:${await listening(pages)}`)
    await page.waitForNetworkIdle({ idleTime: IDLE_MS })
    const sum = (count: (socket: Socket) => number) =>
      sockets.reduce((total, socket) => total + count(socket), 0)
    return {
      markupBytes: Buffer.byteLength(counted.head + counted.body),
      requests,
      sentBytes: sum((socket) => socket.bytesRead),
      receivedBytes: sum((socket) => socket.bytesWritten),
    }
  } finally {
    await context.close()
    pages.closeAllConnections()
    pages.close()
    close()
  }
}

/** Passes connections on. */
async function openRelay({ hostname, port }: URL) {
  const sockets: Socket[] = []
  const relay = createSocketServer((socket) => {
    sockets.push(socket)
    const onward = connect(Number(port), hostname)
    for (const end of [socket, onward]) end.on('error', () => end.destroy())
    socket.pipe(onward).pipe(socket)
  })
  const url = `http://127.0.0.1:${await listening(relay)}`
  const close = (): void => {
    for (const socket of sockets) socket.destroy()
    relay.close()
  }
  return { url, sockets, close }
}
