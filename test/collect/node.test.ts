import assert from 'node:assert/strict'
import type { IncomingHttpHeaders, RequestOptions, ServerOptions } from 'node:http'
import { Agent, createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { NodeCollectorDeps } from '../../src/collect/node.ts'
import { nodeCollector } from '../../src/collect/node.ts'
import { createTallies } from '../../src/collect/tally.ts'
import type { RawHit } from '../../src/hit.ts'
import { LIMITS } from '../../src/limits.ts'
import { memoryLog } from '../../src/log/memory-log.ts'
import { FIREFOX, ONE_SITE, rulesOf, TIME_MS } from './ask.ts'

const referer = 'https://blog.example.org/post'

test('a hit is answered when it is in the log', async () => {
  await using server = await serve()
  const { status, headers, body } = await server.send('/c.css')
  assert.equal(status, 200)
  assert.equal(body, '')
  assert.equal(headers['cache-control'], 'no-cache, no-store, must-revalidate')
  assert.deepEqual(
    (await server.logged()).map(({ path }) => path),
    ['/post'],
  )
})

test('every answer has an ETag of its own', async () => {
  await using server = await serve()
  const answers = await Promise.all(Array.from({ length: 50 }, () => server.send('/c.css')))
  assert.equal(new Set(answers.map(({ headers }) => headers.etag)).size, 50)
})

test('what is not the collector’s is left to others', async () => {
  await using server = await serve()
  assert.equal((await server.send('/dashboard/')).status, 404)
})

test('HEAD and other methods are answered and not counted', async () => {
  await using server = await serve()
  const head = await server.send('/c.png', { method: 'HEAD' })
  assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '68', ''])
  const post = await server.send('/c.css', { method: 'POST' })
  assert.deepEqual([post.status, post.headers.allow, post.headers.connection], [405, 'GET, HEAD', 'close'])
  assert.deepEqual([await server.logged(), server.tallies.drain(TIME_MS)], [[], []])
})

test('refused hits are answered 200 at once and tallied', async () => {
  await using server = await serve({ append: () => new Promise(() => {}) })
  assert.equal((await server.send('/elsewhere.example/c.css')).status, 200)
  assert.deepEqual(
    server.tallies.drain(TIME_MS).map(({ verdict, count }) => [verdict, count]),
    [['unknown-site', 1]],
  )
})

const FAILURES: [name: string, deps: Partial<NodeCollectorDeps>][] = [
  ['the log rejects it', { append: () => Promise.reject(new Error('disk')) }],
  ['the disk is low', { diskIsLow: () => true }],
]

for (const [name, deps] of FAILURES) {
  test(`503 with the same empty answer: ${name}`, async () => {
    await using server = await serve(deps)
    const { status, headers, body } = await server.send('/c.css')
    assert.deepEqual([status, body], [503, ''])
    assert.equal(headers['content-type'], 'text/css')
    assert.equal(headers['cache-control'], 'no-cache, no-store, must-revalidate')
    assert.match(headers.etag ?? '', /^"[\da-f]{16,}"$/)
    assert.deepEqual(await server.logged(), [])
  })
}

test('hits that the log never answers are answered 503 within a second, all of them', async () => {
  await using server = await serve({ append: () => new Promise(() => {}) })
  const startMs = performance.now()
  const answers = await Promise.all(Array.from({ length: 20 }, () => server.send('/c.css')))
  const tookMs = performance.now() - startMs
  assert.ok(answers.every(({ status }) => status === 503))
  assert.ok(tookMs > LIMITS.durableWithinMs / 2 && tookMs < LIMITS.durableWithinMs + 100, `${tookMs} ms`)
})

test('a hit that becomes durable too late is answered once', async () => {
  const late = LIMITS.durableWithinMs + 50
  await using server = await serve({ append: () => new Promise((resolve) => setTimeout(resolve, late)) })
  assert.equal((await server.send('/c.css')).status, 503)
  await new Promise((resolve) => setTimeout(resolve, 150))
  assert.equal((await server.send('/c.png', { method: 'HEAD' })).status, 200)
})

test('a client that has gone is counted, and the next one is answered', async () => {
  const durable = Promise.withResolvers<void>()
  const log = memoryLog()
  await using server = await serve({ append: (hit) => durable.promise.then(() => log.append(hit)) }, log)
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`GET /c.css HTTP/1.1\r\nHost: a\r\nReferer: ${referer}\r\n\r\n`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  durable.resolve()
  assert.equal((await server.send('/c.css')).status, 200)
  assert.equal((await server.logged()).length, 2)
})

const BUGS: [name: string, deps: Partial<NodeCollectorDeps>][] = [
  ['in the collector', { random: () => fail() }],
  ['in the log', { append: () => fail() }],
]

for (const [name, deps] of BUGS) {
  test(`a bug ${name} is answered 500 with nothing in it, and told`, async () => {
    const told: unknown[] = []
    await using server = await serve({ ...deps, report: (error) => told.push(error) })
    const { status, body } = await server.send('/c.css')
    assert.deepEqual([status, body, told.length], [500, '', 1])
  })
}

test('the address comes from a proxy only where that is trusted', async () => {
  const forwarded = { referer, 'x-forwarded-for': '192.0.2.7' }
  await using trusting = await serve({ trustProxy: ['127.0.0.0/8'] })
  await trusting.send('/c.css', { headers: forwarded })
  assert.deepEqual(
    (await trusting.logged()).map(({ country }) => country),
    ['PL'],
  )
  await using wary = await serve()
  await wary.send('/c.css', { headers: forwarded })
  assert.deepEqual(
    (await wary.logged()).map(({ country }) => country),
    [null],
  )
})

