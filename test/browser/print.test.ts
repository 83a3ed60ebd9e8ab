import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Page } from 'puppeteer-core'
import { fillDemo } from '../../src/main/demo/fill.ts'
import { dayAfter } from '../../src/web/days.ts'
import { chromiumPath, needs, withChromium } from './support/chromium.ts'
import { withFolder } from './support/folder.ts'
import { runCommand, startProgram } from './support/program.ts'

/** Holds the whole month before this one, and the one that it is compared with in part. */
const DEMO_DAYS = 70

test(
  'a month fits on one page, printed from the dashboard and from the file that "report --html" writes',
  needs('Chromium', chromiumPath()),
  async () => {
    await withFolder(async (dir) => {
      await fillDemo(dir, Date.now(), DEMO_DAYS)
      const month = monthBefore(new Date().toISOString().slice(0, 10))
      const file = join(dir, 'report.html')
      await runCommand('report', 'demo.example', '--data', dir, '--period', month, '--html', file)
      const program = await startProgram(['--demo', '--data', dir])
      try {
        await withChromium(async (browser) => {
          const page = await browser.newPage()
          const complaints: string[] = []
          page.on('console', (message) => complaints.push(message.text()))
          page.on('requestfailed', (request) => complaints.push(request.url()))
          const overview = `${program.url}/dashboard/demo.example`
          assert.equal(await pagesOf(page, `${overview}?period=${month}`), 1)
          assert.equal(await pagesOf(page, pathToFileURL(file).href), 1)
          assert.deepEqual(complaints, [])
          assert.ok(
            (await pagesOf(page, `${overview}?period=${month}&show=path`)) > 1,
            'pages are not counted',
          )
        })
      } finally {
        await program.stop()
      }
    })
  },
)

function monthBefore(day: string): string {
  return dayAfter(`${day.slice(0, 7)}-01`, -1).slice(0, 7)
}

async function pagesOf(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'load' })
  const file = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return file.match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
