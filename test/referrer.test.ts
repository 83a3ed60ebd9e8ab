import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { REFERRER_TABLES } from '../src/referrer-names.ts'
import type { Channel } from '../src/referrer.ts'
import { isReferrerSpam } from '../src/referrer-spam.ts'
import { CHANNELS, channelOf, parseReferrer } from '../src/referrer.ts'

const SITE = 'blog.example.org'

const REFERRERS: readonly (readonly [referrer: string, name: string | null, channel: Channel | null])[] = [
  ['https://www.google.com/', 'google.com', 'search'],
  ['https://www.google.de/', 'google.com', 'search'],
  ['https://www.google.co.uk/search', 'google.com', 'search'],
  ['https://google.com.au', 'google.com', 'search'],
  ['android-app://com.google.android.googlequicksearchbox/', 'google.com', 'search'],
  ['https://google.evil.example/', 'google.evil.example', 'site'],
  ['https://notgoogle.com/', 'notgoogle.com', 'site'],
  ['https://docs.google.com/document', 'docs.google.com', 'site'],
  ['https://duckduckgo.com/', 'duckduckgo.com', 'search'],
  ['https://html.duckduckgo.com/', 'duckduckgo.com', 'search'],
  ['https://cn.bing.com/', 'bing.com', 'search'],
  ['https://yandex.ru/', 'yandex.com', 'search'],
  ['https://ya.ru/', 'yandex.com', 'search'],
  ['https://de.search.yahoo.com/', 'yahoo.com', 'search'],
  ['https://search.brave.com/', 'search.brave.com', 'search'],
  ['https://kagi.com/', 'kagi.com', 'search'],
  ['https://l.facebook.com/', 'facebook.com', 'social'],
  ['https://m.facebook.com/', 'facebook.com', 'social'],
  ['https://l.instagram.com/', 'instagram.com', 'social'],
  ['https://t.co/abc', 'x.com', 'social'],
  ['https://old.reddit.com/r/programming/', 'reddit.com', 'social'],
  ['https://news.ycombinator.com/item', 'news.ycombinator.com', 'social'],
  ['https://mastodon.social/@somebody', 'mastodon.social', 'social'],
  ['https://lnkd.in/x', 'linkedin.com', 'social'],
  ['https://www.pinterest.co.uk/pin', 'pinterest.com', 'social'],
  ['https://m.youtube.com/watch', 'youtube.com', 'social'],
  ['android-app://org.telegram.messenger', 'telegram.org', 'social'],
  ['https://mail.google.com/mail/u/0/', 'mail.google.com', 'mail'],
  ['android-app://com.google.android.gm/', 'mail.google.com', 'mail'],
  ['https://outlook.live.com/', 'outlook.com', 'mail'],
  ['https://deref-gmx.net/', 'gmx.net', 'mail'],
  ['https://mail.yandex.ru/', 'mail.yandex.com', 'mail'],
  ['https://chatgpt.com/', 'chatgpt.com', 'assistant'],
  ['https://chat.openai.com/', 'chatgpt.com', 'assistant'],
  ['https://www.perplexity.ai/search', 'perplexity.ai', 'assistant'],
  ['https://claude.ai/chat', 'claude.ai', 'assistant'],
  ['https://gemini.google.com/app', 'gemini.google.com', 'assistant'],
  ['https://copilot.microsoft.com/', 'copilot.microsoft.com', 'assistant'],
  ['https://weekly.example.com/47', 'weekly.example.com', 'site'],
  ['https://WWW.Example.COM./a', 'example.com', 'site'],
  ['http://m.example.com:8080/', 'example.com', 'site'],
  ['https://m.de/', 'm.de', 'site'],
  ['https://www.example.co.uk/', 'example.co.uk', 'site'],
  ['https://bücher.example/', 'xn--bcher-kva.example', 'site'],
  ['android-app://org.example.reader/', 'org.example.reader', 'site'],
  ['http://intranet/wiki', 'intranet', 'site'],
  ['https://docs.example.org/', 'docs.example.org', 'site'],
  ['https://blog.example.org/about', null, null],
  ['https://www.blog.example.org/', null, null],
  ['http://192.0.2.7/', null, null],
  ['http://3221225985/', null, null],
  ['http://[2001:db8::7]/', null, null],
  ['about:blank', null, null],
  ['file:///home/somebody/links.html', null, null],
  ['javascript:alert(1)', null, null],
  ['example.com', null, null],
  ['https://', null, null],
  ['', null, null],
]

