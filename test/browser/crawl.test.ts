import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'puppeteer-core'
import { createApp } from '../../src/web/app.ts'
import { sampleDeps } from '../web/sample.ts'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { breakPolicy, listen } from './support/complaints.ts'
import type { Visited } from './support/crawl.ts'
import { crawl } from './support/crawl.ts'
import { withDemo } from './support/demo.ts'
import { deadAnchors, faultsOf } from './support/faults.ts'

/** Enough for the periods that pages lead to. */
const DEMO_DAYS = 60
/** What no link leads to, and the front door. */
const STARTS = ['/dashboard/', '/login', '/api/v1/', '/demo/', '/dashboard/demo.example?view=table']
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
      const faults = visited.flatMap((page) =>
        faultsOf(page).map((fault) => `${page.address} (from ${page.linkedFrom}) ${fault}`),
      )
      assert.deepEqual(faults, [])
      assert.deepEqual(deadAnchors(visited), [])
      await withChromium(async (browser) => openAll(browser, url, pagesOf(visited)))
    })
  },
)

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
