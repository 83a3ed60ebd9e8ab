import { botName } from '../../bot.ts'
import { keepHeaders } from '../../collect/all-headers.ts'
import { collect } from '../../collect/collect.ts'
import type { CollectRules } from '../../collect/rules.ts'
import { createRules } from '../../collect/rules.ts'
import { isReferrerSpam } from '../../referrer-spam.ts'
import type { Settings } from '../../settings.ts'
import { isThisMachine } from '../http-server.ts'
import type { Browser } from './browsers.ts'
import { policyOf, refererOf } from './browsers.ts'
import type { CheckedPage } from './checked-page.ts'
import type { FoundTag } from './tags.ts'

/** What one page view comes to in one browser. */
export interface Outcome {
  readonly browser: string
  /** Page views that are counted: 1, when all is well. */
  readonly views: number
  /** Path that they are counted for; null where none is known. */
  readonly path: string | null
  readonly visitors: boolean
  /** Why the collector refuses what it is asked for. */
  readonly refused: readonly string[]
}

/** The rules of the collector that has these settings, for judging what was never sent. */
export function rulesFor(settings: Settings): CollectRules {
  const world = {
    countryOf: () => null,
    botName,
    isReferrerSpam,
    keepHeaders: keepHeaders(settings.headers),
    isFlood: () => false,
  }
  return createRules(settings, world, { loopback: isThisMachine(settings.host) })
}

/** Lets the collector judge what a browser would send for these tags. */
export function outcomeIn(browser: Browser, tags: readonly FoundTag[], page: CheckedPage): Outcome {
  const judged = tags.map((tag) => judge(browser, tag, page))
  const counted = judged.filter(({ verdict }) => verdict === null)
  const views = counted.filter(({ kind }) => kind === 'view')
  return {
    browser: browser.name,
    views: views.length,
    path: views.map(({ path }) => path).find((path) => path !== null) ?? null,
    visitors: counted.some(({ numbered }) => numbered),
    refused: [...new Set(judged.flatMap(({ verdict }) => verdict ?? []))],
  }
}

function judge(browser: Browser, tag: FoundTag, { page, referrerPolicy, rules, timeMs }: CheckedPage) {
  const { call, element, relation, target } = tag
  const policy = policyOf(referrerPolicy, element.attributes.get('referrerpolicy'))
  const referer = refererOf(browser, page.url, { policy, relation })
  const headers = {
    'user-agent': browser.userAgent,
    'sec-fetch-site': relation,
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': element.name === 'link' ? 'style' : 'image',
    ...(referer === null ? {} : { referer: referer.address }),
  }
  const request = { method: 'GET', target, headers, address: null, timeMs, random: '0'.repeat(16) }
  const { hit, refused } = collect(request, rules) ?? { hit: null, refused: null }
  // On the first page an origin reads like its path, but on no other one would it.
  const named = referer?.whole === true || /(?:^|&)p=/.test(call.query)
  return {
    kind: call.resource.kind,
    numbered: call.resource.numbered,
    path: named ? (hit?.path ?? null) : null,
    verdict: refused?.verdict ?? hit?.verdict ?? null,
  }
}

/** Whether anything of a page is counted in this browser. */
export function isCounted({ views }: Outcome): boolean {
  return views > 0
}

/** A table, one line for each browser. */
export function renderOutcomes(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ browser, views, path, visitors }) => [
    browser,
    views === 0 ? 'none' : `${views}`,
    views === 0 ? '' : (path ?? 'not told'),
    visitors ? 'yes' : 'no',
  ])
  const lines = [['', 'page views', 'path', 'visitors'], ...rows]
  const width = (column: number) => Math.max(...lines.map((line) => line[column]?.length ?? 0))
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(width(column))).join('  '))
  return padded.map((line) => `${line.trimEnd()}\n`).join('')
}
