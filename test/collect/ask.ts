import { botName } from '../../src/bot.ts'
import { keepHeaders } from '../../src/collect/all-headers.ts'
import type { Collected, CollectRequest, CollectResponse } from '../../src/collect/request.ts'
import { collect } from '../../src/collect/collect.ts'
import type { CollectRules } from '../../src/collect/rules.ts'
import { createFlood } from '../../src/collect/flood.ts'
import { createRules } from '../../src/collect/rules.ts'
import type { RawHit } from '../../src/hit.ts'
import { parseSettings } from '../../src/parse-settings.ts'
import { isReferrerSpam } from '../../src/referrer-spam.ts'

/** What headcount.toml says in most of these tests. */
export const ONE_SITE = `sites = ["blog.example.org"]
[site."blog.example.org"]
aliases = ["www.blog.example.org", "xn--bcher-kva.example"]
`

export const TIME_MS = Date.UTC(2026, 10, 23, 6)

/** Rules from the text of a settings file, on a server that the network can reach unless `loopback` says not. */
export function rulesOf(toml: string, loopback = false): CollectRules {
  const settings = parseSettings({ toml, file: 'headcount.toml', env: {}, flags: {}, timezone: 'UTC' })
  const countryOf = (address: string) => (address === '192.0.2.7' ? 'PL' : null)
  const isFlood = createFlood(settings.floodPerMinute)
  const world = { countryOf, botName, isReferrerSpam, keepHeaders: keepHeaders(settings.headers), isFlood }
  return createRules(settings, world, { loopback })
}

/** A tag's request, and what the test wants otherwise. */
export function aRequest(target: string, over: Partial<CollectRequest> = {}): CollectRequest {
  return {
    method: 'GET',
    target,
    headers: { referer: 'https://blog.example.org/post', ...FIREFOX },
    address: '192.0.2.7',
    timeMs: TIME_MS,
    random: '0123456789abcdef',
    ...over,
  }
}

export const FIREFOX = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  accept: 'text/css,*/*;q=0.1',
  'accept-language': 'de-DE,de;q=0.8,en;q=0.5',
  'sec-fetch-dest': 'style',
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-site': 'same-site',
}

/** What the collector makes of a request that is for it. */
export function ask(rules: CollectRules, request: CollectRequest): Collected {
  const collected = collect(request, rules)
  if (collected === null) throw new Error(`Cannot collect "${request.target}": it is for somebody else`)
  return collected
}

/** The hit that the collector keeps of a request. */
export function hitOf(rules: CollectRules, request: CollectRequest): RawHit {
  const { hit, refused } = ask(rules, request)
  if (hit === null) throw new Error(`Cannot keep "${request.target}": ${refused?.verdict ?? 'no hit'}`)
  return hit
}

/** A field of an answer; empty where it has none. */
export function fieldOf({ headers }: CollectResponse, name: string): string {
  const at = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name)
  return at < 0 ? '' : (headers[at + 1] ?? '')
}
