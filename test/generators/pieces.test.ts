import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import { test } from 'node:test'
import type { Browser } from 'puppeteer-core'
import { GENERATORS } from '../../src/generators.ts'
import { STEMS } from '../../src/stems.ts'
import type { TagAdvice } from '../../src/tag.ts'
import { adviseTag } from '../../src/tag.ts'
import { EXTRAS } from '../../src/tag-parts.ts'
import { chromiumPath, needs, readersAgent, withChromium } from '../browser/support/chromium.ts'
import { withFolder } from '../browser/support/folder.ts'
import { listening } from '../browser/support/listening.ts'
import { runCommand, startProgram } from '../browser/support/program.ts'

const SITE = 'blog.example'
const PATH = '/a page/'
const REFERRER = 'http://elsewhere.example/post'

test(
  'all pieces together count what they say, under a policy that allows what is printed and nothing else',
  needs('Chromium', chromiumPath()),
  async () => {
    await withFolder(async (dir) => {
      const program = await startProgram(['--data', dir])
      try {
        const advice = adviceFor(program.url)
        await withChromium(async (browser) => await read(browser, advice, async () => await untilPinged(dir)))
        const { totals, top } = await reportOf(dir)
        assert.deepEqual([totals.pageViews, totals.visitors], [2, 1])
        assert.deepEqual(countsOf(top.path, 'pageViews'), { '/a%20page/': 2 })
        assert.deepEqual(countsOf(top.window, 'events'), { m: 2 })
        assert.deepEqual(countsOf(top.event, 'events'), { end: 2, outbound: 2 })
        assert.equal(countsOf(top.target, 'events')['other.example/page'], 2)
        assert.deepEqual(countsOf(top.referrer, 'pageViews'), { 'elsewhere.example': 1, 'not known': 1 })
      } finally {
        await program.stop()
      }
    })
  },
)

function adviceFor(publicUrl: string): TagAdvice {
  const generator = GENERATORS.get('html')
  assert(generator !== undefined)
  const place = { publicUrl, site: SITE, stems: STEMS }
  return adviseTag({ place, relation: 'cross-site', generator, visitors: true, extras: EXTRAS })
}

/** Opens the page from another site, reads it to its end and presses a link that leads out; then again, another link. */
async function read(browser: Browser, advice: TagAdvice, pinged: () => Promise<void>): Promise<void> {
  const server = createServer(pageOf(advice))
  const url = `http://localhost:${await listening(server)}${encodeURI(PATH)}`
  try {
    const page = await browser.newPage()
    await page.setViewport({ width: 800, height: 600 })
    await page.setUserAgent({ userAgent: readersAgent(await browser.version()) })
    const asks = async (resource: string) =>
      await page.waitForResponse((response) => response.url().includes(resource), { timeout: 10_000 })
    const opened = [asks('/c.css'), asks('/n.css'), asks('/w/m.svg')]
    await page.goto(url, { referer: REFERRER })
    await Promise.all(opened)
    await Promise.all([asks('/e/end.svg'), page.locator('#end').scroll({ scrollTop: 20_000 })])
    await page.locator('#outbound a').hover()
    await Promise.all([asks('/e/outbound.svg'), page.mouse.down()])
    await page.mouse.up()
    await page.goto(url)
    await page.locator('#ping a').click()
    await pinged()
  } finally {
    server.close()
  }
}

/** The page with all pieces where they belong, and its style sheet. */
function pageOf({ pieces, contentPolicy }: TagAdvice): RequestListener {
  const [head, windows, end, outbound, ping, referrer] = pieces.map(({ code }) =>
    code.replaceAll('{path}', encodeURI(PATH)),
  )
  const [rule, outboundLink] = split(outbound)
  const [header, frame] = split(referrer)
  const html = `<!doctype html><title>x</title><link rel="stylesheet" href="/site.css">${head}
<p>${windows}${'<p>text'.repeat(400)}
<p id="outbound">${outboundLink}<p id="ping">${ping}<p id="end">${end}${frame}`
  const [name = '', value = ''] = header.split(': ')
  const policy = [
    "default-src 'none'",
    "style-src-attr 'unsafe-inline'",
    'frame-src data:',
    ...contentPolicy,
  ].join('; ')
  return ({ url }, response) => {
    if (url === '/site.css') response.setHeader('content-type', 'text/css').end(rule)
    else {
      response.setHeader('content-type', 'text/html').setHeader(name, value)
      response
        .setHeader('content-security-policy', policy.replace('style-src ', "style-src 'self' "))
        .end(html)
    }
  }
}

/** A piece of two lines that go to different places: the first one, and the rest. */
function split(code = ''): readonly [string, string] {
  const end = code.indexOf('\n')
  return [code.slice(0, end), code.slice(end + 1)]
}

interface Row {
  readonly value: string | null
  readonly pageViews: number
  readonly events?: number
}

interface ReportJson {
  readonly totals: { readonly pageViews: number; readonly visitors: number }
  readonly top: Readonly<Record<'path' | 'window' | 'event' | 'target' | 'referrer', readonly Row[]>>
}

/** Pings are sent when the page is already left: only the report knows of them. */
async function untilPinged(dir: string): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const { top } = await reportOf(dir)
    if (countsOf(top.event, 'events')['outbound'] === 2) return
  }
}

const TRIES_MAX = 10

async function reportOf(dir: string): Promise<ReportJson> {
  const lists = ['path', 'window', 'event', 'target', 'referrer'].flatMap((column) => ['--by', column])
  return JSON.parse(await runCommand('report', SITE, '--period', 'all', ...lists, '--json', '--data', dir))
}

function countsOf(rows: readonly Row[], measure: 'pageViews' | 'events') {
  return Object.fromEntries(rows.map((row) => [row.value ?? 'not known', row[measure]]))
}
