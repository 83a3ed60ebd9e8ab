import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CollectRequest } from '../../src/collect/request.ts'
import { LIMITS } from '../../src/limits.ts'
import { aRequest, ask, FIREFOX, ONE_SITE, rulesOf } from './ask.ts'

const rules = rulesOf(ONE_SITE)
const IN_HEAD = LIMITS.requestHeadBytesMax - 2_000
const IN_BODY = LIMITS.bodyBytesMax - 2_000
/** Of processor time. All of these take some milliseconds; where effort grows with the square of length, seconds. */
const EFFORT_MS = 300

const LONG: [name: string, request: CollectRequest][] = [
  ['a referrer that is no address', aRequest(`/c.css?p=/&r=${'a'.repeat(IN_HEAD)}`)],
  ['many referrers', aRequest(`/c.css?p=/&${'r=a'.repeat(IN_HEAD / 3)}`)],
  ['a path of marks', aRequest(`/c.css?p=/${'%CC%81%CC%96'.repeat(IN_HEAD / 12)}`)],
  ['a path of folders', aRequest(`/c.css?p=/${'a/../'.repeat(IN_HEAD / 5)}`)],
  ['a path of numbers', aRequest(`/c.css?p=/${'1.'.repeat(IN_HEAD / 2)}`)],
  ['a path of colons', aRequest(`/c.css?p=/${'a:'.repeat(IN_HEAD / 2)}`)],
  ['a name of an event', aRequest(`/e/${'a.'.repeat(IN_HEAD / 2)}svg`)],
  ['brands', withHeader('sec-ch-ua', '"a" '.repeat(IN_HEAD / 4))],
  ['a User-Agent', withHeader('user-agent', 'http://'.repeat(IN_HEAD / 7))],
  ['a validator', aRequest('/v.css', { headers: { ...FIREFOX, 'if-none-match': '"2'.repeat(IN_HEAD / 2) } })],
  ['a report’s referrer that is no address', report({ referrer: 'a'.repeat(IN_BODY) })],
  ['a report’s page of marks', report({ page: `/${'\u0301\u0316'.repeat(IN_BODY / 4)}` })],
  ['a report’s page of colons', report({ page: `/${':'.repeat(IN_BODY)}` })],
]

for (const [name, request] of LONG) {
  test(`reading takes no longer than it is long: ${name}`, () => {
    const before = process.cpuUsage()
    ask(rules, request)
    const { user, system } = process.cpuUsage(before)
    const effortMs = (user + system) / 1_000
    assert.ok(effortMs < EFFORT_MS, `${effortMs} ms`)
  })
}

function withHeader(name: string, value: string): CollectRequest {
  return aRequest('/c.css', { headers: { ...FIREFOX, referer: 'https://blog.example.org/', [name]: value } })
}

function report({ page = '/', referrer = '' }: { page?: string; referrer?: string }): CollectRequest {
  const fields = { 'document-uri': `https://blog.example.org${page}`, referrer, 'blocked-uri': 'data' }
  const headers = { ...FIREFOX, 'content-type': 'application/csp-report' }
  return aRequest('/csp', { method: 'POST', headers, body: JSON.stringify({ 'csp-report': fields }) })
}
