import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Browser } from 'puppeteer-core'
import { fillDemo } from '../../src/main/demo/fill.ts'
import { chromiumPath, needs, readersAgent, withChromium } from './support/chromium.ts'
import { withFolder } from './support/folder.ts'
import { runCommand, startProgram } from './support/program.ts'

/** A year takes longer to make, and shows no more. */
const DEMO_DAYS = 30

/** A walk through the demo site: links to follow from its first page, with a reload on the way. */
const WALK = [
  '/demo/about',
  '/demo/',
  '/demo/workshop/typewriter-as-a-keyboard',
  'reload',
  '/demo/',
  'reload',
]

test(
  'a browser without scripts is counted: as many views of each page as it asked for',
  needs('Chromium', chromiumPath()),
  async () => {
    await withFolder(async (dir) => {
      await fillDemo(dir, Date.now(), DEMO_DAYS)
      const program = await startProgram(['--demo', '--data', dir])
      try {
        const before = await report(dir)
        assert.deepEqual(demoPaths(before), {})
        const asked = await withChromium(async (browser) => walk(browser, program.url))
        assert.deepEqual(asked, {
          '/demo/': 4,
          '/demo/about': 1,
          '/demo/workshop/typewriter-as-a-keyboard': 2,
        })
        const after = await report(dir)
        assert.deepEqual(demoPaths(after), asked)
        assert.equal(after.totals.pageViews - before.totals.pageViews, sum(Object.values(asked)))
        for (const [path, views] of Object.entries(asked)) {
          assert.equal(await dashboardViews(program.url, path), views, path)
        }
      } finally {
        assert.equal(await program.stop(), 0)
      }
    })
  },
)

test(
  'what a reader does on a page of the demo is in its report',
  needs('Chromium', chromiumPath()),
  async () => {
    await withFolder(async (dir) => {
      await fillDemo(dir, Date.now(), 1)
      const program = await startProgram(['--demo', '--data', dir])
      try {
        const before = await demoEvents(dir)
        await withChromium(async (browser) => read(browser, program.url))
        const after = await demoEvents(dir)
        const events = Object.keys(after).filter((event) => after[event] !== before[event])
        assert.deepEqual(events.sort(), [
          'end',
          'liked',
          'm',
          'outbound',
          'www.rfc-editor.org/rfc/rfc9111.html',
        ])
      } finally {
        assert.equal(await program.stop(), 0)
      }
    })
  },
)

/** Reads a post, likes it, and presses a link that leads out. */
async function read(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage()
  await page.setUserAgent({ userAgent: readersAgent(await browser.version()) })
  await page.setViewport({ width: 800, height: 600 })
  const asked = async (name: string) => page.waitForResponse((response) => response.url().includes(name))
  const loaded = page.goto(`${url}/demo/bread/rye-in-a-cold-oven`)
  await Promise.all([asked('/w/m.svg'), asked('/e/end.svg'), loaded])
  await Promise.all([asked('/e/liked.svg'), page.click('summary')])
  await page.goto(`${url}/demo/about`)
  await page.hover('a[href*="rfc-editor"]')
  await Promise.all([asked('/e/outbound.svg'), page.mouse.down()])
}

/** Events, their targets and window classes by what they are called. */
async function demoEvents(dir: string): Promise<Record<string, number>> {
  const question = [
    '--period',
    'all',
    '--by',
    'event',
    '--by',
    'target',
    '--by',
    'window',
    '--compare',
    'none',
  ]
  const { top }: { top: Record<string, readonly { value: string | null; events?: number }[]> } = JSON.parse(
    await runCommand('report', 'demo.example', '--data', dir, ...question, '--limit', '1000', '--json'),
  )
  const rows = Object.values(top).flat()
  return Object.fromEntries(
    rows.flatMap(({ value, events = 0 }) => (value === null ? [] : [[value, events]])),
  )
}

/** Walks through the demo site with scripts off. @returns how often the tag was asked for, by page */
async function walk(browser: Browser, url: string): Promise<Record<string, number>> {
  const page = await browser.newPage()
  await page.setJavaScriptEnabled(false)
  await page.setUserAgent({ userAgent: readersAgent(await browser.version()) })
  const asked: Record<string, number> = {}
  page.on('response', (response) => {
    if (!response.url().endsWith('/c.css')) return
    assert.equal(response.status(), 200)
    const { pathname } = new URL(response.request().headers()['referer'] ?? '')
    asked[pathname] = (asked[pathname] ?? 0) + 1
  })
  await page.goto(`${url}/demo/`)
  for (const step of WALK) {
    if (step === 'reload') await page.reload()
    else await Promise.all([page.waitForNavigation(), page.click(`a[href$="${step}"]`)])
  }
  return asked
}

interface ReportJson {
  readonly totals: { readonly pageViews: number }
  readonly top: { readonly path: readonly { readonly value: string | null; readonly pageViews: number }[] }
}

async function report(dir: string): Promise<ReportJson> {
  const question = ['--period', 'all', '--by', 'path', '--limit', '1000', '--compare', 'none', '--json']
  return JSON.parse(await runCommand('report', 'demo.example', '--data', dir, ...question))
}

/** Page views of the demo's own pages, which the made-up year has not. */
function demoPaths({ top }: ReportJson): Record<string, number> {
  const rows = top.path.flatMap(({ value, pageViews }) =>
    value?.startsWith('/demo/') ? [[value, pageViews]] : [],
  )
  return Object.fromEntries(rows)
}

/** The page views that the dashboard shows for one page. */
async function dashboardViews(url: string, path: string): Promise<number> {
  const html = await (
    await fetch(`${url}/dashboard/demo.example?period=7d&path=${encodeURIComponent(path)}`)
  ).text()
  return Number(/>Page views<\/a><strong>(\d+)<\/strong>/.exec(html)?.[1])
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
