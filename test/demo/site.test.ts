import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoPage } from '../../src/main/demo/site.ts'

const BASE = 'http://127.0.0.1:8080/stats'

test('every page that the demo site links to is there and carries the tag', () => {
  const seen = new Set<string>()
  const queue = ['/demo/']
  for (const path of queue) {
    if (seen.has(path)) continue
    seen.add(path)
    const page = demoPage(path, BASE)
    assert.equal(page?.status, 200, path)
    assert.ok(
      page?.body.includes(`<link rel="stylesheet" media="none" href="${BASE}/demo.example/c.css" `),
      path,
    )
    queue.push(
      ...[...(page?.body ?? '').matchAll(/href="([^"]+)"/g)].flatMap(([, href = '']) => demoPath(href)),
    )
  }
  assert.equal(seen.size, 6)
})

test('the demo site has a stylesheet, a page for what it has not, and no page outside /demo/', () => {
  assert.match(demoPage('/demo/style.css', BASE)?.headers['content-type'] ?? '', /^text\/css/)
  assert.equal(demoPage('/demo/nothing', BASE)?.status, 404)
  assert.equal(demoPage('/demo', BASE)?.headers['location'], `${BASE}/demo/`)
  assert.equal(demoPage('/dashboard/', BASE), null)
})

test('the demo site needs no script and forbids it', () => {
  const page = demoPage('/demo/about', BASE)
  assert.doesNotMatch(page?.body ?? '', /<script| on[a-z]+=|<style/)
  assert.match(page?.headers['content-security-policy'] ?? '', /^default-src 'none'; style-src 'self' http:/)
})

test('what is asked for stays text', () => {
  const path = '/demo/"}</style><script>alert(1)</script>'
  assert.doesNotMatch(demoPage(path, BASE)?.body ?? '', /<script|"}/)
})

function demoPath(href: string): string[] {
  const path = href.startsWith(BASE) ? href.slice(BASE.length) : ''
  return path.startsWith('/demo/') && !path.endsWith('.css') ? [path] : []
}
