import assert from 'node:assert/strict'
import { test } from 'node:test'
import axe from 'axe-core'
import type { Page } from 'puppeteer-core'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { withDemo } from './support/demo.ts'
import { KINDS } from './support/kinds.ts'

/** Enough for lists that are long, and for weeks to compare. */
const DEMO_DAYS = 60
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What depends on how wide a page is. */
const LAYOUT = ['target-size', 'scrollable-region-focusable']

const DESKTOP = { width: 1280, height: 900 }
/** What 1280 pixels become at 400 %: WCAG's criterion of reflow (1.4.10). */
const NARROW = { width: 320, height: 640 }
/** And at 200 %. */
const HALF = { width: 640, height: 450 }

test(
  'on every kind of page axe finds nothing to complain about: light, dark, with its menus open, and narrow',
  needs('Chromium', chromiumPath()),
  async () => {
    await withDemo(DEMO_DAYS, async (url) => {
      await withChromium(async (browser) => {
        const page = await browser.newPage()
        for (const [kind, path] of Object.entries(KINDS)) {
          await dress(page, 'light')
          await page.setViewport(DESKTOP)
          await page.goto(url + path, { waitUntil: 'load' })
          await page.evaluate(axe.source)
          assert.deepEqual(await violations(page), [], `${kind}, light`)
          await dress(page, 'dark')
          assert.deepEqual(await violations(page, ['color-contrast']), [], `${kind}, dark`)
          assert.deepEqual(await violationsOfMenus(page), [], `${kind}, dark, a menu open`)
          await page.setViewport(HALF)
          assert.ok((await widthOf(page)) <= HALF.width, `${kind} scrolls sideways at 200 %`)
          await page.setViewport(NARROW)
          assert.ok((await widthOf(page)) <= NARROW.width, `${kind} scrolls sideways at 400 %`)
          assert.deepEqual(await violations(page, LAYOUT), [], `${kind}, narrow`)
        }
        await page.evaluate(`document.querySelector('h1').outerHTML = '<h1></h1><img src="">'`)
        assert.notDeepEqual(await violations(page), [], 'a picture without words was not noticed')
      })
    })
  },
)

async function dress(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
}

async function widthOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth'))
}

/** What axe finds on the page that is open, one line each. @param rules rules, or standards whose rules are meant */
async function violations(page: Page, rules: readonly string[] = STANDARDS): Promise<readonly string[]> {
  return found(page, `axe.run(${optionsOf(rules)})`)
}

/** The same within each menu and each table below a chart; of menus one is open at a time. */
async function violationsOfMenus(page: Page): Promise<readonly string[]> {
  return found(
    page,
    `(async () => {
      const all = []
      for (const details of document.querySelectorAll('details')) {
        details.open = true
        all.push(...(await axe.run(details, ${optionsOf(STANDARDS)})).violations)
      }
      return { violations: all }
    })()`,
  )
}

function optionsOf(rules: readonly string[]): string {
  return JSON.stringify({ runOnly: rules, resultTypes: ['violations'] })
}

async function found(page: Page, run: string): Promise<readonly string[]> {
  const lines = await page.evaluate(
    `(async () => (await ${run}).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))()`,
  )
  return Array.isArray(lines) ? lines.map(String) : ['axe did not answer']
}
