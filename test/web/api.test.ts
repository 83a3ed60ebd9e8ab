import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { AppError } from '../../src/errors.ts'
import { createApp } from '../../src/web/app.ts'
import { SITES, sampleDays, sampleDeps, sampleReport } from './sample.ts'

const REPORT = '/api/v1/sites/blog.example.org/report'

test('sites are those of the settings and those that hits named', async () => {
  const response = await createApp(sampleDeps()).request('/api/v1/sites')
  const unseen = { site: 'new.example.org', pageViews: 0, days: [], firstDay: null, hits: 0 }
  assert.deepEqual(await response.json(), { sites: [...SITES, unseen] })
})

test('a report is the report’s value, with what it was compared to only when it was', async () => {
  const whole = sampleReport(sampleDays('28d'))
  const { previous: _, previousSeries: __, ...alone } = whole
  const compared = await createApp(sampleDeps()).request(`${REPORT}?compare=previous`)
  assert.deepEqual(await compared.json(), structuredClone(whole))
  const app = createApp(sampleDeps({ ask: async () => ({ ...whole, previous: null, previousSeries: [] }) }))
  assert.deepEqual(await (await app.request(REPORT)).json(), alone)
})

test('the question of the API is what its address says', async () => {
  const deps = sampleDeps()
  await createApp(deps).request(
    `${REPORT}?period=2026-11&by=path&by=browser&by=path&limit=1000&country=DE&path!=`,
  )
  await createApp(deps).request(`${REPORT}?by=`)
  const [first, second] = deps.asked
  assert.deepEqual(first, {
    site: 'blog.example.org',
    period: '2026-11',
    compare: 'none',
    granularity: 'auto',
    filters: [
      { column: 'country', values: ['DE'], exclude: false },
      { column: 'path', values: [null], exclude: true },
    ],
    by: ['path', 'browser'],
    limit: 1000,
    search: '',
  })
  assert.deepEqual(second?.by, [])
})

const failing = (error: Error) => {
  const failures: unknown[] = []
  const ask = async () => {
    throw error
  }
  const app = createApp(sampleDeps({ ask, failed: (failure) => failures.push(failure) }))
  return { app, failures }
}

const WRONG: readonly (readonly [query: string, named: string])[] = [
  ['limit=0', 'limit'],
  ['limit=1001', '1000'],
  ['limit=1e3', '1e3'],
  ['by=verdict', 'by'],
  ['compare=last', 'compare'],
  ['granularity=year', 'granularity'],
  ['contry=DE', 'contry'],
  ['country=DE&country!=AT', 'country'],
]

for (const [query, named] of WRONG) {
  test(`?${query} is refused by name`, async () => {
    const response = await createApp(sampleDeps()).request(`${REPORT}?${query}`)
    assert.equal(response.status, 400)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    const text = await response.text()
    assert.match(text, new RegExp(named))
    assert.match(text, /"code":"QUESTION_INVALID"/)
  })
}

test('a list comes page by page, each with the way to the next', async () => {
  const deps = sampleDeps()
  const app = createApp(deps)
  const page = (query: string) => fieldsAt(app, `/api/v1/sites/blog.example.org/top?${query}`)
  const first = await page('by=browser&limit=8&search=o&country=DE')
  assert.deepEqual([first['by'], first['distinct']], ['browser', 9])
  const last = await page(`by=browser&limit=8&cursor=${String(first['next'])}`)
  assert.equal(last['next'], null)
  const [{ by, limit, offset, search, filters } = assert.fail(), second = assert.fail()] = deps.asked
  assert.deepEqual({ by, limit, offset, search }, { by: ['browser'], limit: 8, offset: 0, search: 'o' })
  assert.deepEqual(filters, [{ column: 'country', values: ['DE'], exclude: false }])
  assert.equal(second.offset, 8)
  const wrong = await app.request('/api/v1/sites/blog.example.org/top?cursor=9')
  assert.equal(wrong.status, 400)
})

test('a series asks for no list, and compares only when asked to', async () => {
  const deps = sampleDeps()
  const app = createApp(deps)
  const path = '/api/v1/sites/blog.example.org/series?granularity=week'
  const compared = await fieldsAt(app, `${path}&compare=year`)
  assert.deepEqual(Object.keys(compared), [
    'site',
    'period',
    'granularity',
    'series',
    'previousSeries',
    'fresh',
  ])
  const [question = assert.fail()] = deps.asked
  assert.deepEqual([question.by, question.granularity, question.compare], [[], 'week', 'year'])
  assert.equal((await app.request(`${path}&by=path`)).status, 400)
})

test('ledgers are of one site or of all', async () => {
  const app = createApp(sampleDeps())
  for (const [path, site] of [
    ['/api/v1/ledger', null],
    ['/api/v1/sites/docs.example.org/ledger', 'docs.example.org'],
  ] as const) {
    const ledger = await fieldsAt(app, `${path}?period=7d`)
    assert.equal(ledger['site'], site)
  }
})

const EXPORT = '/api/v1/sites/blog.example.org/hits'

