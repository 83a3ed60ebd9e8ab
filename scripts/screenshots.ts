/**
 * Takes the pictures of the documentation from a demo year: `npm run -s headcount` must be able to start
 * here, and Chromium must be installed. Writes docs/screenshots/*.png.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer-core'
import { withChromium } from '../test/browser/support/chromium.ts'
import { withFolder } from '../test/browser/support/folder.ts'
import type { Program } from '../test/browser/support/program.ts'
import { runCommand, startProgram } from '../test/browser/support/program.ts'

const TO = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))

/** One picture; `height` cuts the page. Widths and heights in CSS pixels. */
interface Picture {
  readonly name: string
  readonly path: string
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
  readonly scale: number
}

const PICTURES: readonly Picture[] = [
  {
    name: 'overview-light',
    path: '/dashboard/demo.example',
    width: 1280,
    height: 1120,
    theme: 'light',
    scale: 1,
  },
  {
    name: 'overview-dark',
    path: '/dashboard/demo.example',
    width: 1280,
    height: 1120,
    theme: 'dark',
    scale: 1,
  },
  { name: 'phone', path: '/dashboard/demo.example', width: 390, height: 844, theme: 'light', scale: 2 },
  {
    name: 'ledger',
    path: '/dashboard/demo.example/ledger',
    width: 1280,
    height: 1000,
    theme: 'light',
    scale: 1,
  },
]

async function takeAll(): Promise<void> {
  await mkdir(TO, { recursive: true })
  await withFolder(async (dir) => {
    const program: Program = await startProgram(['--demo', '--data', dir])
    try {
      await runCommand('compact', '--data', dir)
      await withChromium(async (browser) => {
        const page = await browser.newPage()
        for (const picture of PICTURES) await take(page, program.url, picture)
      })
    } finally {
      await program.stop()
    }
  })
}

async function take(
  page: Page,
  url: string,
  { name, path, width, height, theme, scale }: Picture,
): Promise<void> {
  await page.setViewport({ width, height, deviceScaleFactor: scale })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
  await page.goto(url + path, { waitUntil: 'load' })
  await page.screenshot({ path: `${TO}${name}.png` })
}

await takeAll()
