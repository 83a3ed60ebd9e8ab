import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { fillDemo } from '../../src/main/demo/fill.ts'
import { compactStyles } from '../../src/web/styles.ts'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { withFolder } from './support/folder.ts'
import { startProgram } from './support/program.ts'

/** Enough for the periods that are looked at. */
const DEMO_DAYS = 60

/** Every kind of page; with scripts on, so that the browser itself would report what the policy forbids. */
const PAGES = [
  '/dashboard/',
  '/dashboard/help',
  '/dashboard/ledger',
  '/dashboard/demo.example',
  '/dashboard/demo.example?period=12mo',
  '/dashboard/demo.example?period=today',
  '/dashboard/demo.example?period=28d&browser=Firefox&country=DE',
  '/dashboard/demo.example?compare=year&granularity=week&chart=visitors',
  '/dashboard/demo.example?path=/about&view=table',
  '/dashboard/demo.example?referrer=google.com&countries=map',
  '/dashboard/demo.example?event=outbound&machines=crawler',
  '/dashboard/demo.example?window=s&path=/walks/*',
  '/dashboard/demo.example?show=path&search=bread',
  '/dashboard/demo.example/now?every=60',
  '/dashboard/demo.example/ledger',
  '/login',
  '/demo/',
  '/demo/about',
]

test(
  'the dashboard breaks no policy, asks no other host and has no error in the browser',
  needs('Chromium', chromiumPath()),
  async () => {
    await withFolder(async (dir) => {
      await fillDemo(dir, Date.now(), DEMO_DAYS)
      const program = await startProgram(['--demo', '--data', dir])
      try {
        await withChromium(async (browser) => {
          const page = await browser.newPage()
          const complaints = listen(page, program.url)
          for (const path of PAGES) {
            const answer = await page.goto(program.url + path, { waitUntil: 'load' })
            assert.equal(answer?.status(), 200, `${path}\n${program.output()}`)
            assert.deepEqual(complaints.splice(0), [], path)
            assert.equal(await page.$$eval('script', (scripts) => scripts.length), 0, path)
          }
          await page.evaluate(`document.body.append(document.createElement('style'))`)
          await page.evaluate(`document.querySelector('style').textContent = 'p { color: red }'`)
          assert.notDeepEqual(complaints, [], 'a forbidden style was not noticed: this check sees nothing')
        })
      } finally {
        await program.stop()
      }
    })
  },
)

test(
  'the stylesheet means the same as it is served and as it is written',
  needs('Chromium', chromiumPath()),
  async () => {
    const written = await readFile(new URL('../../src/web/dashboard.css', import.meta.url), 'utf8')
    const served = compactStyles(written)
    assert.ok(served.length < written.length)
    await withChromium(async (browser) => {
      const page = await browser.newPage()
      // Values that hold a variable come back as they were written.
      const rulesOf = async (css: string) =>
        page.evaluate(`((sheet) => {
          sheet.replaceSync(${JSON.stringify(css)})
          return Array.from(sheet.cssRules, (rule) => rule.cssText.replaceAll(', ', ','))
        })(new CSSStyleSheet())`)
      assert.deepEqual(await rulesOf(served), await rulesOf(written))
      assert.notDeepEqual(await rulesOf(served), await rulesOf(served.replace('color:', '')))
    })
  },
)

/** What the browser complains about from now on: console errors, policy violations, requests that failed or left the host. */
function listen(page: Page, url: string): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  page.on('request', (request) => {
    // Pictures of the browser's own controls come from data: addresses.
    if (![`${url}/`, 'data:'].some((start) => request.url().startsWith(start)))
      complaints.push(`${request.url()} was asked for`)
  })
  return complaints
}
