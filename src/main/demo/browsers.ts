import type { Random, Weighted } from './random.ts'
import { weightedDraw } from './random.ts'
import type { Family } from './versions.ts'
import { currentVersion } from './versions.ts'

/** Kept headers of one browser, as the collector reduces them: lower-case name → value. */
export type Headers = Readonly<Record<string, string>>

interface Browser {
  readonly family: Family
  readonly userAgent: (version: number) => string
  /** Name and platform in client hints; absent where the browser sends none. */
  readonly hints?: { readonly brand: string; readonly platform: string; readonly behind?: number }
}

const KHTML = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const WINDOWS = 'Windows NT 10.0; Win64; x64'
const MAC = 'Macintosh; Intel Mac OS X 10_15_7'
const LINUX = 'X11; Linux x86_64'
const ANDROID = 'Linux; Android 10; K'
const IPHONE = 'iPhone; CPU iPhone OS 18_7 like Mac OS X'

/** Shares on desktops, as a European site with technical readers sees them. */
const DESKTOP: readonly Weighted<Browser>[] = [
  [chrome(WINDOWS, 'Windows'), 34],
  [chrome(MAC, 'macOS'), 9],
  [chrome(LINUX, 'Linux'), 4],
  [chromiumOnWindows('Microsoft Edge', 'Edg', 0), 13],
  [chromiumOnWindows('Opera', 'OPR', 16), 3],
  [firefox(WINDOWS), 13],
  [firefox(LINUX), 8],
  [firefox('Macintosh; Intel Mac OS X 10.15'), 3],
  [safari(MAC, (version) => `Version/${version.toFixed(1)} Safari/605.1.15`), 13],
]

const MOBILE: readonly Weighted<Browser>[] = [
  [chrome(ANDROID, 'Android'), 43],
  [safari(IPHONE, (version) => `Version/${version.toFixed(1)} Mobile/15E148 Safari/604.1`), 37],
  [
    {
      family: 'chromium',
      userAgent: (version) => appleAgent(IPHONE, `CriOS/${version}.0.0.0 Mobile/15E148 Safari/604.1`),
    },
    5,
  ],
  [samsung(), 7],
  [
    {
      family: 'firefox',
      userAgent: (version) =>
        `Mozilla/5.0 (Android 15; Mobile; rv:${version}.0) Gecko/${version}.0 Firefox/${version}.0`,
    },
    5,
  ],
  [
    {
      family: 'chromium',
      userAgent: () => agent('SMART-TV; LINUX; Tizen 8.0', 'SamsungBrowser/7.2 Chrome/120.0.6099.5 TV'),
    },
    0.4,
  ],
]

const drawDesktop = weightedDraw(DESKTOP)
const drawMobile = weightedDraw(MOBILE)

/** Versions behind the current one: most browsers update themselves within days, a few never do. */
const drawLag = weightedDraw<number>([
  [0, 64],
  [1, 24],
  [2, 5],
  [4, 4],
  [9, 3],
])

/**
 * The kept headers of a reader's browser, at the versions of that time.
 *
 * @param when `mobileShare` from 0 to 1
 */
export function drawBrowser(when: { timeMs: number; mobileShare: number }, random: Random): Headers {
  const browser = random() < when.mobileShare ? drawMobile(random) : drawDesktop(random)
  const lag = drawLag(random) * (browser.family === 'safari' ? 0.1 : 1)
  const version = currentVersion(browser.family, when.timeMs) - lag
  const userAgent = browser.userAgent(version)
  const { hints } = browser
  if (hints === undefined) return { 'user-agent': userAgent }
  return {
    'user-agent': userAgent,
    'sec-ch-ua': `${hints.brand} ${version - (hints.behind ?? 0)}`,
    'sec-ch-ua-mobile': hints.platform === 'Android' ? '?1' : '?0',
    'sec-ch-ua-platform': hints.platform,
  }
}

function agent(system: string, rest: string): string {
  return `Mozilla/5.0 (${system}) ${KHTML} ${rest} Safari/537.36`
}

function appleAgent(system: string, rest: string): string {
  return `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`
}

function chrome(system: string, platform: string): Browser {
  const mobile = platform === 'Android' ? ' Mobile' : ''
  const userAgent = (version: number): string => agent(system, `Chrome/${version}.0.0.0${mobile}`)
  return { family: 'chromium', userAgent, hints: { brand: 'Google Chrome', platform } }
}

/** @param behind how far its own version number is behind Chromium's */
function chromiumOnWindows(brand: string, token: string, behind: number): Browser {
  const userAgent = (version: number): string =>
    `${agent(WINDOWS, `Chrome/${version}.0.0.0`)} ${token}/${version - behind}.0.0.0`
  return { family: 'chromium', userAgent, hints: { brand, platform: 'Windows', behind } }
}

function firefox(system: string): Browser {
  const userAgent = (version: number): string =>
    `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`
  return { family: 'firefox', userAgent }
}

function safari(system: string, rest: (version: number) => string): Browser {
  return { family: 'safari', userAgent: (version) => appleAgent(system, rest(version)) }
}

function samsung(): Browser {
  const userAgent = (version: number): string =>
    agent(ANDROID, `SamsungBrowser/${version}.0 Chrome/${version + 107}.0.0.0 Mobile`)
  return { family: 'samsung', userAgent, hints: { brand: 'Samsung Internet', platform: 'Android' } }
}
