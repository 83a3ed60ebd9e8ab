import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { createCounter } from '../../src/middleware/counter.ts'
import type { Answered } from '../../src/middleware/page-hit.ts'

const PAGE: Answered = {
  method: 'GET',
  url: '/',
  headers: { 'sec-fetch-dest': 'document' },
  address: null,
  status: 200,
  type: 'text/html',
}

interface Batch {
  readonly key: string
  readonly paths: readonly string[]
  readonly bytes: number
}

/** A stand-in for Headcount that answers each batch with the next status, then 200; it notes what came. */
async function receiver(
  context: TestContext,
  statuses: readonly number[] = [],
  verdict: string | null = null,
) {
  const batches: Batch[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      const { hits }: { hits: readonly { path: string }[] } = JSON.parse(body.toString())
      batches.push({
        key: String(request.headers['idempotency-key']),
        paths: hits.map(({ path }) => path),
        bytes: body.length,
      })
      const refused = verdict === null ? [] : [{ index: 0, verdict }]
      response.writeHead(statuses[batches.length - 1] ?? 200)
      response.end(JSON.stringify({ received: hits.length, kept: hits.length - refused.length, refused }))
    })
  })
  context.after(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const losses: string[] = []
  const counter = createCounter({
    url: `http://127.0.0.1:${port}`,
    token: 'hc_x',
    site: 'blog.example',
    onLost: (hits, why) => losses.push(`${hits} ${why}`),
  })
  return { batches, counter, losses }
}

test('pages of one second go in one batch', async (context) => {
  const { batches, counter } = await receiver(context)
  for (const path of ['/a', '/b']) counter.count(() => ({ ...PAGE, url: path }))
  counter.count(() => ({ ...PAGE, status: 404 }))
  await until(() => batches.length === 1)
  counter.count(() => ({ ...PAGE, url: '/c' }))
  await counter.close()
  assert.deepEqual(
    batches.map(({ paths }) => paths),
    [['/a', '/b'], ['/c']],
  )
})

test('a batch that failed goes again under its key', async (context) => {
  const { batches, counter, losses } = await receiver(context, [503])
  counter.count(() => PAGE)
  await until(() => batches.length === 2)
  await counter.close()
  assert.equal(batches[0]?.key, batches[1]?.key)
  assert.deepEqual([counter.lost, losses], [0, []])
})

test('what Headcount refuses is told and not sent again', async (context) => {
  const { batches, counter, losses } = await receiver(context, [401])
  counter.count(() => PAGE)
  await counter.close()
  assert.equal(batches.length, 1)
  assert.equal(counter.lost, 1)
  assert.match(losses[0] ?? '', /^1 Headcount answered 401/)
  const unknown = await receiver(context, [], 'unknown-site')
  unknown.counter.count(() => PAGE)
  await unknown.counter.close()
  assert.deepEqual(unknown.losses, ['1 Headcount refused them: unknown-site'])
})

test('when Headcount is away, hits wait in bounded memory and further ones are lost', async () => {
  const counter = createCounter({ url: 'http://127.0.0.1:9', token: 'hc_x', site: 'blog.example' })
  const url = `/${'x'.repeat(8_000)}`
  for (let page = 0; page < 1_000; page++) counter.count(() => ({ ...PAGE, url }))
  assert(counter.lost > 400 && counter.lost < 600, String(counter.lost))
  await counter.close()
  assert.equal(counter.lost, 1_000)
})

test('long addresses make more batches, not longer ones', async (context) => {
  const { batches, counter } = await receiver(context)
  const url = `/${'x'.repeat(8_000)}`
  for (let page = 0; page < 300; page++) counter.count(() => ({ ...PAGE, url }))
  await counter.close()
  assert.equal(batches.flatMap(({ paths }) => paths).length, 300)
  assert(batches.every(({ bytes }) => bytes < 1_048_576))
})

test('neither a broken request nor a broken listener reaches the page', async () => {
  const counter = createCounter({
    url: 'http://127.0.0.1:9',
    token: 'hc_x',
    site: 'blog.example',
    onLost: () => {
      throw new Error('broken')
    },
  })
  counter.count(() => {
    throw new Error('broken')
  })
  assert.equal(counter.lost, 1)
  await counter.close()
})

async function until(holds: () => boolean): Promise<void> {
  const giveUpMs = performance.now() + 8_000
  while (!holds()) {
    assert(performance.now() < giveUpMs, 'it did not happen within 8 seconds')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
