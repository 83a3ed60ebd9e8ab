import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { botName } from '../bot.ts'
import { keepHeaders } from '../collect/all-headers.ts'
import { openCountries } from '../collect/country.ts'
import { createFlood } from '../collect/flood.ts'
import { nodeCollector } from '../collect/node.ts'
import { createRules } from '../collect/rules.ts'
import type { Tallies } from '../collect/tally.ts'
import { createTallies } from '../collect/tally.ts'
import type { RawHit } from '../hit.ts'
import type { HotLog } from '../log/hot-log.ts'
import { isReferrerSpam } from '../referrer-spam.ts'
import type { Settings } from '../settings.ts'
import type { Count } from '../web/api/batches.ts'
import { createCounting } from './counting.ts'
import { describeFailure } from './failure.ts'
import { isThisMachine } from './http-server.ts'
import { Meter } from './meter.ts'
import { createRandom } from './random.ts'

/** The collector of a running server, and what it has counted so far. */
export interface Collecting {
  /** Answers a request for a counting resource. @returns false when it is for something else */
  handle(request: IncomingMessage, response: ServerResponse, target: string): boolean
  /** Counts what other servers send for their readers. */
  readonly count: Count
  readonly meter: Meter
  readonly tallies: Tallies
}

export interface CollectingDeps {
  readonly settings: Settings
  /** Answers a badge that was counted. */
  readonly showBadge: RequestListener
  readonly log: HotLog
  /** Makes the collector answer 503. */
  readonly diskIsLow: () => boolean
  readonly report: (line: string) => void
}

/** Puts the collector together. */
export function openCollecting(deps: CollectingDeps): Collecting {
  const { settings, log, diskIsLow, report, showBadge } = deps
  const meter = new Meter((hit) => log.append(hit))
  const counted = createTallies()
  const tallies: Tallies = {
    ...counted,
    add: (refusal) => {
      meter.refuse(refusal)
      counted.add(refusal)
    },
  }
  const countries = openCountries()
  const world = {
    countryOf: (address: string) => countries.countryOf(address),
    botName,
    isReferrerSpam,
    keepHeaders: keepHeaders(settings.headers),
    isFlood: createFlood(settings.floodPerMinute),
  }
  const hint = createProxyHint(settings, report)
  const shared = {
    rules: createRules(settings, world, { loopback: isThisMachine(settings.host) }),
    append: (hit: RawHit) => meter.append(hit),
    tallies,
    now: Date.now,
    random: createRandom(),
    diskIsLow,
  }
  const collector = nodeCollector({
    ...shared,
    trustProxy: settings.trustProxy,
    showBadge,
    report: (error) => report(describeFailure(error)),
  })
  const handle: Collecting['handle'] = (request, response, target) => {
    hint(request)
    return collector(request, response, target)
  }
  return { handle, count: createCounting({ ...shared, stems: settings.stems }), meter, tallies }
}

/** Says once that a proxy on this machine is not trusted, which nobody would notice but by what is missing. */
function createProxyHint(
  { trustProxy }: Settings,
  report: (line: string) => void,
): (request: IncomingMessage) => void {
  let told = trustProxy.length > 0
  return ({ headers, socket }) => {
    if (told || headers['x-forwarded-for'] === undefined || !isThisMachine(socket.remoteAddress ?? '')) return
    told = true
    report(
      'Requests come through a proxy on this machine that is not trusted: countries stay unknown and flood control ' +
        'is off until the settings say trust_proxy = ["127.0.0.1", "::1"]',
    )
  }
}
