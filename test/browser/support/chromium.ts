import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'puppeteer-core'
import { launch } from 'puppeteer-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** What every Chromium of the tests is started with. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What Chromium of this version says on a desktop that somebody sits at. */
export function readersAgent(version: string): string {
  const major = /\d+/.exec(version)?.[0] ?? ''
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`
}

/** Path of Chromium or Chrome: `CHROMIUM` in the environment, else where systems put it; null where there is none. */
export function chromiumPath(): string | null {
  const named = process.env['CHROMIUM']
  return [...(named === undefined ? [] : [named]), ...PLACES].find((path) => existsSync(path)) ?? null
}

/**
 * Test options that skip a test, with the reason printed, where a program is missing. Under `CI`
 * nothing is skipped, so that the test fails there.
 */
export function needs(program: string, path: string | null): { readonly skip: string | false } {
  const missing = path === null && process.env['CI'] === undefined
  if (missing) process.stderr.write(`SKIPPED: ${program} is not installed\n`)
  return { skip: missing ? `${program} is not installed` : false }
}

/** Runs `use` with a new Chromium that has an empty profile; `flags` are added to those that all tests have. */
export async function withChromium<T>(
  use: (browser: Browser) => Promise<T>,
  flags: readonly string[] = [],
): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'headcount-chromium-'))
  const executablePath = chromiumPath() ?? 'chromium is not installed'
  const browser = await launch({
    executablePath,
    args: [...FLAGS, ...flags],
    userDataDir: profile,
    timeout: 20_000,
  })
  try {
    return await use(browser)
  } finally {
    await browser.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