test('hits come in the format that was asked for, zipped where the client takes that', async () => {
  const asked: unknown[] = []
  const app = createApp(
    sampleDeps({
      exportHits: async (question) => {
        asked.push(question)
        return Readable.from([Buffer.from(question.format), Buffer.from(' of hits')])
      },
    }),
  )
  const plain = await app.request(`${EXPORT}?format=csv&period=2026-11&path=/blog/*`)
  assert.equal(await plain.text(), 'csv of hits')
  assert.equal(plain.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.equal(plain.headers.get('content-disposition'), 'attachment; filename="hits.csv"')
  assert.deepEqual(asked[0], {
    site: 'blog.example.org',
    period: '2026-11',
    filters: [{ column: 'path', values: ['/blog/*'], exclude: false }],
    format: 'csv',
  })
  const headers = { 'Accept-Encoding': 'br, gzip' }
  const zipped = await app.request(EXPORT, { headers })
  assert.equal(zipped.headers.get('content-encoding'), 'gzip')
  assert.equal(gunzipSync(await zipped.arrayBuffer()).toString(), 'ndjson of hits')
  const parquet = await app.request(`${EXPORT}?format=parquet`, { headers })
  assert.equal(parquet.headers.get('content-encoding'), null)
  assert.equal(await parquet.text(), 'parquet of hits')
})

test('HEAD begins no export', async () => {
  const exportHits = async () => assert.fail('it began one')
  const answer = await createApp(sampleDeps({ exportHits })).request(EXPORT, { method: 'HEAD' })
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/x-ndjson'])
})

for (const encoding of ['gzip', 'identity']) {
  test(`an export that breaks off is not taken for whole, nor one whose reader went on without its end (${encoding})`, async () => {
    const broken = new PassThrough()
    const headers = { 'Accept-Encoding': encoding }
    const answer = await createApp(sampleDeps({ exportHits: async () => broken })).request(EXPORT, {
      headers,
    })
    broken.write('{}\n')
    setImmediate(() => broken.destroy(new Error('the process ended')))
    await assert.rejects(answer.text())

    const endless = new PassThrough()
    endless.on('error', () => {})
    const ended = new Promise((resolve) => endless.on('close', resolve))
    const left = await createApp(sampleDeps({ exportHits: async () => endless })).request(EXPORT, { headers })
    await left.body?.cancel()
    await ended
  })
}

test('an export that cannot be is a problem', async () => {
  const exportHits = async () => {
    throw new AppError('QUESTION_INVALID', 'Cannot filter')
  }
  const answer = await createApp(sampleDeps({ exportHits })).request(EXPORT)
  assert.equal(answer.status, 400)
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  assert.equal(answer.headers.get('content-disposition'), null)
})

test('an answer that the client has is 304, whatever it took to find it', async () => {
  let ms = 1
  const report = sampleReport(sampleDays('28d'))
  const app = createApp(sampleDeps({ ask: async () => ({ ...report, read: { ...report.read, ms: ms++ } }) }))
  const first = await app.request(REPORT)
  const tag = first.headers.get('etag') ?? ''
  assert.match(tag, /^W\/"[\w-]{27}"$/)
  assert.equal(first.headers.get('cache-control'), 'private, no-cache')
  const again = await app.request(REPORT, { headers: { 'If-None-Match': `"x", ${tag}` } })
  assert.deepEqual([again.status, again.headers.get('etag'), await again.text()], [304, tag, ''])
  const other = await app.request('/api/v1/sites', { headers: { 'If-None-Match': tag } })
  assert.equal(other.status, 200)
})

test('a site that is not there is 404, and so is an address that is not', async () => {
  const app = createApp(sampleDeps())
  for (const path of ['/api/v1/sites/else.example/report', '/api/v1/else']) {
    const response = await app.request(path)
    assert.equal(response.status, 404)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  }
})

test('a report that cannot be made is 503 and is told once', async () => {
  const error = new AppError('WORKER_FAILED', 'Cannot ask the worker: it ended')
  const { app, failures } = failing(error)
  assert.equal((await app.request(REPORT)).status, 503)
  assert.deepEqual(failures, [error])
  const page = await app.request('/dashboard/blog.example.org')
  assert.equal(page.status, 503)
  assert.match(await page.text(), /Counting goes on/)
})

test('a bug is 500, is told once and tells nothing to who asked', async () => {
  const error = new Error('secret detail')
  const { app, failures } = failing(error)
  const response = await app.request(REPORT)
  assert.equal(response.status, 500)
  assert.doesNotMatch(await response.text(), /secret/)
  assert.deepEqual(failures, [error])
})

test('a period that cannot be read is 400 in the words of who read it', async () => {
  const { app, failures } = failing(new AppError('PERIOD_INVALID', 'Cannot read period "28x": expected 28d'))
  const response = await app.request(`/dashboard/blog.example.org?period=28x`)
  assert.equal(response.status, 400)
  assert.match(await response.text(), /Cannot read period &quot;28x&quot;: expected 28d/)
  assert.deepEqual(failures, [])
})

async function fieldsAt(app: ReturnType<typeof createApp>, path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await (await app.request(path)).text())
}
