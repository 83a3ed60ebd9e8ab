import { openChromium } from './chromium.ts'
import type { Walk } from './claim.ts'
import { openFirefox } from './firefox.ts'
import { pointOf } from './pages.ts'
import type { Engine, Reader, Start } from './reader.ts'
import { openWebkit } from './webkit.ts'
import type { World } from './world.ts'

const OPEN: Readonly<Record<Engine, (start: Start) => Promise<Reader>>> = {
  chromium: openChromium,
  firefox: openFirefox,
  webkit: openWebkit,
}

/** Which browser somebody sits at. */
export interface Browser {
  readonly engine: Engine
  readonly scripts: boolean
}

/** Where one reader sits: a browser whose profile outlives a restart. */
export class Seat {
  readonly #world: World
  readonly #browser: Browser
  readonly #start: Start
  #reader: Reader

  private constructor(reader: Reader, at: { world: World; browser: Browser; start: Start }) {
    this.#reader = reader
    this.#world = at.world
    this.#browser = at.browser
    this.#start = at.start
  }

  static async open(world: World, browser: Browser, isPrivate: boolean): Promise<Seat> {
    const { engine, scripts } = browser
    const profile = [engine, scripts ? 'on' : 'off', isPrivate ? 'private' : 'normal'].join('-')
    const start = world.start(profile, { scripts, private: isPrivate })
    return new Seat(await warm(engine, start), { world, browser, start })
  }

  /** Name and version of the engine. */
  get version(): string {
    return this.#reader.version
  }

  /** Folder of the browser's profile. */
  get profile(): string {
    return this.#start.profile
  }

  async close(): Promise<void> {
    await this.#reader.close()
  }

  /** A walk of this reader over the pages of a site. */
  on(site: string): Walk {
    const then = async (act: Promise<void>): Promise<void> => {
      await act
      await this.#world.settled()
    }
    const reader = () => this.#reader
    const urlOf = (path: string): string => `https://${site}${path}`
    const { hardReload } = this.#reader
    return {
      urlOf,
      open: (path) => then(reader().open(urlOf(path))),
      openUrl: (url) => then(reader().open(url)),
      press: (link) => then(reader().click(pointOf(link))),
      scrollToEnd: () => then(reader().scrollToEnd()),
      reload: () => then(reader().reload()),
      hardReload: hardReload === null ? null : () => then(hardReload()),
      back: () => then(reader().back()),
      inNewTab: async (act) => {
        await reader().newTab()
        await act()
        await reader().closeTab()
      },
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      privately: (act) => this.#privately(site, act),
      restart: this.#reader.forgets ? null : () => this.#restart(),
    }
  }

  async #privately(site: string, act: (walk: Walk) => Promise<void>): Promise<void> {
    const other = await Seat.open(this.#world, this.#browser, true)
    try {
      await act(other.on(site))
    } finally {
      await other.close()
    }
  }

  async #restart(): Promise<void> {
    await this.#reader.close()
    this.#reader = await warm(this.#browser.engine, this.#start)
  }
}

/** Opens a browser and a page that counts nothing: of the first page after a start a browser may ask for parts twice. */
async function warm(engine: Engine, start: Start): Promise<Reader> {
  const reader = await OPEN[engine](start)
  await reader.open('https://other.example/')
  return reader
}