for (const [referrer, name, channel] of REFERRERS) {
  test(`parseReferrer() of "${referrer}" is ${name} (${channel})`, () => {
    assert.deepEqual(parseReferrer(referrer, SITE), { name, channel })
  })
}

test('parseReferrer() knows the pages of a site that is called www.', () => {
  assert.equal(parseReferrer('https://example.org/', 'www.example.org').name, null)
  assert.equal(parseReferrer('https://example.org/', null).name, 'example.org')
})

type Way = readonly [referrer: string, source: string | null, medium: string | null, channel: Channel | null]

const WAYS: readonly Way[] = [
  ['', null, null, null],
  ['https://example.com/', null, null, 'site'],
  ['', 'newsletter', 'email', 'mail'],
  ['', 'issue-47', 'Email', 'mail'],
  ['', 'newsletter', null, 'mail'],
  ['', 'chatgpt.com', null, 'assistant'],
  ['', 'Perplexity.ai', null, 'assistant'],
  ['', 'www.google.com', null, 'search'],
  ['', 'google', null, 'search'],
  ['', 'facebook', null, 'social'],
  ['', 'hn', null, 'social'],
  ['', 'news', null, 'campaign'],
  ['', 'mail', null, 'mail'],
  ['', 'gemini', null, 'assistant'],
  ['https://www.google.com/', 'google', 'cpc', 'paid'],
  ['https://www.google.com/', 'google', 'organic', 'search'],
  ['https://mail.google.com/', 'letter', 'email', 'mail'],
  ['https://news.ycombinator.com/', 'a-friend', null, 'social'],
  ['https://example.com/', 'newsletter', null, 'site'],
  ['https://example.com/', 'flyer', 'print', 'site'],
  ['', 'flyer', 'print', 'campaign'],
  ['', 'somebody.example', null, 'campaign'],
  ['', 'constructor', '__proto__', 'campaign'],
  ['', 'constructor', 'constructor', 'campaign'],
]

for (const [referrer, source, medium, channel] of WAYS) {
  test(`the way "${referrer}" ${source} ${medium} is ${channel}`, () => {
    const way = { source, medium, campaign: null }
    assert.equal(channelOf(parseReferrer(referrer, SITE), way), channel)
  })
}

test('a campaign without source and medium is a campaign', () => {
  const campaign = { source: null, medium: null, campaign: 'spring' }
  assert.equal(channelOf({ name: null, channel: null }, campaign), 'campaign')
})

test('a spammer is known by its host and those below', () => {
  for (const host of ['semalt.com', 'www.semalt.com', 'a.b.semalt.com'])
    assert.ok(isReferrerSpam(`https://${host}/x`))
  for (const host of ['notsemalt.com', 'semalt.com.example', 'com'])
    assert.ok(!isReferrerSpam(`https://${host}/`))
  assert.ok(!isReferrerSpam(''))
})

test('no host of the tables stands twice or is a spammer’s, and each is found as it stands', () => {
  const all = REFERRER_TABLES.flatMap(([, hosts]) => Object.entries(hosts).flat(2))
  assert.deepEqual(
    all.filter((host, index) => all.indexOf(host) !== index),
    [],
  )
  for (const [channel, hosts] of REFERRER_TABLES) {
    for (const [name, others] of Object.entries(hosts)) {
      for (const host of [name, ...others]) assert.deepEqual(lookUp(host), { name, channel }, host)
    }
  }
})

test('parseReferrer() takes any text and gives a host that an URL may hold', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.domain().map((host) => `https://${host}/`),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const { name, channel } = parseReferrer(text, SITE)
      assert.equal(name === null, channel === null)
      assert.ok(channel === null || CHANNELS.includes(channel))
      assert.ok(name === null || URL.canParse(`https://${name}/`))
    }),
  )
})

function lookUp(host: string) {
  if (host.startsWith('app:')) return parseReferrer(`android-app://${host.slice(4)}/`, SITE)
  const one = host.replace(/^\*\./, 'some.').replace(/\.\*$/, '.fr')
  assert.ok(!isReferrerSpam(`https://${one}/`))
  return parseReferrer(`https://${one}/`, SITE)
}