test('raw UTF-8, broken escapes and long values are answered', async () => {
  await using server = await serve()
  const requests = [
    ['/c.css', '/caf\xc3\xa9'],
    ['/c.css?p=/%E0%A4%A', '/'],
    [`/c.css?p=/${'a'.repeat(8_000)}`, '/'],
    ['/c.css?%&=&&p&r', `/${'b'.repeat(4_000)}?utm_source=%`],
  ]
  for (const [target, path] of requests) {
    const head = `GET ${target} HTTP/1.1\r\nHost: a\r\nReferer: https://blog.example.org${path}\r\n\r\n`
    assert.match(await sendRaw(server.port, head), /^HTTP\/1\.1 200 /)
  }
  const paths = (await server.logged()).map(({ path }) => path?.slice(0, 5))
  assert.deepEqual(paths, ['/café', '/%E0%', '/aaaa', '/bbbb'])
})

const REPORT = JSON.stringify({
  'csp-report': { 'document-uri': referer, referrer: 'https://search.example/', 'blocked-uri': 'data' },
})
const POST = { method: 'POST', headers: { 'content-type': 'application/csp-report' } }

test('a report that comes in pieces is kept before it is answered', async () => {
  await using server = await serve()
  const { status, body } = await server.send('/csp', POST, [REPORT.slice(0, 20), REPORT.slice(20)])
  assert.deepEqual([status, body], [204, ''])
  const [hit] = await server.logged()
  assert.deepEqual([hit?.kind, hit?.path, hit?.referrer], ['referral', '/post', 'https://search.example/'])
})

test('a body above the limit is read no further: 413, the connection ends, and it is tallied', async () => {
  await using server = await serve()
  const head = 'POST /csp HTTP/1.1\r\nHost: a\r\n'
  const tooMuch = ' '.repeat(LIMITS.bodyBytesMax + 1)
  const declared = `${head}Content-Length: 9999999\r\n\r\n${tooMuch}`
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n20000\r\n${tooMuch}`
  for (const bytes of [declared, chunked]) {
    const answer = await sendRaw(server.port, bytes)
    assert.match(answer, /^HTTP\/1\.1 413 [^]*\r\nConnection: close\r\n/)
  }
  assert.deepEqual(
    server.tallies.drain(TIME_MS).map(({ verdict, count }) => [verdict, count]),
    [['malformed', 2]],
  )
})

test('a report whose sender goes in the middle of it is none, and the next one is kept', async () => {
  await using server = await serve()
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`POST /csp HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n${REPORT.slice(0, 50)}`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  assert.equal((await server.send('/csp', POST, [REPORT])).status, 204)
  assert.equal((await server.logged()).length, 1)
  assert.deepEqual(server.tallies.drain(TIME_MS), [])
})

test('a report that does not arrive in time is none', async () => {
  await using server = await serve({}, memoryLog(), { requestTimeout: 100, connectionsCheckingInterval: 50 })
  const head = 'POST /csp HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n{'
  assert.match(await sendRaw(server.port, head), /^HTTP\/1\.1 408 /)
  assert.deepEqual([await server.logged(), server.tallies.drain(TIME_MS)], [[], []])
})

test('503 gives the validator back as it came, and 204 turns into 503 as well', async () => {
  await using server = await serve({ append: () => Promise.reject(new Error('disk')) })
  const day = new Date(TIME_MS).toISOString().slice(0, 10)
  const held = { ...FIREFOX, referer, 'if-none-match': `"${day}.1"` }
  const { status, headers } = await server.send('/v.css', { headers: held })
  assert.deepEqual([status, headers.etag], [503, `"${day}.1"`])
  const first = await server.send('/v.css')
  assert.deepEqual(
    [first.status, first.headers['cache-control']],
    [503, 'no-cache, no-store, must-revalidate'],
  )
  assert.equal((await server.send('/csp', POST, [REPORT])).status, 503)
})

function fail(): never {
  throw new Error('a bug')
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server with nothing but the collector, over a log in memory. */
async function serve(over: Partial<NodeCollectorDeps> = {}, log = memoryLog(), options: ServerOptions = {}) {
  const tallies = createTallies()
  let drawn = 0
  const handle = nodeCollector({
    rules: rulesOf(ONE_SITE),
    append: (hit) => log.append(hit),
    tallies,
    now: () => TIME_MS,
    random: () => (drawn += 1).toString(16).padStart(16, '0'),
    diskIsLow: () => false,
    trustProxy: [],
    ...over,
  })
  const server = createServer(options, (request, response) => {
    if (!handle(request, response, request.url ?? '')) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const agent = new Agent({ keepAlive: true })
  return {
    port,
    tallies,
    logged: async () => {
      const hits: RawHit[] = []
      for (const { name } of await log.chunks())
        for await (const batch of log.read(name)) hits.push(...batch.hits)
      return hits
    },
    send: (path: string, options: RequestOptions = {}, body: readonly string[] = []) =>
      send({ port, path, agent, headers: { ...FIREFOX, referer }, ...options }, body),
    [Symbol.asyncDispose]: async () => {
      agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(options: RequestOptions, body: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', ...options }, (response) => {
      let body = ''
      response.setEncoding('latin1')
      response.on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    outgoing.on('error', reject)
    for (const part of body) outgoing.write(part)
    outgoing.end()
  })
}

/** Sends bytes as they are and gives the answer as it came. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('data', (text) => {
      socket.destroy()
      resolve(String(text))
    })
  })
}
