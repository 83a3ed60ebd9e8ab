import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scriptsOf } from '../src/scripts.ts'

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const WEBVIEW =
  'Mozilla/5.0 (Linux; Android 15; CPH2557; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const SECURE = { 'sec-fetch-site': 'same-origin' }

const CASES: readonly [what: string, headers: Record<string, string>, scripts: string | null][] = [
  ['Chromium with its hints', { ...SECURE, 'user-agent': CHROME, 'sec-ch-ua': 'Google Chrome 142' }, 'on'],
  ['Chromium without hints on a secure page', { ...SECURE, 'user-agent': CHROME }, 'off'],
  ['Chromium without hints on a page that may not be secure', { 'user-agent': CHROME }, null],
  ['Chromium that knew no hints', { ...SECURE, 'user-agent': CHROME.replace('142', '88') }, null],
  ['a WebView, some of which send none', { ...SECURE, 'user-agent': WEBVIEW }, null],
  ['Firefox', { ...SECURE, 'user-agent': FIREFOX }, null],
  ['nobody', {}, null],
]

for (const [what, headers, scripts] of CASES) {
  test(`${what} ran scripts: ${scripts ?? 'not known'}`, () => assert.equal(scriptsOf(headers), scripts))
}
