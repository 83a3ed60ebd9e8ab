import { UAParser } from 'my-ua-parser'
import { APPS, BRAND_NAMES, BROWSER_NAMES, DESKTOP_SYSTEMS, DEVICES, SYSTEM_NAMES } from './browser-names.ts'
import type { Device } from './browser-names.ts'

/** What the kept headers say of the reader's software; null: they do not say. */
export interface Agent {
  readonly browser: string | null
  /** Major version only. */
  readonly browserVersion: string | null
  readonly system: string | null
  /** Short (`18`, `10.13`, `10/11`); null also where browsers freeze it for everybody. */
  readonly systemVersion: string | null
  readonly device: Device | null
}

/** Lower-case header name → value. */
type Headers = Readonly<Record<string, string>>

const NOTHING: Agent = {
  browser: null,
  browserVersion: null,
  system: null,
  systemVersion: null,
  device: null,
}

/**
 * Reads browser, system and device from the User-Agent, corrected by the client hints that every request
 * brings (`sec-ch-ua`, `-mobile`, `-platform`).
 *
 * @param headers hints verbatim or in the collector's reduced form (`Brave 142`)
 */
export function parseAgent(headers: Headers): Agent {
  const userAgent = headers['user-agent'] ?? ''
  const said = userAgent === '' ? NOTHING : parseUserAgent(userAgent)
  const browser = preciseBrowser(said, headers['sec-ch-ua'] ?? '')
  const system = said.system ?? hintedSystem(headers['sec-ch-ua-platform'] ?? '')
  const device = said.device ?? (headers['sec-ch-ua-mobile'] === '?1' ? 'phone' : null)
  return { ...said, ...browser, system, device }
}

function parseUserAgent(userAgent: string): Agent {
  const parser = new UAParser(userAgent)
  const os = parser.getOS()
  const system = systemName(os.name, os.version, userAgent)
  return {
    ...(parseApp(userAgent) ?? parseBrowser(parser.getBrowser(), system)),
    system,
    systemVersion: system === null ? null : systemVersion(system, os.version ?? '', userAgent),
    device: parseDevice(parser.getDevice().type, system, userAgent),
  }
}

type Browser = Pick<Agent, 'browser' | 'browserVersion'>

function parseApp(userAgent: string): Browser | null {
  for (const [name, pattern] of APPS) {
    const match = pattern.exec(userAgent)
    if (match !== null) return { browser: name, browserVersion: major(match.slice(1).find(Boolean)) }
  }
  return null
}

function parseBrowser(found: UAParser.IBrowser, system: string | null): Browser {
  if (found.name === 'WebKit')
    return { browser: isApple(system) ? 'iOS WebView' : null, browserVersion: null }
  const browser = browserName(found.name)
  return { browser, browserVersion: browser === null ? null : major(found.version) }
}

function browserName(name: string | undefined): string | null {
  if (name === undefined) return null
  const ours = BROWSER_NAMES.get(name)
  return ours === undefined ? name : ours
}

/**
 * Browsers that call themselves Chrome and name themselves in `sec-ch-ua` alone: Brave, DuckDuckGo and others.
 * Only known brands count: the header is free text.
 */
function preciseBrowser(said: Browser, hint: string): Browser {
  if (hint === '' || !MAY_BE_ANOTHER.has(said.browser)) return said
  const brands = parseBrands(hint)
  const own =
    brands.find(({ name }) => !GENERAL_BRANDS.has(name)) ?? brands.find(({ name }) => name === 'Chrome')
  const brand = own ?? brands[0]
  return brand === undefined ? said : { browser: brand.name, browserVersion: major(brand.version) }
}

const MAY_BE_ANOTHER: ReadonlySet<string | null> = new Set([null, 'Chrome', 'Chromium', 'Android WebView'])
const GENERAL_BRANDS: ReadonlySet<string> = new Set(['Chrome', 'Chromium'])

/** Known brands in the header's order, by our names for them. */
function parseBrands(hint: string): { name: string; version: string }[] {
  const verbatim = [...hint.matchAll(/"([^"]*)";\s*v="(\d+)/g)]
  const pairs = verbatim.length > 0 ? verbatim : [...hint.matchAll(/^(.+) (\d+)/g)]
  return pairs.flatMap(([, brand = '', version = '']) => {
    const name = BRAND_NAMES.get(brand)
    return name === undefined ? [] : [{ name, version }]
  })
}

function hintedSystem(hint: string): string | null {
  const platform = hint.replaceAll('"', '')
  return SYSTEM_NAMES.get(platform.toLowerCase()) ?? null
}

function systemName(name: string | undefined, version: string | undefined, userAgent: string): string | null {
  if (/\b(?:Open)?Harmony/.test(userAgent)) return 'HarmonyOS'
  if (name === undefined) return /\bFuchsia\b/.test(userAgent) ? 'Fuchsia' : null
  if (name === 'iOS' && /\biPad\b/.test(userAgent) && Number.parseInt(version ?? '') >= 13) return 'iPadOS'
  return SYSTEM_NAMES.get(name.toLowerCase()) ?? name
}

/** Version by system: where the User-Agent holds a constant for all readers it says nothing, so it is null. */
function systemVersion(system: string, version: string, userAgent: string): string | null {
  switch (system) {
    case 'Windows':
      return version === '10' ? '10/11' : leading(version, /^(?:XP|Vista|ME|\d{1,4}(?:\.\d)?)$/)
    case 'macOS':
      return version.startsWith('10.15') ? null : leading(version, /^10\.\d{1,2}|^\d{1,3}/)
    case 'iOS':
    case 'iPadOS':
      return appleVersion(version, userAgent)
    case 'Android':
      return userAgent.includes('Android 10; K)') ? null : leading(version, /^\d{1,3}/)
    case 'Linux':
    case 'ChromeOS':
    case 'Xbox':
      return null
    default:
      return leading(version, /^\d{1,4}(?:\.\d{1,2})?/)
  }
}

/** Since version 26, WebKit says 18.6 or 18.7 for ever; Safari's own version and Facebook's field go on. */
function appleVersion(version: string, userAgent: string): string | null {
  const truer = /\bFBSV\/(\d{1,3})/.exec(userAgent)?.[1] ?? /\bVersion\/(\d{1,3})/.exec(userAgent)?.[1]
  if (truer !== undefined && Number(truer) >= 26) return truer
  const frozen = truer === undefined && /^18\.[67]/.test(version) && !userAgent.includes('CriOS/')
  return frozen ? null : leading(version, /^\d{1,3}/)
}

function parseDevice(type: string | undefined, system: string | null, userAgent: string): Device | null {
  if (/\b(?:Quest|VR|HoloLens)\b/.test(userAgent)) return 'headset'
  if (type !== undefined) return DEVICES.get(type) ?? null
  if (system === 'Android') return 'phone'
  return system !== null && DESKTOP_SYSTEMS.has(system) ? 'desktop' : null
}

function isApple(system: string | null): boolean {
  return system === 'iOS' || system === 'iPadOS'
}

/** Null also for what no browser would count up to: the header is the client's to choose. */
function major(version: string | undefined): string | null {
  return leading(version, /^\d{1,4}(?!\d)/)
}

function leading(text: string | undefined, pattern: RegExp): string | null {
  return pattern.exec(text ?? '')?.[0] ?? null
}
