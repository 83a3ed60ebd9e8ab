import assert from 'node:assert/strict'
import { test } from 'node:test'
import crawlers from 'crawler-user-agents'
import * as fc from 'fast-check'
import { botName, isAiCrawler } from '../src/bot.ts'
import { AGENT_CASES } from './user-agents.ts'

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

const NAMES: readonly (readonly [name: string, userAgent: string])[] = [
  ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['Googlebot', `${CHROME} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`],
  ['Googlebot-Image', 'Googlebot-Image/1.0'],
  ['bingbot', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
  ['YandexImages', 'Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)'],
  ['AhrefsBot', 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)'],
  ['MJ12bot', 'Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)'],
  ['Sogou', 'Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)'],
  ['Screaming Frog SEO Spider', 'Screaming Frog SEO Spider/5.1'],
  ['HeadlessChrome', CHROME.replace('Chrome/', 'HeadlessChrome/')],
  ['Chrome-Lighthouse', `${CHROME} Chrome-Lighthouse`],
  ['GTmetrix', `${CHROME} GTmetrix`],
  ['curl', 'curl/8.14.1'],
  ['Wget', 'Wget/1.21.3'],
  ['python-requests', 'python-requests/2.32.3'],
  ['aiohttp', 'Python/3.9 aiohttp/3.7.3'],
  ['Go-http-client', 'Go-http-client/1.1'],
  ['facebookexternalhit', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
  ['Slackbot-LinkExpanding', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
  ['Mastodon', 'Mastodon/4.3.0 (http.rb/5.2.0; +https://social.example/) Bot'],
  ['UptimeRobot', 'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)'],
  ['madeUpTodayBot', 'madeUpTodayBot/0.1'],
  ['unnamed', 'Mozilla/5.0 (compatible; +http://tweetedtimes.com)'],
  ['unnamed', '0'],
]

for (const [name, userAgent] of NAMES) {
  test(`botName() finds ${name} in ${userAgent}`, () => {
    assert.equal(botName(userAgent), name)
  })
}

const AI: readonly (readonly [name: string, userAgent: string])[] = [
  [
    'GPTBot',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  ],
  ['OAI-SearchBot', `${CHROME}; compatible; OAI-SearchBot/1.3; +https://openai.com/searchbot`],
  [
    'ChatGPT-User',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot',
  ],
  [
    'ClaudeBot',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)',
  ],
  [
    'Claude-User',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)',
  ],
  [
    'PerplexityBot',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)',
  ],
  ['CCBot', 'CCBot/2.0 (https://commoncrawl.org/faq/)'],
  [
    'Bytespider',
    'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
  ],
  [
    'Amazonbot',
    `Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot) Chrome/119.0.6045.214 Safari/537.36`,
  ],
  [
    'meta-externalagent',
    'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)',
  ],
]

for (const [name, userAgent] of AI) {
  test(`${name} reads for a language model`, () => {
    assert.equal(botName(userAgent), name)
    assert.ok(isAiCrawler(name))
  })
}

test('isAiCrawler() is false for other bots', () => {
  for (const name of ['Googlebot', 'bingbot', 'Applebot', 'curl', 'unnamed', ''])
    assert.ok(!isAiCrawler(name), name)
})

test('botName() takes no browser, app, television or console for a bot', () => {
  const taken = AGENT_CASES.filter(({ userAgent }) => userAgent !== 'reader' && botName(userAgent) !== null)
  assert.deepEqual(taken, [])
})

test('botName() knows every bot of the crawler list, whose other entries are browsers, editors and proxies of readers', () => {
  const missed = crawlers.filter(({ instances }) =>
    instances.some((userAgent) => botName(userAgent) === null),
  )
  assert.deepEqual(
    missed.map(({ pattern }) => pattern),
    [
      'AP3A\\.240617\\.008',
      'Code\\/1\\.',
      'MetaIAB Facebook',
      'Trae\\/',
      'Fluid',
      'github-camo',
      'GoogleImageProxy',
      'YahooMailProxy',
    ],
  )
})

test('who sends no User-Agent is not known, and never a bot', () => {
  assert.equal(botName(''), null)
  assert.equal(botName('  '), null)
})

test('a User-Agent as long as a request may be costs milliseconds at most', () => {
  const parts = ['bot ', 'a', '(;', 'compatible; ', 'http://', 'x@', '@', ' / ', 'Chrome/1.0 bot ', 'Aa-_.']
  for (const part of parts) {
    const userAgent = `Mozilla/5.0 bot ${part.repeat(16_384 / part.length)}`
    const startMs = performance.now()
    botName(userAgent)
    const tookMs = performance.now() - startMs
    assert.ok(tookMs < 100, `${JSON.stringify(part)} repeated took ${tookMs} ms`)
  }
})

test('botName() takes any text, and a name is short, on one line and begins with a letter or digit', () => {
  const pieces = fc.constantFrom(
    'Mozilla/5.0 (',
    'bot',
    'compatible; ',
    'https://a.example/bot',
    '192.0.2.1',
    '/1.0',
  )
  const texts = fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, (text) => {
      assert.match(botName(text) ?? 'none', /^\w.{1,39}$/)
    }),
  )
})
