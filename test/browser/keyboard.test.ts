import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { withDemo } from './support/demo.ts'

const DEMO_DAYS = 60
/** More stops than the longest of the pages has. */
const STOPS_MAX = 200

/** What the keyboard is on, and whether one sees that: it is in the window, nothing lies over it, and it has a ring. */
const STOP = `((element) => {
  if (element === document.body) return { name: '', seen: true }
  const { x, y, width, height } = element.getBoundingClientRect()
  const top = document.elementFromPoint(x + width / 2, y + height / 2)
  const ring = ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
  const ringed = ring(getComputedStyle(element)) || ring(getComputedStyle(element, '::after'))
  return { name: nameOf(element), seen: ringed && element.contains(top) }
})(document.activeElement)`

const NAME = `const nameOf = (element) =>
  (element.labels?.[0]?.firstChild ?? element).textContent.trim().replaceAll(/\\s+/g, ' ')`

/** Names of all that can be reached, in the order of the page. */
const REACHABLE = `Array.from(document.querySelectorAll('a[href], button, input, select, summary, [tabindex]'))
  .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ contentVisibilityAuto: true }))
  .map(nameOf)`

test('the keyboard is enough', needs('Chromium', chromiumPath()), async (context) => {
  await withDemo(DEMO_DAYS, async (url) => {
    await withChromium(async (browser) => {
      const page = await browser.newPage()
      await page.setViewport({ width: 1280, height: 800 })
      // While one page fades into the next, the picture of it lies over everything.
      await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
      await context.test('Tab and Enter lead to a filter, a period and a page', () => walk(page, url))
      for (const path of [
        '/dashboard/',
        '/dashboard/demo.example?country=DE',
        '/dashboard/demo.example/ledger',
      ]) {
        await context.test(
          `Tab stops at everything on ${path} once, in its order, where one sees it`,
          async () => {
            await page.goto(url + path, { waitUntil: 'load' })
            assert.deepEqual(await stopsOf(page), await page.evaluate(`{ ${NAME}; ${REACHABLE} }`))
          },
        )
      }
    })
  })
})

async function walk(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/dashboard/demo.example`, { waitUntil: 'load' })
  assert.equal(await tab(page), 'Skip to the numbers')
  await page.keyboard.press('Enter')
  assert.match(page.url(), /#numbers$/)
  assert.notEqual(await tab(page), 'Headcount')

  await tabTo(page, /^Add a filter$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Column$/)
  await page.keyboard.type('Country')
  await tabTo(page, /^Comparison$/)
  await page.keyboard.type('is not')
  await tabTo(page, /^Value$/)
  await page.keyboard.type('Germany')
  assert.equal(await enter(page), '?country!=DE')

  await tabTo(page, /^90 days$/)
  assert.equal(await enter(page), '?period=90d&country!=DE')

  const path = await tabTo(page, /^\/[a-z]+\//)
  assert.equal(await enter(page), `?period=90d&country!=DE&path=${path}`)
  assert.equal(await page.$eval('h1', (heading) => heading.textContent), path)
}

/** Names of all stops until the keyboard leaves the page. */
async function stopsOf(page: Page): Promise<readonly string[]> {
  const stops: string[] = []
  for (let stop = await tab(page); stop !== ''; stop = await tab(page)) {
    stops.push(stop)
    assert.ok(stops.length < STOPS_MAX, `no way out: ${stops.slice(-3).join(', ')}`)
  }
  return stops
}

async function tabTo(page: Page, name: RegExp): Promise<string> {
  const passed: string[] = []
  while (passed.length < STOPS_MAX) {
    const stop = await tab(page)
    if (name.test(stop)) return stop
    passed.push(stop)
  }
  throw new Error(`No stop is called ${name.source}: ${passed.join(', ')}`)
}

/** One stop further. @returns its name; empty outside the page */
async function tab(page: Page): Promise<string> {
  await page.keyboard.press('Tab')
  const { name, seen } = parseStop(await page.evaluate(`{ ${NAME}; JSON.stringify(${STOP}) }`))
  assert.ok(seen, `one does not see that the keyboard is on "${name}"`)
  return name
}

function parseStop(text: unknown): { readonly name: string; readonly seen: boolean } {
  return JSON.parse(String(text))
}

/** Follows a link, or sends a form. @returns the query of where that leads */
async function enter(page: Page): Promise<string> {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')])
  return new URL(page.url()).search
}
