import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aRequest, hitOf, ONE_SITE, rulesOf } from './ask.ts'

const allowed = rulesOf(ONE_SITE)
const all = rulesOf(`headers = "all"\n${ONE_SITE}`)

const CHROMIUM = '"Chromium";v="142"'
const CHROME = '"Google Chrome";v="142"'
const REDUCED: [name: string, value: string, kept: string | undefined][] = [
  ['user-agent', 'Mozilla/5.0 (X11)', 'Mozilla/5.0 (X11)'],
  ['user-agent', '', undefined],
  ['accept-language', 'de-DE,de;q=0.9,en;q=0.8', 'de-DE'],
  ['accept-language', ' sr-Latn-RS;q=1', 'sr-Latn-RS'],
  ['accept-language', 'en-US-u-ca-buddhist', 'en-US'],
  ['accept-language', 'es-419', 'es-419'],
  ['accept-language', '*', undefined],
  ['accept-language', 'tracking-number', undefined],
  ['sec-ch-ua', `${CHROMIUM}, ${CHROME}, "Not_A Brand";v="99"`, 'Google Chrome 142'],
  ['sec-ch-ua', `"Not:A-Brand";v="8", ${CHROMIUM}, "Brave";v="142.1.2"`, 'Brave 142'],
  ['sec-ch-ua', `${CHROMIUM}, "Microsoft Edge";v="142", "Not?A_Brand";v="24"`, 'Microsoft Edge 142'],
  ['sec-ch-ua', `"Opera";v="125", ${CHROMIUM}`, 'Opera 125'],
  ['sec-ch-ua', `${CHROME}, "DuckDuckGo";v="142", ${CHROMIUM}`, 'DuckDuckGo 142'],
  ['sec-ch-ua', `"(Not(A:Brand";v="99", ${CHROMIUM}`, 'Chromium 142'],
  ['sec-ch-ua', '"Not/A)Brand";v="8"', undefined],
  ['sec-ch-ua', 'garbage', undefined],
  ['sec-ch-ua-mobile', '?1', '?1'],
  ['sec-ch-ua-mobile', '?0', undefined],
  ['sec-ch-ua-platform', '"Windows"', 'Windows'],
  ['sec-ch-ua-platform', '"Chrome OS"', 'Chrome OS'],
  ['sec-ch-ua-platform', '"<script>"', undefined],
  ['sec-fetch-site', 'same-site', 'same-site'],
  ['sec-fetch-site', 'elsewhere', undefined],
  ['sec-purpose', 'prefetch;prerender', 'prefetch;prerender'],
  ['sec-purpose', 'x'.repeat(65), undefined],
  ['purpose', 'preview', 'preview'],
  ['x-purpose', 'preview', 'preview'],
  ['x-moz', 'prefetch', 'prefetch'],
  ['accept', 'text/css', undefined],
  ['save-data', 'on', undefined],
]

for (const [name, value, kept] of REDUCED) {
  test(`the allow-list keeps of ${name}: ${value.slice(0, 60)} ${kept === undefined ? 'nothing' : `"${kept}"`}`, () => {
    const { headers } = hitOf(allowed, aRequest('/c.css', { headers: { [name]: value } }))
    assert.deepEqual(headers, kept === undefined ? {} : { [name]: kept })
  })
}

test('headers = "all" keeps headers as they came', () => {
  const headers = {
    accept: 'text/css,*/*;q=0.1',
    'accept-language': 'de-DE,de;q=0.9',
    'sec-ch-ua': `${CHROMIUM}, ${CHROME}`,
    'user-agent': 'Mozilla/5.0',
    'x-original-user-agent': 'Opera Mini',
    'save-data': 'on',
    'sec-fetch-site': 'cross-site',
    priority: 'u=4',
  }
  assert.deepEqual(hitOf(all, aRequest('/c.css', { headers })).headers, headers)
})

const DENIED = `x-forwarded-for forwarded x-real-ip cf-connecting-ip cf-connecting-ipv6 true-client-ip x-client-ip
  x-forwarded-host x-cluster-client-ip x-envoy-external-address x-azure-socketip cloudfront-viewer-address via from
  remote-user x-forwarded-email x-user-email cookie cookie2 set-cookie authorization proxy-authorization x-api-key apikey
  x-auth-token x-amz-security-token x-csrf-token x-xsrf-token x-session x-access-key cf-access-jwt-assertion
  x-request-id request-id x-correlation-id x-correlationid x-amzn-trace-id x-amz-cf-id traceparent tracestate b3 x-b3-traceid cf-ray baggage
  x-device-id x-uidh x-msisdn x-up-calling-line-id x-acr x-client-data cf-ja3-hash cloudfront-viewer-ja4-fingerprint
  cf-ipcity cf-iplatitude cf-region x-vercel-ip-city cloudfront-viewer-city cloudfront-viewer-postal-code x-geo-location
  x-appengine-citylatlong if-none-match if-modified-since if-range referer origin host connection te`

test('headers = "all" keeps none of the deny-list', () => {
  const headers = Object.fromEntries(DENIED.split(/\s+/).map((name) => [name, 'secret']))
  assert.deepEqual(hitOf(all, aRequest('/c.css', { headers })).headers, {})
})

test('headers = "all" is bounded: 64 headers, four values of one, 512 bytes of a value', () => {
  const many = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`x-${at}`, 'a']))
  assert.equal(Object.keys(hitOf(all, aRequest('/c.css', { headers: many })).headers).length, 64)
  const repeated = { 'x-a': ['1', '2', '3', '4', '5'], 'x-b': 'é'.repeat(600) }
  const { headers } = hitOf(all, aRequest('/c.css', { headers: repeated }))
  assert.deepEqual(headers, { 'x-a': '1, 2, 3, 4', 'x-b': 'é'.repeat(256) })
})
