import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Agent } from '../src/browser.ts'
import { parseAgent } from '../src/browser.ts'
import { AGENT_CASES } from './user-agents.ts'

for (const { expected, userAgent } of AGENT_CASES) {
  test(`parseAgent() reads ${expected} from ${userAgent.slice(0, 200)}`, () => {
    assert.equal(words(parseAgent({ 'user-agent': userAgent })), expected)
  })
}

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const EDGE = `${CHROME} Edg/142.0.0.0`
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

const HINTED: readonly (readonly [userAgent: string, hint: string, browser: string])[] = [
  [CHROME, '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"', 'Chrome 142'],
  [CHROME, '"Not;A=Brand";v="8", "Chromium";v="142", "Brave";v="142"', 'Brave 142'],
  [CHROME, '"Chromium";v="142", "DuckDuckGo";v="142", "Not/A)Brand";v="24"', 'DuckDuckGo 142'],
  [CHROME, '"Google Chrome";v="142", "Vivaldi";v="7", "Chromium";v="142"', 'Vivaldi 7'],
  [CHROME, '"Chromium";v="142", "Not_A Brand";v="99"', 'Chromium 142'],
  [CHROME, '"HeadlessChrome";v="142", "Chromium";v="142"', 'Chrome 142'],
  [CHROME, '"Chromium";v="142", "Made up today";v="1"', 'Chromium 142'],
  [CHROME, '"Made up today";v="1"', 'Chrome 142'],
  [CHROME, 'Google Chrome 142', 'Chrome 142'],
  [CHROME, 'Brave 142', 'Brave 142'],
  [CHROME, 'Microsoft Edge 142', 'Edge 142'],
  [CHROME, 'Made up today 9', 'Chrome 142'],
  [CHROME, '""', 'Chrome 142'],
  [EDGE, 'Google Chrome 142', 'Edge 142'],
  [FIREFOX, 'Brave 142', 'Firefox 145'],
  ['', 'Google Chrome 142', 'Chrome 142'],
]

for (const [userAgent, hint, browser] of HINTED) {
  test(`parseAgent() reads ${browser} from the hint ${hint} beside "${userAgent.slice(-40)}"`, () => {
    const agent = parseAgent({ 'user-agent': userAgent, 'sec-ch-ua': hint })
    assert.equal(`${agent.browser} ${agent.browserVersion}`, browser)
  })
}

test('parseAgent() takes system and device from hints where no User-Agent was kept', () => {
  for (const platform of ['"Chrome OS"', 'Chrome OS']) {
    const agent = parseAgent({ 'sec-ch-ua-platform': platform, 'sec-ch-ua-mobile': '?1' })
    assert.equal(words(agent), '- - | ChromeOS - | phone')
  }
})

test('parseAgent() knows nothing of a reader who sends nothing', () => {
  assert.equal(words(parseAgent({})), '- - | - - | -')
})

test('parseAgent() takes any header, and versions stay short', () => {
  const pieces = fc.constantFrom(
    'Mozilla/5.0 (',
    'Chrome/',
    'Version/',
    'iPhone OS 99_',
    'Windows NT ',
    'Android ',
    ')',
  )
  const userAgents = fc
    .array(fc.oneof(pieces, fc.string(), fc.nat().map(String)))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(userAgents, fc.string(), (userAgent, hint) => {
      const agent = parseAgent({ 'user-agent': userAgent, 'sec-ch-ua': hint })
      assert.ok((agent.browserVersion ?? '').length <= 4)
      assert.ok((agent.systemVersion ?? '').length <= 7)
    }),
  )
})

function words({ browser, browserVersion, system, systemVersion, device }: Agent): string {
  return `${browser ?? '-'} ${browserVersion ?? '-'} | ${system ?? '-'} ${systemVersion ?? '-'} | ${device ?? '-'}`
}
