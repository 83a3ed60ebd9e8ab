import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forbiddenBy } from '../../../src/main/check/content-policy.ts'

const PAGE = 'https://blog.example.org/post/'
const TAG = 'https://count.example.org/blog.example.org/c.css'

/** Policies, and the directive that forbids the tag; null where none does. */
const POLICIES: readonly (readonly [policy: string, forbidden: string | null])[] = [
  ['', null],
  ["script-src 'self'", null],
  ["default-src 'self'", "default-src 'self'"],
  ["default-src 'none'; style-src https://count.example.org", null],
  ["default-src *; style-src 'self'", "style-src 'self'"],
  ['style-src *', null],
  ['STYLE-SRC HTTPS:', null],
  ['style-src http:', null],
  ['style-src data:', 'style-src data:'],
  ['style-src count.example.org', null],
  ['style-src http://count.example.org', null],
  ['style-src *.example.org', null],
  ['style-src *.count.example.org', 'style-src *.count.example.org'],
  ['style-src https://count.example.org:443', null],
  ['style-src https://count.example.org:*', null],
  ['style-src https://count.example.org:8443', 'style-src https://count.example.org:8443'],
  ['style-src https://count.example.org/blog.example.org/', null],
  ['style-src https://count.example.org/blog.example.org/c.css', null],
  ['style-src https://count.example.org/other/', 'style-src https://count.example.org/other/'],
  ["style-src 'unsafe-inline' 'self'", "style-src 'unsafe-inline' 'self'"],
  ["style-src 'nonce-abc'", null],
  ["style-src 'nonce-xyz'", "style-src 'nonce-xyz'"],
  ["style-src-elem 'none'; style-src *", "style-src-elem 'none'"],
  ["style-src *; style-src 'none'", null],
  ['style-src', 'style-src'],
  ["img-src 'none'", null],
]

for (const [policy, forbidden] of POLICIES) {
  test(`"${policy}" ${forbidden === null ? 'allows' : 'forbids'} the tag`, () => {
    assert.equal(forbiddenBy([policy], load(TAG)), forbidden)
  })
}

test('one policy of several is enough to forbid', () => {
  assert.equal(forbiddenBy(['style-src *', "style-src 'self'"], load(TAG)), "style-src 'self'")
})

test("'self' is the page's origin, and its secure twin", () => {
  assert.equal(forbiddenBy(["style-src 'self'"], load('https://blog.example.org/stats/c.css')), null)
  const secure = { ...load('https://blog.example.org/c.css'), page: new URL('http://blog.example.org/') }
  assert.equal(forbiddenBy(["style-src 'self'"], secure), null)
})

function load(url: string) {
  return { directive: 'style-src', url: new URL(url), page: new URL(PAGE), nonce: 'abc' } as const
}
