import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../src/limits.ts'
import { createSites, parseHost } from '../src/site.ts'

const HOSTS: [given: string, host: string | null][] = [
  ['blog.example.org', 'blog.example.org'],
  ['Blog.Example.ORG', 'blog.example.org'],
  ['blog.example.org:8443', 'blog.example.org'],
  ['blog.example.org.', 'blog.example.org'],
  ['blog.example.org.:80', 'blog.example.org'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['localhost:3000', 'localhost'],
  ['192.0.2.1:8080', '192.0.2.1'],
  ['[2001:DB8:0::1]:80', '[2001:db8::1]'],
  ['my_host.example', 'my_host.example'],
  ['', null],
  ['.', null],
  ['a..b', null],
  ['-a.example', null],
  ['a b', null],
  ['a/b', null],
  ['user@a.example', null],
  ['a.example:port', null],
  ['*.example', null],
  ['%00.example', null],
  [`${'a.'.repeat(127)}example`, null],
]

for (const [given, host] of HOSTS) {
  test(`parseHost("${given.slice(0, 30)}") is ${host}`, () => {
    assert.equal(parseHost(given), host)
  })
}

const blog = { name: 'blog.example.org', aliases: ['www.blog.example.org'], timezone: 'UTC' }
const shop = { name: 'shop.example.org', aliases: [], timezone: 'UTC' }

test('a site and its aliases are one', () => {
  const sites = createSites([blog, shop], false)
  assert.equal(sites.siteOf('blog.example.org'), 'blog.example.org')
  assert.equal(sites.siteOf('www.blog.example.org'), 'blog.example.org')
  assert.equal(sites.siteOf('elsewhere.example'), null)
})

test('a request that names no site is for the only one there is', () => {
  assert.equal(createSites([blog], true).only, 'blog.example.org')
  assert.equal(createSites([blog, shop], true).only, null)
  assert.equal(createSites('any', true).only, null)
})

test('without sites a trial counts every host, a server that others reach none', () => {
  assert.equal(createSites('unset', true).siteOf('a.example'), 'a.example')
  assert.equal(createSites('unset', false).siteOf('a.example'), null)
  assert.equal(createSites('any', false).siteOf('a.example'), 'a.example')
})

test('any site is at most so many sites', () => {
  const sites = createSites('any', false)
  for (let site = 0; site < LIMITS.sitesMax; site += 1) sites.siteOf(`${site}.example`)
  assert.equal(sites.siteOf('one-more.example'), null)
  assert.equal(sites.siteOf('0.example'), '0.example')
})
