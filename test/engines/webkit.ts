import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { freePort } from '../browser/support/listening.ts'
import { clickAt, endKey } from './actions.ts'
import { ended, said } from './child.ts'
import type { Point, Reader, Start } from './reader.ts'
import { ACT_MS_MAX, WINDOW } from './reader.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const SCREEN = '/usr/bin/Xvfb'
const BROWSERS = '/usr/lib/*/webkit2gtk-4.*/MiniBrowser'

/** Path of WebKitGTK's own small browser; null where it, its driver or a screen for it is missing. */
export function webkitPath(): string | null {
  return existsSync(DRIVER) && existsSync(SCREEN) ? (globSync(BROWSERS)[0] ?? null) : null
}

/** Opens WebKitGTK's MiniBrowser on a screen of its own, driven over WebDriver. What it keeps, it keeps in memory. */
export async function openWebkit(start: Start): Promise<Reader> {
  const children: ChildProcess[] = []
  const close = async (): Promise<void> => {
    for (const child of children.toReversed()) {
      child.kill()
      await ended(child)
    }
  }
  try {
    const screen = spawn(SCREEN, ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(screen)
    const env = { ...process.env, ...homeIn(start.profile), DISPLAY: `:${await said(screen.stdout, /\d+/)}` }
    const port = await freePort()
    children.push(spawn(DRIVER, [`--port=${port}`], { stdio: 'ignore', env }))
    const driver = await openSession(`http://127.0.0.1:${port}`, start)
    await driver.send('POST', '/window/rect', WINDOW)
    return new WebKit(driver, close)
  } catch (error) {
    await close()
    throw error
  }
}

/** Nothing of the person who runs this is touched. */
function homeIn(profile: string): Record<string, string> {
  const folders = ['HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME']
  return { ...Object.fromEntries(folders.map((name) => [name, profile])), NO_AT_BRIDGE: '1' }
}

/** A WebDriver session. */
interface Driver {
  readonly browserVersion: string
  /** Asks for something below the session. @returns the answer's value */
  send<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T>
}

async function openSession(server: string, start: Start): Promise<Driver> {
  await answering(`${server}/status`)
  const scripts = `--enable-javascript=${start.scripts}`
  const args = ['--automation', scripts, `--proxy=http://${start.proxy}`]
  const browserOptions = {
    binary: webkitPath() ?? 'MiniBrowser is not installed',
    args: start.private ? [...args, '--private'] : args,
  }
  const alwaysMatch = { acceptInsecureCerts: true, 'webkitgtk:browserOptions': browserOptions }
  const session = await ask<{ sessionId: string; capabilities: { browserVersion: string } }>(
    `${server}/session`,
    { method: 'POST', body: JSON.stringify({ capabilities: { alwaysMatch } }) },
  )
  return {
    browserVersion: session.capabilities.browserVersion,
    send: async <T>(method: string, path: string, body?: object) =>
      ask<T>(`${server}/session/${session.sessionId}${path}`, {
        method,
        body: body === undefined ? null : JSON.stringify(body),
      }),
  }
}

async function answering(url: string): Promise<void> {
  const untilMs = Date.now() + ACT_MS_MAX
  while (Date.now() < untilMs) {
    if ((await fetch(url).catch(() => null))?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('WebKitWebDriver does not answer')
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(ACT_MS_MAX) }).catch(
    (cause: unknown) => {
      throw new Error(`WebKitWebDriver does not answer to ${init.method} ${new URL(url).pathname}`, { cause })
    },
  )
  const { value }: { value: T & { readonly error?: string; readonly message?: string } } = JSON.parse(
    await answer.text(),
  )
  if (!answer.ok) throw new Error(`${new URL(url).pathname}: ${value.error} ${value.message}`)
  return value
}

/** Where nothing is but the page, which has to be pressed before it hears a key. */
const SOMEWHERE: Point = [WINDOW.width / 2, WINDOW.height / 2]

class WebKit implements Reader {
  readonly forgets = true
  readonly version: string
  readonly hardReload = null
  readonly #driver: Driver
  readonly #end: () => Promise<void>

  constructor(driver: Driver, end: () => Promise<void>) {
    this.#driver = driver
    this.#end = end
    this.version = `WebKitGTK ${driver.browserVersion}`
  }

  async open(url: string): Promise<void> {
    await this.#driver.send('POST', '/url', { url })
  }

  async click(at: Point): Promise<void> {
    await this.#driver.send('POST', '/actions', { actions: clickAt(at) })
  }

  async scrollToEnd(): Promise<void> {
    await this.click(SOMEWHERE)
    await this.#driver.send('POST', '/actions', { actions: endKey() })
  }

  async reload(): Promise<void> {
    await this.#driver.send('POST', '/refresh', {})
  }

  async back(): Promise<void> {
    await this.#driver.send('POST', '/back', {})
  }

  async closeTab(): Promise<void> {
    const [first = ''] = await this.#driver.send<readonly string[]>('DELETE', '/window')
    await this.#driver.send('POST', '/window', { handle: first })
  }

  async newTab(): Promise<void> {
    const { handle } = await this.#driver.send<{ handle: string }>('POST', '/window/new', { type: 'tab' })
    await this.#driver.send('POST', '/window', { handle })
  }

  async close(): Promise<void> {
    // A driver that has broken down leaves a browser that ends with its screen.
    await this.#driver.send('DELETE', '').catch(() => null)
    await this.#end()
  }
}
