import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clickAt, endKey } from './actions.ts'
import { Bidi } from './bidi.ts'
import { ended, said } from './child.ts'
import type { Point, Reader, Start } from './reader.ts'
import { WINDOW } from './reader.ts'

const PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
]

/** Path of Firefox; null where there is none. */
export function firefoxPath(): string | null {
  return PLACES.find((path) => existsSync(path)) ?? null
}

interface Context {
  readonly context: string
}

/** Opens Firefox, driven over WebDriver BiDi. */
export async function openFirefox(start: Start): Promise<Reader> {
  await mkdir(start.profile, { recursive: true })
  await writeFile(join(start.profile, 'user.js'), preferences(start))
  const size = [`--width=${WINDOW.width}`, `--height=${WINDOW.height}`]
  // Reloading without the cache is a command of the browser's own window.
  const remote = ['--remote-debugging-port', '0', '--remote-allow-system-access']
  const args = ['--headless', '--no-remote', '--profile', start.profile, ...size, ...remote]
  const child = spawn(firefoxPath() ?? 'firefox', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    const bidi = await Bidi.open(`${await said(child.stderr, /ws:\S+/)}/session`)
    child.stderr.resume()
    const { capabilities } = await bidi.send<{ capabilities: { browserVersion: string } }>('session.new', {
      capabilities: { alwaysMatch: { acceptInsecureCerts: true } },
    })
    const close = async (): Promise<void> => {
      await bidi.send('browser.close', {})
      await ended(child)
    }
    return new Firefox(bidi, await firstTab(bidi), {
      version: `Firefox ${capabilities.browserVersion}`,
      close,
    })
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

async function firstTab(bidi: Bidi): Promise<string> {
  const { contexts } = await bidi.send<{ contexts: readonly Context[] }>('browsingContext.getTree', {})
  return contexts[0]?.context ?? ''
}

class Firefox implements Reader {
  readonly forgets = false
  readonly version: string
  readonly close: () => Promise<void>
  readonly #bidi: Bidi
  #tab: string
  #before: string

  constructor(bidi: Bidi, tab: string, { version, close }: Pick<Reader, 'version' | 'close'>) {
    this.#bidi = bidi
    this.#tab = tab
    this.#before = tab
    this.version = version
    this.close = close
  }

  async open(url: string): Promise<void> {
    await this.#bidi.send('browsingContext.navigate', { context: this.#tab, url, wait: 'complete' })
  }

  async click(at: Point): Promise<void> {
    await this.#act(clickAt(at))
  }

  async scrollToEnd(): Promise<void> {
    await this.#act(endKey())
  }

  async reload(): Promise<void> {
    await this.#bidi.send('browsingContext.reload', { context: this.#tab, wait: 'complete' })
  }

  readonly hardReload = async (): Promise<void> => {
    const { contexts } = await this.#bidi.send<{ contexts: readonly Context[] }>('browsingContext.getTree', {
      'moz:scope': 'chrome',
    })
    const target = { context: contexts[0]?.context }
    const expression = 'BrowserCommands.reloadSkipCache()'
    await this.#bidi.send('script.evaluate', { expression, target, awaitPromise: false })
  }

  async back(): Promise<void> {
    await this.#bidi.send('browsingContext.traverseHistory', { context: this.#tab, delta: -1 })
  }

  async closeTab(): Promise<void> {
    await this.#bidi.send('browsingContext.close', { context: this.#tab })
    this.#tab = this.#before
  }

  async newTab(): Promise<void> {
    this.#before = this.#tab
    this.#tab = (await this.#bidi.send<Context>('browsingContext.create', { type: 'tab' })).context
  }

  async #act(actions: readonly object[]): Promise<void> {
    await this.#bidi.send('input.performActions', { context: this.#tab, actions })
  }
}

/** What a new profile needs: the way to every site, scripts or none, and no talk with Mozilla. */
function preferences({ scripts, private: isPrivate, proxy }: Start): string {
  const [host = '', port = ''] = proxy.split(':')
  const values = {
    'javascript.enabled': scripts,
    'browser.privatebrowsing.autostart': isPrivate,
    'network.proxy.type': 1,
    'network.proxy.http': host,
    'network.proxy.http_port': Number(port),
    'network.proxy.ssl': host,
    'network.proxy.ssl_port': Number(port),
    'app.normandy.enabled': false,
    'browser.aboutwelcome.enabled': false,
    'browser.safebrowsing.provider.mozilla.updateURL': '',
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'datareporting.policy.dataSubmissionEnabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'data:,',
  }
  const lines = Object.entries(values).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  return lines.join('')
}
