import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseXml } from '@rgrove/parse-xml'
import { transform } from 'esbuild'
import { parseFragment } from 'parse5'
import { botName } from '../src/bot.ts'
import type { Generator } from '../src/generators.ts'
import { GENERATORS } from '../src/generators.ts'
import type { Relation } from '../src/same-site.ts'
import { STEMS } from '../src/stems.ts'
import type { TagAdvice, TagWish } from '../src/tag.ts'
import { adviseTag, plainTag } from '../src/tag.ts'
import { html } from '../src/tag-markup.ts'
import { EXTRAS } from '../src/tag-parts.ts'

const RELATIONS: readonly Relation[] = ['same-origin', 'same-site', 'cross-site']
const PUBLIC_URLS: Readonly<Record<Relation, string>> = {
  'same-origin': 'https://blog.example.org/stats',
  'same-site': 'https://count.example.org',
  'cross-site': 'https://counter.example.net',
}

describe('the tag', () => {
  test('on the same origin is a path, and leaves the Referer to the browser', () => {
    const { pieces, contentPolicy } = advise('html', 'same-origin')
    assert.deepEqual(addressesIn(pieces), ['/stats/blog.example.org/c.css'])
    assert.doesNotMatch(pieces[0]?.code ?? '', /referrerpolicy/)
    assert.deepEqual(contentPolicy, ["style-src 'self'"])
  })

  test('on another host of the site asks for the Referer', () => {
    const { pieces, contentPolicy } = advise('html', 'same-site')
    assert.deepEqual(addressesIn(pieces), ['https://count.example.org/blog.example.org/c.css'])
    assert.match(pieces[0]?.code ?? '', /referrerpolicy="no-referrer-when-downgrade"/)
    assert.deepEqual(contentPolicy, ['style-src https://count.example.org'])
  })

  test('on another site names the page', () => {
    const { pieces } = advise('html', 'cross-site')
    assert.deepEqual(addressesIn(pieces), ['https://counter.example.net/blog.example.org/c.css?p={path}'])
    assert.match(pieces[0]?.notes.join(' ') ?? '', /Write the path of each page/)
  })

  test('for visitors is one address for the whole site, beside the page’s where that has to be named', () => {
    assert.deepEqual(addressesIn(advise('html', 'same-site', { visitors: true }).pieces), [
      'https://count.example.org/blog.example.org/v.css',
    ])
    assert.deepEqual(addressesIn(advise('html', 'cross-site', { visitors: true }).pieces), [
      'https://counter.example.net/blog.example.org/c.css?p={path}',
      'https://counter.example.net/blog.example.org/n.css',
    ])
  })

  test('for foreign pages is a picture with the page’s name, and needs no policy', () => {
    for (const name of ['feed', 'email', 'readme']) {
      const { pieces, contentPolicy } = advise(name, 'same-origin', { visitors: true, extras: EXTRAS })
      assert.equal(pieces.length, 1)
      assert.match(
        pieces[0]?.code ?? '',
        /https:\/\/blog\.example\.org\/stats\/blog\.example\.org\/c\.(png|svg)\?p={path}/,
      )
      assert.deepEqual(contentPolicy, [])
    }
  })

  test('allows in the policy what it was asked to count, and no more', () => {
    assert.deepEqual(advise('picture', 'same-site').contentPolicy, ['img-src https://count.example.org'])
    assert.deepEqual(advise('html', 'same-site', { extras: EXTRAS }).contentPolicy, [
      'style-src https://count.example.org',
      'img-src https://count.example.org',
      'connect-src https://count.example.org',
    ])
  })

  test('in one line says the same', () => {
    const line = plainTag({ publicUrl: 'http://127.0.0.1:8080', site: null, stems: STEMS })
    assert.equal(
      line,
      '<link rel="stylesheet" media="none" href="http://127.0.0.1:8080/c.css" referrerpolicy="no-referrer-when-downgrade">',
    )
  })

  test('escapes what HTML would read otherwise', () => {
    const element = { name: 'img', attributes: { src: '/e/x.svg?p={path}&t="<a>"' } }
    const written = html(element, '/a')
    const [node] = parseFragment(written).childNodes
    assert(node !== undefined && 'attrs' in node)
    assert.deepEqual(node.attrs, [{ name: 'src', value: '/e/x.svg?p=/a&t="<a>"' }])
  })
})

describe('the tag of each generator', () => {
  for (const [name, generator] of GENERATORS) {
    for (const relation of RELATIONS) {
      test(`${name}, ${relation}: is well-formed, and holds the address once`, async () => {
        const { pieces } = advise(name, relation)
        const code = pieces[0]?.code ?? ''
        await wellFormed(name, code)
        const named = relation === 'cross-site' || generator.foreign === true
        assert.equal(code.split('/blog.example.org/c.').length, 2)
        assert.equal(code.includes('?p='), named)
        assert.equal(code.includes(generator.path), named)
      })
    }
  }

  test('VitePress writes each page’s path, escaped', async () => {
    const { pieces } = advise('vitepress', 'cross-site')
    const config = await import(`data:text/javascript,${encodeURIComponent(pieces[0]?.code ?? '')}`)
    const pathOf = (relativePath: string, siteData: object) => {
      const [[, { href }]] = config.default.transformHead({ pageData: { relativePath }, siteData })
      return href.split('?p=')[1]
    }
    assert.equal(pathOf('index.md', { base: '/', cleanUrls: false }), '/')
    assert.equal(pathOf('guide/index.md', { base: '/docs/', cleanUrls: true }), '/docs/guide/')
    assert.equal(pathOf('a & b/what?.md', { base: '/', cleanUrls: false }), '/a%20%26%20b/what%3F.html')
    assert.equal(pathOf('café.md', { base: '/', cleanUrls: true }), '/caf%C3%A9')
  })
})

test('machines that fetch a picture when a reader looks are no bots, as the notes say', () => {
  for (const agent of [
    'github-camo (876de43e)',
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
    'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0',
  ])
    assert.equal(botName(agent), null, agent)
  for (const agent of ['Feedly/1.0 (+http://www.feedly.com/fetcher.html)', 'curl/8.5.0 github-camo'])
    assert.notEqual(botName(agent), null, agent)
})

function advise(name: string, relation: Relation, over: Partial<TagWish> = {}): TagAdvice {
  const place = { publicUrl: PUBLIC_URLS[relation], site: 'blog.example.org', stems: STEMS }
  return adviseTag({ place, relation, generator: named(name), visitors: false, extras: [], ...over })
}

function named(name: string): Generator {
  const generator = GENERATORS.get(name)
  assert(generator !== undefined)
  return generator
}

function addressesIn(pieces: TagAdvice['pieces']): readonly string[] {
  return pieces.flatMap(({ code }) =>
    Array.from(code.matchAll(/ (?:href|src)="([^"]*)"/g), ([, url]) => url ?? ''),
  )
}

/** Reads the code as the tool that it is for would. */
async function wellFormed(name: string, code: string): Promise<void> {
  if (name === 'blogger') parseXml(`<head xmlns:expr="urn:expr">${code}</head>`)
  if (name === 'next' && !code.startsWith('<')) await transform(code, { loader: 'tsx' })
  if (name === 'next' && code.startsWith('<')) await transform(`const tag = ${code}`, { loader: 'tsx' })
  if (name === 'docusaurus' || name === 'vitepress') await transform(code, { loader: 'jsx' })
  if (/^<(link|img)/.test(code))
    assert.equal(parseFragment(code.replaceAll(/{.*?}/g, '')).childNodes.length, 1)
}
