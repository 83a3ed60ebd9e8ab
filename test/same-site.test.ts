import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relationOf, relationTo } from '../src/same-site.ts'

const RELATIONS: readonly (readonly [page: string, resource: string, relation: string])[] = [
  ['https://blog.example.org/a', 'https://blog.example.org/stats/c.css', 'same-origin'],
  ['https://blog.example.org/', 'https://blog.example.org:8443/c.css', 'same-site'],
  ['https://blog.example.org/', 'https://count.example.org/c.css', 'same-site'],
  ['https://example.co.uk/', 'https://count.example.co.uk/c.css', 'same-site'],
  ['https://one.co.uk/', 'https://two.co.uk/c.css', 'cross-site'],
  ['https://me.github.io/', 'https://you.github.io/c.css', 'cross-site'],
  ['https://blog.example.org/', 'https://x.lambda-url.eu-central-1.on.aws/c.css', 'cross-site'],
  ['http://blog.example.org/', 'https://count.example.org/c.css', 'cross-site'],
  ['http://127.0.0.1:1/', 'http://127.0.0.1:2/c.css', 'same-site'],
  ['http://localhost:1/', 'http://127.0.0.1:2/c.css', 'cross-site'],
]

for (const [page, resource, relation] of RELATIONS) {
  test(`${resource} is ${relation} to ${page}`, () => {
    assert.equal(relationOf(new URL(page), new URL(resource)), relation)
  })
}

test('of a site that nobody named, and of an address without a domain, nothing can be told', () => {
  assert.equal(relationTo(null, 'https://count.example.org'), null)
  assert.equal(relationTo('blog.example.org', 'http://127.0.0.1:8080'), null)
  assert.equal(relationTo('blog.example.org', 'http://count.example.org'), 'same-site')
})
