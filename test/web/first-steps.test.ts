import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DefaultTreeAdapterMap } from 'parse5'
import { parse } from 'parse5'
import { GENERATORS } from '../../src/generators.ts'
import { elementsOf } from '../../src/main/check/elements.ts'
import { STEMS } from '../../src/stems.ts'
import { adviseTag } from '../../src/tag.ts'
import { EXTRAS } from '../../src/tag-parts.ts'
import { createApp } from '../../src/web/app.ts'
import { sampleDeps } from './sample.ts'

const NEW = '/dashboard/new.example.org'

for (const [name, generator] of GENERATORS) {
  test(`?for=${name} shows what "tag" prints`, async () => {
    const place = { publicUrl: 'https://count.example.org', site: 'new.example.org', stems: STEMS }
    const wish = { place, relation: 'same-site', generator } as const
    const plain = adviseTag({ ...wish, visitors: false, extras: [] })
    const all = adviseTag({ ...wish, visitors: true, extras: EXTRAS })
    const page = await shown(`${NEW}?for=${name}`)
    for (const { code } of [...plain.pieces, ...all.pieces]) assert(page.includes(code), code)
    assert(page.includes(all.contentPolicy.join('; ')))
  })
}

test('each tool is a link, and the chosen one says so', async () => {
  const page = await (await createApp(sampleDeps()).request(`${NEW}?for=zola`)).text()
  const links = elementsOf(page).filter(({ attributes }) => attributes.get('href')?.startsWith('?for='))
  assert.deepEqual(
    links.map(({ attributes }) => attributes.get('href')),
    [...GENERATORS.keys()].map((name) => `?for=${name}`),
  )
  const chosen = links.filter(({ attributes }) => attributes.has('aria-current'))
  assert.deepEqual(
    chosen.map(({ attributes }) => attributes.get('href')),
    ['?for=zola'],
  )
})

test('a tool that is none is refused, and the address goes on working when the first view has come', async () => {
  assert.equal((await createApp(sampleDeps()).request(`${NEW}?for=word`)).status, 400)
  const response = await createApp(sampleDeps()).request('/dashboard/blog.example.org?for=hugo')
  assert.equal(response.status, 200)
})

test('where the collector’s address cannot be the readers’, it says so', async () => {
  const app = createApp(sampleDeps({ publicUrl: () => 'http://127.0.0.1:8080' }))
  assert.match(await (await app.request(NEW)).text(), /the browsers of your readers have to reach it/)
  assert.doesNotMatch(await shown(NEW), /the browsers of your readers have to reach it/)
})

/** The text of a page, as a reader sees it. */
async function shown(path: string): Promise<string> {
  const page = await (await createApp(sampleDeps()).request(path)).text()
  return textOf(parse(page))
}

function textOf(node: DefaultTreeAdapterMap['node']): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}
