import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutBytes, fromWire } from '../src/escapes.ts'
import { LIMITS } from '../src/limits.ts'
import { cleanPath, queryPairs } from '../src/page.ts'

const RULES = { indexFiles: ['index.html', 'index.htm'], queryKeys: ['id', 'page'] }

const PATHS: [name: string, given: string, clean: string][] = [
  ['a plain path', '/notes/2026/', '/notes/2026/'],
  ['none', '', '/'],
  ['no slash at its start', 'notes', '/notes'],
  ['capital letters stay', '/Notes', '/Notes'],
  ['query and fragment go', '/a?token=1#top', '/a'],
  ['a fragment with a query in it', '/a#b?id=1', '/a'],
  ['escaped letters', '/%61%2Db%7e', '/a-b~'],
  ['escapes in small letters', '/a%2fb%3f', '/a%2Fb%3F'],
  ['escapes that mean something stay', '/50%25%23%3F', '/50%25%23%3F'],
  ['signs that may stand stay', "/a;b=c,d(e)'f'!$&*+:@", "/a;b=c,d(e)'f'!$&*+:@"],
  ['the same, escaped', '/a%3Bb%3Dc%2Cd%28e%29%27f%27%21%24%26%2A%2B%3A%40', "/a;b=c,d(e)'f'!$&*+:@"],
  ['brackets, which browsers leave', '/%5Bid%5D/[id]', '/[id]/[id]'],
  ['signs that may not', '/a b"<c>\\d^`{|}', '/a%20b%22%3Cc%3E%5Cd%5E%60%7B%7C%7D'],
  ['a per cent sign alone', '/100%/%zz/%4', '/100%25/%25zz/%254'],
  ['a per cent sign before an escape', '/%%34%31', '/%2541'],
  ['other scripts', '/caf%C3%A9/%E6%97%A5%E6%9C%AC', '/café/日本'],
  ['the same, not escaped', '/café/日本', '/café/日本'],
  ['an accent that stands apart', '/cafe%CC%81', '/café'],
  ['emoji', '/%F0%9F%8E%89', '/🎉'],
  ['bytes that are no UTF-8', '/caf%e9/%C3', '/caf%E9/%C3'],
  ['half a character', '/\ud83c', '/�'],
  ['a surrogate in UTF-8', '/%ED%A0%80', '/%ED%A0%80'],
  ['what cannot be seen', '/a%C2%A0%E2%80%AEb%00%0A', '/a%C2%A0%E2%80%AEb%00%0A'],
  ['the same, not escaped', '/a\u00a0\u202eb\0\n', '/a%C2%A0%E2%80%AEb%00%0A'],
  ['doubled slashes', '//a///b//', '/a/b/'],
  ['dot segments', '/a/./b/../c', '/a/c'],
  ['dot segments at the end', '/a/b/..', '/a/'],
  ['too many of them', '/../../a', '/a'],
  ['escaped dot segments', '/a/%2e%2E/b', '/b'],
  ['names with dots', '/.well-known/...', '/.well-known/...'],
  ['an index file', '/a/index.html', '/a/'],
  ['an index file at the root', '/index.htm', '/'],
  ['an index file in other letters', '/Index.html', '/Index.html'],
  ['a folder of that name', '/index.html/', '/index.html/'],
  ['only query keys that stay, by name', '/a?page=2&x=1&id=7', '/a?id=7&page=2'],
  ['the same key twice keeps its order', '/a?id=2&id=1', '/a?id=2&id=1'],
  ['a query key without value', '/a?id', '/a?id'],
  ['a query value is cleaned like a path', '/a?id=b+c%26%c3%a9', '/a?id=b%20c%26é'],
  ['signs of a query value', '/a?id=%2Fb%3Dc%2B%27', "/a?id=/b%3Dc%2B'"],
  ['a query behind an index file', '/a/index.html?id=1', '/a/?id=1'],
]

for (const [name, given, clean] of PATHS) {
  test(`cleanPath(): ${name}`, () => {
    assert.equal(cleanPath(given, RULES), clean)
    assert.equal(cleanPath(clean, RULES), clean)
  })
}

const LONG: [name: string, given: string, ending: RegExp][] = [
  ['a letter', `/${'a'.repeat(600)}`, /a$/],
  ['an escape', `/${'%2F'.repeat(300)}`, /%2F$/],
  ['an escape of another place', `/a${'%2F'.repeat(300)}`, /%2F$/],
  ['a character', `/${'é'.repeat(300)}`, /é$/],
  ['a character of four bytes', `/ab${'🎉'.repeat(200)}`, /🎉$/],
]

for (const [name, given, ending] of LONG) {
  test(`a long path ends behind ${name}`, () => {
    const clean = cleanPath(given, RULES)
    const bytes = Buffer.byteLength(clean)
    assert.ok(bytes <= LIMITS.pathBytesMax && bytes > LIMITS.pathBytesMax - 4, `${bytes} bytes`)
    assert.match(clean, ending)
  })
}

test('what is cut from a long path leaves no index file and no dots behind', () => {
  const filler = `/${'a'.repeat(LIMITS.pathBytesMax - 12)}`
  assert.equal(cleanPath(`${filler}/index.html.txt`, RULES), `${filler}/`)
})

test('a query that does not fit is left out pair by pair', () => {
  const path = `/${'a'.repeat(LIMITS.pathBytesMax - 8)}`
  assert.equal(cleanPath(`${path}?page=123&id=7`, RULES), `${path}?id=7`)
})

test('a query has at most 64 pairs', () => {
  assert.equal(queryPairs('a&'.repeat(100)).length, 64)
})

const WIRE: [name: string, wire: string, text: string][] = [
  ['ASCII', '/a?b', '/a?b'],
  ['UTF-8, a character for each byte', '/cafÃ©', '/café'],
  ['bytes that are no UTF-8', '/caf\xe9!', '/caf%E9!'],
  ['text that is put together already', '/日本', '/日本'],
]

for (const [name, wire, text] of WIRE) {
  test(`fromWire(): ${name}`, () => {
    assert.equal(fromWire(wire), text)
  })
}

test('cutBytes() leaves a text that fits as it is', () => {
  assert.equal(cutBytes('é'.repeat(64), 128), 'é'.repeat(64))
  assert.equal(cutBytes('é'.repeat(65), 128), 'é'.repeat(64))
})
