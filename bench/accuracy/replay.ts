import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { botName } from '../../src/bot.ts'
import { collect } from '../../src/collect/collect.ts'
import { keepAllowed } from '../../src/collect/kept-headers.ts'
import type { CollectRules } from '../../src/collect/rules.ts'
import { createRules } from '../../src/collect/rules.ts'
import type { RawHit } from '../../src/hit.ts'
import { memoryLog } from '../../src/log/memory-log.ts'
import { parseSettings } from '../../src/parse-settings.ts'
import { isReferrerSpam } from '../../src/referrer-spam.ts'
import type { Totals } from '../../src/report/report.ts'
import { openReporter } from '../../src/report/reporter.ts'
import { openSegmentStore } from '../../src/segment/store.ts'
import type { Load } from './load.ts'

const SITE = 'blog.example'
const ZONE = 'Europe/Berlin'
const DAY = '2026-11-23'
/** Midnight in `ZONE`. */
export const DAY_STARTS_MS = Date.UTC(2026, 10, 22, 23)

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'

/** What the report says of a day's loads, sent in time order through the collector, its log and the reporter. */
export async function replay(loads: readonly Load[]): Promise<Totals> {
  const log = memoryLog()
  for (const hit of collected(loads)) await log.append(hit)
  const dir = mkdtempSync(join(tmpdir(), 'headcount-accuracy-'))
  const reporter = await openReporter({
    log,
    store: openSegmentStore(dir),
    policy: { prerender: 'refuse' },
    zoneOf: () => ZONE,
    now: () => DAY_STARTS_MS + 86_400_000,
  })
  try {
    const report = await reporter.ask({
      site: SITE,
      period: DAY,
      compare: 'none',
      filters: [],
      by: [],
      limit: 1,
    })
    return report.totals
  } finally {
    await reporter.close()
    rmSync(dir, { recursive: true })
  }
}

/** What browsers' caches hold: cache → resource → validator. */
type Caches = Map<string, Map<string, string>>

function* collected(loads: readonly Load[]): Iterable<RawHit> {
  const rules = openRules()
  const caches: Caches = new Map()
  const inOrder = loads
    .filter(({ requested }) => requested)
    .toSorted((one, other) => one.timeMs - other.timeMs)
  for (const together of Map.groupBy(inOrder, ({ cache, timeMs }) => `${cache} ${timeMs}`).values()) {
    const answered = together.flatMap((load) =>
      requestsOf(load, caches).map((request) => ask(request, rules)),
    )
    for (const { hit } of answered) if (hit !== null) yield hit
    for (const { held, resource, validator } of answered) {
      if (validator === null) held.delete(resource)
      else held.set(resource, validator)
    }
  }
}

/** One request that a browser sends, beside the part of its cache that the answer goes to. */
interface Sent {
  readonly load: Load
  readonly resource: string
  readonly held: Map<string, string>
  readonly known: string | undefined
}

function requestsOf(load: Load, caches: Caches): readonly Sent[] {
  const held = caches.get(load.cache) ?? new Map<string, string>()
  caches.set(load.cache, held)
  return load.tag(load.path).map((resource) => {
    const known = load.revalidates ? held.get(resource) : undefined
    return { load, resource, held, known }
  })
}

function ask({ load, resource, held, known }: Sent, rules: CollectRules) {
  const request = {
    method: 'GET',
    target: `/${SITE}/${resource}`,
    headers: {
      'user-agent': FIREFOX,
      accept: 'text/css,*/*;q=0.1',
      'accept-language': 'de,en;q=0.5',
      'sec-fetch-dest': 'style',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-site': 'same-site',
      referer: `https://${SITE}${load.path}`,
      ...(known === undefined ? {} : { 'if-none-match': known }),
      ...load.headers,
    },
    address: null,
    timeMs: load.timeMs,
    random: '0123456789abcdef',
  }
  const answer = collect(request, rules)
  if (answer === null) throw new Error(`Cannot replay "${resource}": the collector does not know it`)
  const { headers } = answer.response
  const [control = '', etag = ''] = ['Cache-Control', 'ETag'].map(
    (name) => headers[headers.indexOf(name) + 1],
  )
  return { hit: answer.hit, held, resource, validator: control.includes('no-store') ? null : etag }
}

function openRules(): CollectRules {
  const toml = `sites = ["${SITE}"]`
  const settings = parseSettings({ toml, file: 'headcount.toml', env: {}, flags: {}, timezone: ZONE })
  const world = {
    countryOf: () => null,
    botName,
    isReferrerSpam,
    keepHeaders: keepAllowed(),
    isFlood: () => false,
  }
  return createRules(settings, world, { loopback: false })
}
