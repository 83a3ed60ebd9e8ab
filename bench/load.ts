import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawBrowser } from '../src/main/demo/browsers.ts'
import { pagesOf } from '../src/main/demo/pages.ts'
import { seededRandom } from '../src/main/demo/random.ts'
import { drawHome } from '../src/main/demo/readers.ts'
import { runOnCore } from './process.ts'

/** One run of load. */
export interface Load {
  readonly connections: number
  readonly keepAlive: boolean
  readonly seconds: number
  /** The site in the tag's address; `blog.example.org` when absent. */
  readonly site?: string
}

/** What the load saw. */
export interface Loaded {
  readonly requests: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Answers other than 2xx and 3xx, and connections that failed. */
  readonly errors: number
}

/** Requests that are sent over and over: enough that no cache of one header's values helps. */
const REQUESTS = 500

/**
 * Loads a server with requests as browsers send them, headers included, by wrk on the second core.
 *
 * @param dir folder for wrk's script
 */
export async function loadServer(url: string, load: Load, dir: string): Promise<Loaded> {
  const script = join(dir, `load-${load.keepAlive ? 'keep-alive' : 'close'}.lua`)
  writeFileSync(script, luaScript(load))
  const options = ['-t1', `-c${load.connections}`, `-d${load.seconds}s`, '--timeout', '5s', '-s', script]
  const { text } = await runOnCore(1, ['wrk', ...options, url])
  const result: unknown = JSON.parse(text.slice(text.lastIndexOf('{')))
  if (!isLoaded(result)) throw new Error(`wrk printed something else than its result: ${text}`)
  return result
}

/** wrk's own report has units in its numbers; this one is JSON. */
const DONE = `
done = function(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"requests":%d,"perSecond":%f,"p50Ms":%f,"p99Ms":%f,"errors":%d}\\n',
    summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed))
end
`

function luaScript(load: Load): string {
  const random = seededRandom(1)
  const requests = Array.from({ length: REQUESTS }, () => `  ${luaString(requestText(load, random))},`)
  const next = `request = function()\n  next = next % ${REQUESTS} + 1\n  return requests[next]\nend`
  return `local requests = {\n${requests.join('\n')}\n}\nlocal next = 0\n${next}\n${DONE}`
}

function requestText({ keepAlive, site = 'blog.example.org' }: Load, random: () => number): string {
  const timeMs = Date.UTC(2026, 10, 23)
  const { 'sec-ch-ua': brand, ...browser } = drawBrowser({ timeMs, mobileShare: 0.5 }, random)
  const hints = brand === undefined ? {} : { 'sec-ch-ua': brands(brand) }
  const headers = {
    host: 'count.example.org',
    connection: keepAlive ? 'keep-alive' : 'close',
    ...browser,
    ...hints,
    accept: 'text/css,*/*;q=0.1',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': `${drawHome(random).language},en;q=0.8`,
    referer: `https://${site}${pagesOf(364)(random)}`,
    'sec-fetch-dest': 'style',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-site': 'same-site',
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    priority: 'u=4',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`GET /${site}/c.css HTTP/1.1`, ...lines, '', ''].join('\r\n')
}

/** `Google Chrome 142` as browsers send it, with a brand of no meaning and the engine's. */
function brands(brand: string): string {
  const [, name = '', version = ''] = /^(.*) (\d+)$/.exec(brand) ?? []
  return `"Chromium";v="${version}", "Not_A Brand";v="24", "${name}";v="${version}"`
}

function luaString(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"`
}

function isLoaded(result: unknown): result is Loaded {
  return typeof result === 'object' && result !== null && 'requests' in result && 'p99Ms' in result
}
