import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'puppeteer-core'
import { launch } from 'puppeteer-core'
import { FLAGS, chromiumPath, readersAgent } from '../browser/support/chromium.ts'
import type { Point, Reader, Start } from './reader.ts'
import { ACT_MS_MAX, PRESS_MS, WINDOW } from './reader.ts'

/** Content settings, as the browser's own settings page writes them. */
const JAVASCRIPT = { allow: 1, block: 2 }

/** Opens Chromium, driven over its DevTools protocol. */
export async function openChromium(start: Start): Promise<Reader> {
  const executablePath = chromiumPath() ?? 'chromium is not installed'
  const { stdout: version } = await promisify(execFile)(executablePath, ['--version'])
  await writePreferences(start)
  const browser = await launch({
    executablePath,
    args: [
      ...FLAGS,
      `--proxy-server=http://${start.proxy}`,
      `--ignore-certificate-errors-spki-list=${start.keyHash}`,
      `--user-agent=${readersAgent(version)}`,
      `--window-size=${WINDOW.width},${WINDOW.height}`,
    ],
    userDataDir: start.profile,
    defaultViewport: null,
    timeout: ACT_MS_MAX,
  })
  const page = start.private
    ? await (await browser.createBrowserContext()).newPage()
    : ((await browser.pages())[0] ?? (await browser.newPage()))
  const number = /[\d.]+/.exec(version)?.[0] ?? ''
  return new Chromium(browser, page, `Chromium ${number}`)
}

async function writePreferences({ profile, scripts }: Start): Promise<void> {
  const dir = join(profile, 'Default')
  await mkdir(dir, { recursive: true })
  const javascript = scripts ? JAVASCRIPT.allow : JAVASCRIPT.block
  const preferences = { profile: { default_content_setting_values: { javascript } } }
  await writeFile(join(dir, 'Preferences'), JSON.stringify(preferences))
}

class Chromium implements Reader {
  readonly forgets = false
  readonly version: string
  readonly #browser: Browser
  #page: Page
  #before: Page

  constructor(browser: Browser, page: Page, version: string) {
    this.#browser = browser
    this.#page = page
    this.#before = page
    this.version = version
  }

  async open(url: string): Promise<void> {
    // After a page that was made ready in advance is shown, puppeteer may hold on to the frame before it.
    if (this.#page.mainFrame().detached) await this.newTab()
    await this.#page.goto(url, { timeout: ACT_MS_MAX })
  }

  async click([x, y]: Point): Promise<void> {
    await this.#page.mouse.click(x, y, { delay: PRESS_MS })
  }

  async scrollToEnd(): Promise<void> {
    await this.#page.keyboard.press('End')
  }

  async reload(): Promise<void> {
    await this.#page.reload({ timeout: ACT_MS_MAX })
  }

  readonly hardReload = async (): Promise<void> => {
    await this.#page.reload({ ignoreCache: true, timeout: ACT_MS_MAX })
  }

  async back(): Promise<void> {
    await this.#page.goBack({ timeout: ACT_MS_MAX })
  }

  async newTab(): Promise<void> {
    this.#before = this.#page
    this.#page = await this.#page.browserContext().newPage()
  }

  async closeTab(): Promise<void> {
    await this.#page.close()
    this.#page = this.#before
  }

  async close(): Promise<void> {
    await this.#browser.close()
  }
}
