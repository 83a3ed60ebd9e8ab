/**
 * Takes the pictures of the documentation from a demo year: needs Chromium, pngquant, and pdftoppm of Poppler.
 * Writes docs/screenshots/*.png.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page, ScreenshotClip } from 'puppeteer-core'
import { withChromium } from '../test/browser/support/chromium.ts'
import { withFolder } from '../test/browser/support/folder.ts'
import { runCommand, startProgram } from '../test/browser/support/program.ts'

const TO = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
/** As an owner would call it. */
const HOST = 'count.example.org'
/** Around a part of a page. */
const MARGIN = 16

/** One picture: the top of a page, or one part of it. Widths and heights in CSS pixels. */
interface Picture {
  readonly path: string
  readonly height: number
  readonly width?: number
  /** Device pixels for each. */
  readonly scale?: number
  readonly dark?: true
  readonly forcedColours?: true
  /** Selector of the part that is shown, instead of the top. */
  readonly part?: string
}

const SITE = '/dashboard/demo.example'

const PICTURES: Readonly<Record<string, Picture>> = {
  'overview-light': { path: SITE, height: 1120 },
  'overview-dark': { path: SITE, height: 1120, dark: true },
  phone: { path: SITE, width: 390, height: 844, scale: 2 },
  'phone-dark': { path: `${SITE}?period=90d`, width: 390, height: 844, scale: 2, dark: true },
  filtered: { path: `${SITE}?country=DE&browser!=Chrome`, height: 1000 },
  compared: { path: `${SITE}?period=90d&granularity=week&chart=visitors`, height: 800 },
  map: { path: `${SITE}?countries=map`, height: 900, part: '#countries' },
  heat: { path: `${SITE}?period=90d`, height: 900, part: '#hours' },
  page: { path: `${SITE}?path=/walks/rila-with-children`, height: 1000 },
  list: { path: `${SITE}?show=path&search=bread`, height: 800 },
  now: { path: `${SITE}/now`, height: 700 },
  ledger: { path: `${SITE}/ledger`, height: 1000 },
  sites: { path: '/dashboard/', height: 420 },
  empty: { path: '/dashboard/blog.example.org', height: 1000 },
  'forced-colours': { path: SITE, height: 1120, forcedColours: true },
  'zoomed-twice': { path: SITE, width: 640, height: 900, scale: 2 },
}

async function takeAll(): Promise<void> {
  await mkdir(TO, { recursive: true })
  await withFolder(async (dir) => {
    const program = await startProgram(['--demo', '--data', dir])
    try {
      await runCommand('compact', '--data', dir)
      const flags = [`--host-resolver-rules=MAP ${HOST} ${new URL(program.url).host}`]
      await withChromium(async (browser) => {
        const page = await browser.newPage()
        for (const [name, picture] of Object.entries(PICTURES)) await take(page, name, picture)
        await print(page, dir)
      }, flags)
    } finally {
      await program.stop()
    }
  })
  for (const name of [...Object.keys(PICTURES), 'print']) shrink(`${TO}${name}.png`)
}

async function take(page: Page, name: string, picture: Picture): Promise<void> {
  const { path, width = 1280, height, scale = 1, dark = false, forcedColours = false, part } = picture
  await page.setViewport({ width, height, deviceScaleFactor: scale })
  const session = await page.createCDPSession()
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
      { name: 'forced-colors', value: forcedColours ? 'active' : 'none' },
    ],
  })
  await page.goto(`http://${HOST}${path}`, { waitUntil: 'load' })
  const clip = part === undefined ? { x: 0, y: 0, width, height } : await around(page, part)
  await page.screenshot({ path: `${TO}${name}.png`, clip })
  await session.detach()
}

async function around(page: Page, part: string): Promise<ScreenshotClip> {
  const box = await (await page.$(part))?.boundingBox()
  if (box === null || box === undefined) throw new Error(`${page.url()} has no ${part}`)
  const { x, y, width, height } = box
  return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN }
}

/** The month as paper shows it. */
async function print(page: Page, dir: string): Promise<void> {
  await page.goto(`http://${HOST}${SITE}?period=month`, { waitUntil: 'load' })
  const file = join(dir, 'print.pdf')
  await writeFile(file, await page.pdf({ preferCSSPageSize: true }))
  execFileSync('pdftoppm', ['-png', '-r', '110', '-singlefile', file, `${TO}print`])
}

/** Few colours make small files; these pages have few. */
function shrink(file: string): void {
  execFileSync('pngquant', ['--force', '--strip', '--speed', '1', '--output', file, '256', file])
}

await takeAll()
