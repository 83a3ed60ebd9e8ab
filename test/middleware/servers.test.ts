import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import { serve as serveHono } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import type { Counter } from '../../src/middleware/counter.ts'
import { createCounter } from '../../src/middleware/counter.ts'
import { countFastify } from '../../src/middleware/fastify.ts'
import { countHono } from '../../src/middleware/hono.ts'
import { countNode } from '../../src/middleware/node.ts'
import { headcount, withFolder } from '../main/support/program.ts'

/** A server that counts its pages; `/` and `/posts/hello` are some, `/style.css` is none, nothing else is there. */
type Start = (counter: Counter, context: TestContext) => Promise<number>

const HTML = '<!DOCTYPE html><title>Page</title>'

const SERVERS: Readonly<Record<string, Start>> = {
  'node:http': async (counter, context) => {
    const count = countNode(counter)
    const server = createServer((request, response) => {
      count(request, response)
      const [path] = (request.url ?? '').split('?')
      if (path === '/style.css') response.writeHead(200, { 'Content-Type': 'text/css' }).end()
      else if (path === '/' || path === '/posts/hello')
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(HTML)
      else response.writeHead(404, { 'Content-Type': 'text/html' }).end(HTML)
    })
    context.after(() => server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return portOf(server.address())
  },
  Express: async (counter, context) => {
    const app = express()
    app.use(countNode(counter))
    app.get('/', (_, response) => void response.send(HTML))
    app.use(
      '/posts',
      express.Router().get('/hello', (_, response) => void response.send(HTML)),
    )
    app.get('/style.css', (_, response) => void response.type('css').send(''))
    const server = createServer((request, response) => app(request, response))
    context.after(() => server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return portOf(server.address())
  },
  Fastify: async (counter, context) => {
    const app = fastify()
    app.addHook('onResponse', countFastify(counter))
    for (const path of ['/', '/posts/hello']) app.get(path, (_, reply) => reply.type('text/html').send(HTML))
    app.get('/style.css', (_, reply) => reply.type('text/css').send(''))
    context.after(() => app.close())
    await app.listen({ host: '127.0.0.1', port: 0 })
    return portOf(app.server.address())
  },
  Hono: async (counter, context) => {
    const app = new Hono()
    app.use(countHono(counter))
    for (const path of ['/', '/posts/hello']) app.get(path, (page) => page.html(HTML))
    app.get('/style.css', (page) => page.body('', 200, { 'Content-Type': 'text/css' }))
    const { promise, resolve } = Promise.withResolvers<AddressInfo>()
    const server = serveHono({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, resolve)
    context.after(() => void server.close())
    return (await promise).port
  },
}

const READER = {
  accept: 'text/html',
  'accept-language': 'pl-PL,pl;q=0.8',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0',
}

describe('middleware', () => {
  test('pages are counted without a tag, whatever server sends them', async (context) => {
    await withFolder(async (dir, serve) => {
      const sites = Object.keys(SERVERS).map((name) => `${name.toLowerCase().replace(':', '-')}.example`)
      const made = await headcount(['token', 'make', 'pages', '--scope', 'count', '--data', dir])
      const headcountServer = await serve(['--data', dir])
      for (const [index, [name, start]] of Object.entries(SERVERS).entries()) {
        const options = { url: headcountServer.url, token: made.stdout.trim(), site: sites[index] ?? '' }
        const counter = createCounter(options)
        await visit(await start(counter, context))
        await counter.close()
        assert.equal(counter.lost, 0, name)
      }
      await headcountServer.stop()
      for (const site of sites) await checkReport(dir, site)
    })
  })
})

async function visit(port: number): Promise<void> {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { ...READER, ...headers } }).then((answer) =>
      answer.text(),
    )
  assert.equal(await get('/posts/hello?utm_source=letter', { referer: 'https://news.example/item' }), HTML)
  await get('/', { 'sec-fetch-dest': 'document' })
  await get('/', { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' })
  await get('/', { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' })
  await get('/', { 'sec-fetch-dest': 'iframe' })
  await get('/style.css')
  await get('/gone')
}

async function checkReport(dir: string, site: string): Promise<void> {
  const lists = ['path', 'referrer', 'source', 'browser', 'language'].flatMap((column) => ['--by', column])
  const { stdout, stderr } = await headcount(['report', site, '--json', '--data', dir, ...lists])
  assert.equal(stderr, '')
  const { top, ledger } = JSON.parse(stdout)
  const values = (column: string) => top[column].map(({ value }: { value: string | null }) => value).sort()
  assert.deepEqual(ledger, { received: 4, counted: 2, refused: { prefetch: 1, bot: 1 } }, site)
  assert.deepEqual(values('path'), ['/', '/posts/hello'], site)
  assert.deepEqual(values('referrer'), ['news.example', null], site)
  assert.deepEqual(values('source'), ['letter', null], site)
  assert.deepEqual(values('browser'), ['Firefox'], site)
  assert.deepEqual(values('language'), ['pl'], site)
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
