import { botName } from '../bot.ts'
import { isPictureProxy } from '../bot-name.ts'
import type { Agent } from '../browser.ts'
import { parseAgent } from '../browser.ts'
import type { RawHit } from '../hit.ts'
import { parseLanguage } from '../language.ts'
import { memoised, memoisedBy } from '../memo.ts'
import type { Channel } from '../referrer.ts'
import { isReferrerSpam } from '../referrer-spam.ts'
import { channelOf, parseReferrer } from '../referrer.ts'
import type { Row } from '../row.ts'
import type { Scripts } from '../scripts.ts'
import { scriptsOf } from '../scripts.ts'
import { prefetchVerdict } from '../verdict.ts'
import { CARRIED } from './carried.ts'

/** What the owner may decide about the meaning of hits. */
export interface DerivePolicy {
  /** Whether a page that was rendered before anybody asked for it counts. */
  readonly prerender: 'refuse' | 'count'
}

/** Counts up whenever equal raw hits give other rows than before, a new release of a list included. */
const DERIVE_VERSION = '2'

const COUNTS_PRERENDER = '+prerender'

/** Version and policy in one word, for the lineage of segments: `2`, `2+prerender`. */
export function deriveId(policy: DerivePolicy): string {
  return policy.prerender === 'count' ? DERIVE_VERSION + COUNTS_PRERENDER : DERIVE_VERSION
}

/** The policy that an id of `deriveId` names, whatever its version. */
export function policyOf(id: string): DerivePolicy {
  return { prerender: id.endsWith(COUNTS_PRERENDER) ? 'count' : 'refuse' }
}

/**
 * Makes the function that turns raw hits into rows. Equal hits give equal rows, in whatever order and however
 * often: all it keeps from one hit to the next is what it worked out of equal headers and equal ways here.
 */
export function createDeriver(policy: DerivePolicy): (hit: RawHit) => Row {
  const readerOf = memoisedBy(readerKey, (headers) => deriveReader(headers, policy), REMEMBERED_MAX)
  const languageOf = memoised((value) => parseLanguage(value), REMEMBERED_MAX)
  const wayOf = memoisedBy(wayKey, deriveWay, REMEMBERED_MAX)
  return (hit) => {
    const reader = readerOf(hit.headers)
    const language = languageOf(hit.headers['accept-language'] ?? '')
    return toRow(hit, { ...reader, language, way: isDirect(hit) ? DIRECT : wayOf(hit) })
  }
}

/** Header sets, languages and ways that are remembered at once, each. */
const REMEMBERED_MAX = 16_384

type Headers = RawHit['headers']

/** What a reader's headers come to. */
interface Reader {
  readonly agent: Agent
  readonly refused: 'prefetch' | 'prerender' | 'bot' | null
  readonly bot: string | null
  readonly scripts: Scripts
  /** Whether these are the headers of a machine that asks for a reader. */
  readonly proxied: boolean
}

/** How a reader came. */
interface Way {
  readonly referrer: string | null
  readonly channel: Channel | null
  readonly spam: boolean
}

interface Derived extends Reader {
  readonly language: string | null
  readonly way: Way
}

const DIRECT: Way = { referrer: null, channel: null, spam: false }

const SPAMMER = 'referrer spam'

function deriveReader(headers: Headers, policy: DerivePolicy): Reader {
  const purpose = prefetchVerdict(headers)
  const early = purpose === 'prerender' && policy.prerender === 'count' ? null : purpose
  const userAgent = headers['user-agent'] ?? ''
  const bot = early === null ? botName(userAgent) : null
  const proxied = isPictureProxy(userAgent)
  return {
    agent: proxied ? NO_AGENT : parseAgent(headers),
    proxied,
    refused: early ?? (bot === null ? null : 'bot'),
    bot,
    scripts: scriptsOf(headers),
  }
}

function deriveWay(hit: RawHit): Way {
  const referral = parseReferrer(hit.referrer ?? '', hit.site)
  return {
    referrer: referral.name,
    channel: channelOf(referral, hit),
    spam: isReferrerSpam(hit.referrer ?? ''),
  }
}

function isDirect({ referrer, source, medium, campaign }: RawHit): boolean {
  return referrer === null && source === null && medium === null && campaign === null
}

/** Holds all that `deriveReader` reads. */
function readerKey(headers: Headers): string {
  return (
    keyPart(headers['user-agent']) +
    keyPart(headers['sec-ch-ua']) +
    keyPart(headers['sec-ch-ua-mobile']) +
    keyPart(headers['sec-ch-ua-platform']) +
    (headers['sec-fetch-site'] === undefined ? '' : '+') +
    keyPart(headers['sec-purpose']) +
    keyPart(headers['purpose']) +
    keyPart(headers['x-purpose']) +
    keyPart(headers['x-moz'])
  )
}

/** Holds all that `deriveWay` reads. */
function wayKey({ site, referrer, source, medium, campaign }: RawHit): string {
  return (
    keyPart(site) + keyPart(referrer) + keyPart(source) + keyPart(medium) + (campaign === null ? '' : '+')
  )
}

/** With its length in front, so that no two lists of values make one key. */
function keyPart(value: string | null | undefined): string {
  return value === undefined || value === null ? '-' : `${value.length}:${value}`
}

const NO_AGENT = parseAgent({})

/** Always the same fields in the same order: those of `COLUMNS`. */
function toRow(hit: RawHit, derived: Derived): Row {
  const carried = CARRIED[hit.kind]
  const way = carried.way ? derived.way : DIRECT
  const agent = carried.agent ? derived.agent : NO_AGENT
  const place = carried.place && !derived.proxied
  const verdict = hit.verdict ?? derived.refused ?? (way.spam ? 'bot' : 'counted')
  return {
    time: hit.timeMs,
    site: hit.site,
    kind: hit.kind,
    count: hit.count,
    path: carried.path ? hit.path : null,
    referrer: way.referrer,
    channel: way.channel,
    source: carried.campaign ? hit.source : null,
    medium: carried.campaign ? hit.medium : null,
    campaign: carried.campaign ? hit.campaign : null,
    country: place ? hit.country : null,
    language: place ? derived.language : null,
    browser: agent.browser,
    browser_version: agent.browserVersion,
    system: agent.system,
    system_version: agent.systemVersion,
    device: agent.device,
    window: carried.window ? hit.window : null,
    event: carried.event ? hit.event : null,
    target: carried.event ? hit.target : null,
    view_number: hit.kind === 'view' || hit.kind === 'number' ? hit.viewNumber : null,
    verdict,
    bot: verdict === 'bot' ? (hit.bot ?? derived.bot ?? (way.spam ? SPAMMER : null)) : null,
    scripts: carried.agent && !hit.cut.includes('client-hints') ? derived.scripts : null,
  }
}
