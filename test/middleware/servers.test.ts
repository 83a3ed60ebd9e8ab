import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { headcount, withFolder } from '../main/support/program.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Examples in `examples/middleware/`: each serves `/`, `/posts/hello` and `/style.css`. */
const EXAMPLES = ['node', 'express', 'fastify', 'hono']

const READER = {
  accept: 'text/html',
  'accept-language': 'pl-PL,pl;q=0.8',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0',
}

describe('middleware', () => {
  // The examples import what the package exports.
  before(async () => {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
    await promisify(execFile)(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.middleware.json')])
  })

  test('pages are counted without a tag, whatever server sends them', async () => {
    await withFolder(async (dir, serve) => {
      const made = await headcount(['token', 'make', 'pages', '--scope', 'count', '--data', dir])
      const server = await serve(['--data', dir])
      const settings = { HEADCOUNT_URL: server.url, HEADCOUNT_TOKEN: made.stdout.trim() }
      await Promise.all(
        EXAMPLES.map((name) => withExample(name, { ...settings, HEADCOUNT_SITE: `${name}.example` }, visit)),
      )
      await server.stop()
      for (const name of EXAMPLES) await checkReport(dir, `${name}.example`)
    })
  })
})

/** Runs an example until `use` is done and it has ended, which must be without complaint. */
async function withExample(
  name: string,
  settings: Readonly<Record<string, string>>,
  use: (origin: string) => Promise<void>,
): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, `examples/middleware/${name}.mjs`)], {
    env: { ...process.env, ...settings, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 30_000,
  })
  try {
    const [line]: unknown[] = await once(child.stdout, 'data')
    await use(String(line).trim())
  } finally {
    child.kill('SIGTERM')
  }
  await once(child, 'exit')
  assert.equal(child.exitCode, 0, name)
}

async function visit(origin: string): Promise<void> {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${origin}${path}`, { headers: { ...READER, ...headers } })
    return answer.text()
  }
  assert.match(await get('/posts/hello?utm_source=letter', { referer: 'https://news.example/item' }), /Page/)
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
