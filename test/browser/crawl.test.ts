import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'puppeteer-core'
import { fillDemo } from '../../src/main/demo/fill.ts'
import { createApp } from '../../src/web/app.ts'
import { sampleDeps } from '../web/sample.ts'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { breakPolicy, listen } from './support/complaints.ts'
import type { Visited } from './support/crawl.ts'
import { crawl } from './support/crawl.ts'
import { withDemo } from './support/demo.ts'
import { deadAnchors, faultsOf } from './support/faults.ts'
import { withFolder } from './support/folder.ts'
import { runCommand, startProgram } from './support/program.ts'

/** Enough for the periods that pages lead to. */
const DEMO_DAYS = 60
const SHARED_DAYS = 10
/** What no link leads to, and the front door. */
const STARTS = [
  '/dashboard/',
  '/dashboard/demo.example?period=today',
  '/dashboard/demo.example?view=table',
  '/login',
  '/api/v1/',
]
/** The site that is counted: as long as its tag breaks nothing, it is free in what it says. */
const DEMO = ['/demo/', '/demo/about']
/** What every page needs. */
const FILES = ['/dashboard/dashboard.css', '/dashboard/headcount.svg', '/dashboard/print.css']
/** Far more than there are: the links come to an end. */
const PAGES_MAX = 400

test(
  'every link leads to a whole page, which breaks no policy and asks no other host',
  needs('Chromium', chromiumPath()),
  async () => {
    await withDemo(DEMO_DAYS, async (url) => {
      const visited = await crawl(url, STARTS, PAGES_MAX)
      assert.ok(visited.length < PAGES_MAX, `${visited.length} addresses, and no end`)
      assert.deepEqual(kindsMissed(visited), [])
      assert.deepEqual(faultsOfAll(visited), [])
      await withChromium(async (browser) =>
        openAll(browser, url, [...pagesOf(visited), ...DEMO.map((path) => url + path)]),
      )
    })
  },
)

test('no page behind a shared link leads to what whoever has it cannot see', async () => {
  await withFolder(async (dir) => {
    await fillDemo(dir, Date.now(), SHARED_DAYS)
    const where = ['--where', 'country=DE', '--data', dir]
    const share = (await runCommand('share', 'make', 'demo.example', ...where)).trim()
    const program = await startProgram(['--data', dir])
    try {
      const visited = await crawl(program.url, [share], PAGES_MAX)
      assert.deepEqual(faultsOfAll(visited), [])
      const below = visited.filter(({ url }) => url.pathname.startsWith(`${share}/`))
      assert.ok(below.length > 50, `only ${below.length} pages`)
      const others = visited.filter((page) => !below.includes(page)).map(({ url }) => url.pathname)
      assert.deepEqual(others.sort(), FILES)
    } finally {
      await program.stop()
    }
  })
})

/** What is wrong with pages and their links, one line each. */
function faultsOfAll(visited: readonly Visited[]): readonly string[] {
  const faults = visited.flatMap((page) =>
    faultsOf(page).map((fault) => `${page.address} (from ${page.linkedFrom}) ${fault}`),
  )
  return [...faults, ...deadAnchors(visited)]
}

/** Pages of the dashboard that no link led to. */
function kindsMissed(visited: readonly Visited[]): readonly string[] {
  const routes = createApp(sampleDeps()).routes.filter(({ method }) => method === 'GET')
  const pages = routes.map(({ path }) => path).filter((path) => path.startsWith('/dashboard/'))
  const seen = visited.map(({ url }) => url.pathname)
  return pages.filter(
    (path) => !seen.some((one) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(one)),
  )
}

function pagesOf(visited: readonly Visited[]): readonly string[] {
  return visited.filter(({ type }) => type.startsWith('text/html')).map(({ url }) => url.href)
}

/** Opens pages with scripts on, so that the browser itself would report what the policy forbids. */
async function openAll(browser: Browser, url: string, pages: readonly string[]): Promise<void> {
  const page = await browser.newPage()
  const complaints = listen(page, url)
  for (const address of pages) {
    await page.goto(address, { waitUntil: 'load' })
    assert.deepEqual(complaints.splice(0), [], address)
  }
  await breakPolicy(page)
  assert.notDeepEqual(complaints, [], 'a forbidden style was not noticed: this check sees nothing')
}
