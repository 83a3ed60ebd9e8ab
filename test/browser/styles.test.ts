import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { compactStyles } from '../../src/web/styles.ts'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'

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
