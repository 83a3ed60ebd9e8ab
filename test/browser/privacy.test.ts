import assert from 'node:assert/strict'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { withFolder } from './support/folder.ts'
import { runCommand, startProgram } from './support/program.ts'

/** The peer's own address: another of the loopback network, so that it cannot be the server's. */
const PEER = '127.77.66.55'
const CLIENT = '192.0.2.77'
const CLIENT_6 = '2001:db8:77:66::55'

/** What must not be found anywhere, in any writing of it. */
const SECRETS = [
  PEER,
  CLIENT,
  CLIENT.split('.')
    .map((byte) => Number(byte).toString(16).padStart(2, '0'))
    .join(''),
  CLIENT_6,
  '2001:0db8:0077:0066',
  'canary',
]

const HEADERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'x-forwarded-for',
      'x-real-ip',
      'x-client-ip',
      'x-cluster-client-ip',
      'x-original-forwarded-for',
      'x-remote-addr',
      'client-ip',
      'true-client-ip',
      'cf-connecting-ip',
      'cf-connecting-ipv6',
      'cf-pseudo-ipv4',
      'fastly-client-ip',
      'fly-client-ip',
      'x-azure-clientip',
      'x-azure-socketip',
      'x-appengine-user-ip',
      'x-nf-client-connection-ip',
      'cloudfront-viewer-address',
      'x-something-of-the-future',
    ].map((name) => [name, CLIENT]),
  ),
  'x-forwarded-by': CLIENT_6,
  forwarded: `for="[${CLIENT_6}]:4711";proto=https, for=${CLIENT}`,
  via: `1.1 ${CLIENT}`,
  cookie: 'session=canary-cookie',
  authorization: 'Bearer canary-token',
  'proxy-authorization': 'Basic canary-proxy',
  'x-api-key': 'canary-key',
  'x-csrf-token': 'canary-csrf',
  'x-amzn-trace-id': 'Root=canary-trace',
  traceparent: '00-canary-trace-01',
  'x-request-id': 'canary-request',
  'cf-ray': 'canary-ray',
  from: 'canary@example.org',
  'if-none-match': '"canary-validator"',
  'x-vercel-ip-city': 'canary-city',
  'cf-iplatitude': 'canary-latitude',
  'x-comment': `seen from ${CLIENT} today`,
  referer: 'http://canary:canary@blog.example.org/page?session=canary#canary',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  'accept-language': 'pl-PL,pl;q=0.9',
}

const TARGETS = [
  '/blog.example.org/c.css',
  '/blog.example.org/c.css?p=/page?token=canary',
  '/blog.example.org/c.css?p=%2Fpage%3Ftoken%3Dcanary%23canary',
  '/blog.example.org/c.css?p=/page&session=canary',
  '/blog.example.org/c.css?p=/page&r=https://canary:canary@search.example/find?q=canary',
  '/blog.example.org/c.css?p=/page&r=https%3A%2F%2Fsearch.example%2Ffind%3Fq%3Dcanary',
  '/blog.example.org/c.gif?p=http://canary@blog.example.org/page?canary=1',
  `/blog.example.org/c.css?p=/page/${CLIENT}`,
  '/blog.example.org/v.css?p=/page?token=canary',
  '/blog.example.org/v.svg',
  '/blog.example.org/n.css?session=canary',
  '/blog.example.org/w/m.svg?p=/page#canary',
  '/blog.example.org/e/sign-up.svg?p=/page&t=https://canary:canary@shop.example/cart?basket=canary#canary',
  `/blog.example.org/e/outbound.css?t=shop.example/${CLIENT}`,
  '/elsewhere.example/c.css?p=/canary',
  '/blog.example.org/nothing.css?canary',
  '/dashboard/?key=canary',
  '/%E0%A4%A/c.css?canary',
]

/** What browsers send by themselves, with more in it than is wanted. */
const POSTS: readonly Post[] = [
  {
    target: '/blog.example.org/ping?p=/page?token=canary',
    headers: {
      'content-type': 'text/ping',
      'ping-from': 'https://canary:canary@blog.example.org/page?token=canary#canary',
      'ping-to': `https://canary@shop.example/cart?basket=canary&seen=${CLIENT}#canary`,
    },
    body: 'PING canary',
  },
  {
    target: '/blog.example.org/csp?canary',
    headers: { 'content-type': 'application/csp-report' },
    body: JSON.stringify({
      'csp-report': {
        'document-uri': 'https://blog.example.org/page?token=canary#canary',
        referrer: 'https://canary:canary@search.example/find?q=canary',
        'blocked-uri': 'data',
        'effective-directive': 'frame-src',
        'original-policy': 'frame-src canary',
        'script-sample': 'canary',
      },
    }),
  },
  {
    target: '/blog.example.org/csp',
    headers: { 'content-type': 'application/csp-report' },
    body: '{"csp-report":{"document-uri":"canary',
  },
]

interface Post {
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const SETTINGS: readonly (readonly [what: string, toml: string])[] = [
  ['as it comes', ''],
  ['with every header kept, behind a trusted proxy', 'headers = "all"\ntrust_proxy = ["127.0.0.0/8"]\n'],
]

for (const [what, toml] of SETTINGS) {
  test(`no address, cookie or credential is in the data folder or the output: ${what}`, async () => {
    await withFolder(async (dir) => {
      const settings = `sites = ["blog.example.org"]\n${toml}`
      await writeFile(join(dir, 'headcount.toml'), settings)
      const program = await startProgram(['--data', dir])
      for (const target of TARGETS) await send(`${program.url}${target}`, null)
      for (const post of POSTS) await send(`${program.url}${post.target}`, post)
      assert.equal(await program.stop(), 0)
      const output = program.output() + (await runCommand('compact', '--data', dir))
      const kept = new Map([...(await texts(dir)), ['output', output]])
      assert.match([...kept.values()].join('\n'), /Firefox[^]*\/page/)
      assert.match([...kept.values()].join('\n'), /shop\.example[^]*search\.example/)
      for (const [name, text] of kept) {
        for (const secret of SECRETS) assert.ok(!text.includes(secret), `"${secret}" is in ${name}`)
      }
    })
  })
}

async function send(url: string, post: Post | null): Promise<void> {
  const headers = { ...HEADERS, ...post?.headers }
  const method = post === null ? 'GET' : 'POST'
  await new Promise<void>((resolve, reject) => {
    const outgoing = request(url, { method, headers, localAddress: PEER }, (response) => {
      response.resume().on('end', resolve)
    })
    outgoing.on('error', reject).end(post?.body)
  })
}

/** Every file below `dir` by its name: its bytes as text, and of a Parquet file its rows and footer too. */
async function texts(dir: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'headcount.toml')
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  assert.ok(paths.some((path) => path.endsWith('.parquet')))
  const read = async (path: string): Promise<[string, string]> => {
    const bytes = await readFile(path, 'latin1')
    return [path, path.endsWith('.parquet') ? bytes + (await parquetText(path)) : bytes]
  }
  return new Map(await Promise.all(paths.map(read)))
}

async function parquetText(path: string): Promise<string> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const file = `'${path.replaceAll("'", "''")}'`
  const rows = await connection.runAndReadAll(`SELECT * FROM read_parquet(${file})`)
  const footer = await connection.runAndReadAll(`SELECT decode(value) FROM parquet_kv_metadata(${file})`)
  connection.closeSync()
  instance.closeSync()
  return JSON.stringify([rows.getRowsJson(), footer.getRowsJson()])
}
