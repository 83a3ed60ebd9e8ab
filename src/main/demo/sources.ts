import type { Random, Weighted } from './random.ts'
import { weightedDraw } from './random.ts'

/** How a visit began: what `?r=` and the page's `utm_*` said. */
export interface Source {
  readonly referrer: string | null
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
}

/** The news site of the one great day. */
export const NEWS_REFERRER = 'https://news.ycombinator.com/'

export const DIRECT: Source = { referrer: null, source: null, medium: null, campaign: null }

const drawSearch = drawReferrer([
  ['https://www.google.com/', 520],
  ['https://www.google.de/', 46],
  ['https://duckduckgo.com/', 92],
  ['https://www.bing.com/', 88],
  ['https://search.brave.com/', 20],
  ['https://www.ecosia.org/', 24],
  ['https://www.startpage.com/', 14],
  ['https://kagi.com/', 12],
  ['https://www.qwant.com/', 10],
  ['https://yandex.com/', 6],
])

const drawSocial = drawReferrer([
  ['https://www.reddit.com/', 60],
  ['https://mastodon.social/', 34],
  ['https://bsky.app/', 26],
  ['https://t.co/', 22],
  ['https://www.facebook.com/', 20],
  ['https://www.linkedin.com/', 14],
  ['https://www.youtube.com/', 12],
  ['https://www.pinterest.com/', 10],
  ['https://chaos.social/', 8],
])

const drawSite = drawReferrer([
  ['https://slowbread.example/links', 24],
  ['https://en.wikipedia.org/', 22],
  ['https://github.com/', 18],
  ['https://lobste.rs/', 14],
  ['https://walkingplaces.example/europe/', 13],
  ['https://theoldworkshop.example/blogroll', 12],
  [NEWS_REFERRER, 9],
  ['https://de.wikipedia.org/', 9],
  ['https://feedly.com/', 8],
  ['https://quincegarden.example/', 6],
  ['https://ooh.directory/', 5],
  ['https://allotment.example/2026/friends', 3],
])

const drawMail = drawReferrer([
  ['https://mail.google.com/', 10],
  ['https://outlook.live.com/', 6],
  ['https://mail.proton.me/', 3],
])

const drawAssistant = drawReferrer([
  ['https://chatgpt.com/', 60],
  ['https://www.perplexity.ai/', 22],
  ['https://gemini.google.com/', 14],
  ['https://claude.ai/', 12],
  ['https://copilot.microsoft.com/', 10],
])

const LINK_CAMPAIGN: Source = {
  referrer: 'https://mastodon.social/',
  source: 'mastodon',
  medium: 'social',
  campaign: 'baking-week',
}

const PAID_CAMPAIGN: Source = {
  referrer: 'https://www.google.com/',
  source: 'google',
  medium: 'cpc',
  campaign: 'bread-course',
}

/**
 * Draws how visits of one day begin. Search leads, assistants grow over the year, and on every second
 * Thursday (and less on the day after) the newsletter brings a wave.
 */
export function sourcesOf(day: { timeMs: number; demoDay: number }): (random: Random) => Source {
  const letter = newsletter(day.timeMs)
  const draw = weightedDraw<(random: Random) => Source>([
    [drawSearch, 44],
    [() => DIRECT, 31],
    [drawSocial, 10],
    [drawSite, 9],
    [drawMail, 1.2],
    [drawAssistant, 2 + 5 * Math.min(1, day.demoDay / 365)],
    [() => letter.source, letter.weight],
    [() => LINK_CAMPAIGN, day.demoDay % 90 < 8 ? 3 : 0],
    [() => PAID_CAMPAIGN, day.demoDay % 120 > 90 ? 1.6 : 0],
  ])
  return (random) => draw(random)(random)
}

/** How much more a day is read because the newsletter went out: 1 on ordinary days. */
export function newsletterLift(timeMs: number): number {
  return 1 + newsletter(timeMs).weight / 100
}

function newsletter(timeMs: number): { readonly source: Source; readonly weight: number } {
  const days = Math.floor(timeMs / 86_400_000)
  const month = new Date(timeMs).toISOString().slice(0, 7)
  const source = { referrer: null, source: 'newsletter', medium: 'email', campaign: `letter-${month}` }
  const weight = new Map([
    [0, 34],
    [1, 12],
    [2, 4],
  ]).get(days % 14)
  return { source, weight: weight ?? 0.8 }
}

function drawReferrer(referrers: readonly Weighted<string>[]): (random: Random) => Source {
  const draw = weightedDraw(referrers)
  return (random) => ({ ...DIRECT, referrer: draw(random) })
}
