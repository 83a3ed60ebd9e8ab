import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { LIMITS } from '../../../src/limits.ts'
import type { PageCheck } from '../../../src/main/check/check.ts'
import { checkPage } from '../../../src/main/check/check.ts'
import { parseSettings } from '../../../src/parse-settings.ts'
import { headcount, withFolder } from '../support/program.ts'

const ATTRIBUTES = 'rel="stylesheet" media="none" referrerpolicy="no-referrer-when-downgrade"'
const TRIAL = 'host = "127.0.0.1"'
const SETTINGS = parseSettings({ toml: '', file: '', env: {}, flags: {}, timezone: 'UTC' })

/** What a page has, and what is said of it. `COUNTER` is the collector, of the page's site; `OTHER` is it on another. */
interface Case {
  readonly page: string
  readonly headers?: Readonly<Record<string, string>>
  readonly settings?: string
  /** What has to be looked at, in order. */
  readonly look: readonly RegExp[]
  /** Of Chromium, Firefox, Safari: views, and the path where one is told. */
  readonly counted: readonly string[]
}

const ALL = (words: string) => [words, words, words]

const CASES: Readonly<Record<string, Case>> = {
  'the tag as it is printed for the same site': {
    page: `<link ${ATTRIBUTES} href="COUNTER/blog.example/c.css">`,
    look: [],
    counted: ALL('1 /a%20post/'),
  },
  'the tags for visitors': {
    page: `<link ${ATTRIBUTES} href="COUNTER/blog.example/v.css">`,
    look: [],
    counted: ALL('1 /a%20post/ visitors'),
  },
  'the pair of tags from another site': {
    page: `<link ${ATTRIBUTES} href="OTHER/blog.example/c.css?p=%2Fa%2520post%2F"><link ${ATTRIBUTES} href="OTHER/blog.example/n.css">`,
    look: [],
    counted: ALL('1 /a%20post/ visitors'),
  },
  'no tag': {
    page: '<!-- <link rel="stylesheet" href="COUNTER/c.css"> --><template><img src="COUNTER/c.svg"></template>',
    look: [/^tag: the page has none; "headcount tag" prints it/],
    counted: ALL('0'),
  },
  'a tag of another site that does not name the page': {
    page: `<link ${ATTRIBUTES} href="OTHER/blog.example/c.css">`,
    look: [/^path: Firefox, Safari do not tell a counter on another site/],
    counted: ['1 /a%20post/', '1', '1'],
  },
  'a tag that does not ask for the Referer': {
    page: '<link rel="stylesheet" media="none" href="COUNTER/blog.example/c.css">',
    look: [
      /^path: Chromium, Firefox, Safari do not tell which page it is; on the same site add referrerpolicy/,
    ],
    counted: ALL('1'),
  },
  'a page that hides its address, and a tag that asks for it all the same': {
    page: `<meta name="referrer" content="no-referrer"><link ${ATTRIBUTES} href="COUNTER/blog.example/c.css">`,
    headers: { 'referrer-policy': 'same-origin' },
    look: [],
    counted: ALL('1 /a%20post/'),
  },
  'a page that hides its address from a picture': {
    page: '<img src="COUNTER/blog.example/c.svg" alt="">',
    headers: { 'referrer-policy': 'no-referrer' },
    look: [/^path: Chromium, Firefox, Safari do not tell/],
    counted: ALL('1'),
  },
  'a policy in the header that forbids it': {
    page: `<link ${ATTRIBUTES} href="COUNTER/blog.example/c.css">`,
    headers: { 'content-security-policy': "default-src 'self'; style-src 'self'" },
    look: [
      /Content-Security-Policy forbids it \(style-src 'self'\); allow style-src http:\/\/127\.0\.0\.1:\d+$/,
    ],
    counted: ALL('0'),
  },
  'a policy in the page that forbids it': {
    page: `<meta http-equiv="Content-Security-Policy" content="img-src 'none'"><img src="COUNTER/blog.example/c.svg">`,
    look: [/forbids it \(img-src 'none'\)/],
    counted: ALL('0'),
  },
  'a policy that allows it': {
    page: `<link ${ATTRIBUTES} href="COUNTER/blog.example/c.css">`,
    headers: { 'content-security-policy': 'default-src https:; style-src 127.0.0.1:*' },
    look: [],
    counted: ALL('1 /a%20post/'),
  },
  'a tag that browsers wait for': {
    page: `<link ${ATTRIBUTES.replace('media="none"', '')} href="COUNTER/blog.example/c.css">`,
    look: [/<link> for page views: it has no media: browsers wait for it/],
    counted: ALL('1 /a%20post/'),
  },
  'a tag that is there twice': {
    page: `<link ${ATTRIBUTES} href="COUNTER/blog.example/c.css"><img src="COUNTER/blog.example/c.svg?p=/a%20post/">`,
    look: [/^page views: 2 tags count each of them; keep one$/],
    counted: ALL('2 /a%20post/'),
  },
  'a tag for those without scripts only': {
    page: `<noscript><link ${ATTRIBUTES} href="COUNTER/blog.example/c.css"></noscript>`,
    look: [/it stands in <noscript>/],
    counted: ALL('0'),
  },
  'a tag that is disabled': {
    page: `<link ${ATTRIBUTES} disabled href="COUNTER/blog.example/c.css">`,
    look: [/it is disabled/],
    counted: ALL('0'),
  },
  'a picture that is never fetched': {
    page: '<img hidden loading="lazy" src="COUNTER/blog.example/c.svg?p=/a%20post/">',
    look: [/it is hidden and lazy/],
    counted: ALL('0'),
  },
  'a picture that waits for the reader': {
    page: '<img loading="lazy" src="COUNTER/blog.example/c.svg?p=/a%20post/">',
    look: [/it is lazy/],
    counted: ALL('1 /a%20post/'),
  },
  'a template that nothing filled in': {
    page: `<link ${ATTRIBUTES} href="OTHER/blog.example/c.css?p={{ page.url }}">`,
    look: [
      /has a template in it that nothing filled in/,
      /^path: the tag says ".*", but this is "\/a%20post\/"/,
    ],
    counted: ALL('1 /%7B%7B%20page.url%20%7D%7D'),
  },
  'a tag that names one page on all of them': {
    page: `<link ${ATTRIBUTES} href="OTHER/blog.example/c.css?p=/">`,
    look: [
      /^path: the tag says "\/", but this is "\/a%20post\/"; the template has to write each page’s own$/,
    ],
    counted: ALL('1 /'),
  },
  'visitors counted on each page': {
    page: `<link ${ATTRIBUTES} href="OTHER/blog.example/v.css?p=/a%20post/">`,
    look: [/every page is a visit of its own; use c\.css\?p=… and, for the visitors, n\.css/],
    counted: ALL('1 /a%20post/ visitors'),
  },
  'visitors without views': {
    page: `<link ${ATTRIBUTES} href="COUNTER/blog.example/n.css">`,
    look: [/^page views: the tag counts visitors alone; add c\.css$/],
    counted: ALL('0 visitors'),
  },
  'a site that is not counted': {
    page: `<link ${ATTRIBUTES} href="COUNTER/blog.example/c.css">`,
    settings: 'sites = ["blog.example.org"]',
    look: [/^verdict: the collector refuses it: its host, or the one in the tag, is no site of the settings/],
    counted: ALL('0'),
  },
  'no collector at that address': {
    page: `<link ${ATTRIBUTES} href="/nowhere/c.css">`,
    look: [/its address answers 404: no collector is there/],
    counted: ALL('0'),
  },
  'a page where the collector should be': {
    page: `<link ${ATTRIBUTES} href="/page/c.css">`,
    look: [/its address answers with "text\/html": no collector is there/],
    counted: ALL('0'),
  },
  'a cache before the collector': {
    page: `<link ${ATTRIBUTES} href="/cached/c.css">`,
    look: [/something before the collector changes its Cache-Control/],
    counted: ALL('0'),
  },
  'an address that redirects': {
    page: `<link ${ATTRIBUTES} href="/moved/c.css">`,
    look: [/its address redirects to "\/page\/c\.css"; write that one/],
    counted: ALL('0'),
  },
  'a collector that is not there': {
    page: `<link ${ATTRIBUTES} href="http://127.0.0.1:1/blog.example/c.css">`,
    look: [/the collector gives no answer \(\w+\) at http:\/\/127\.0\.0\.1:1; is it running/],
    counted: ALL('0'),
  },
  'what else a page counts': {
    page: `<base href="COUNTER/blog.example/"><link ${ATTRIBUTES} href="c.css"><picture><source srcset="w/s.svg"><img src="w/l.svg"></picture><img src="e/end.svg"><a href="https://other.example/" ping="ping">x</a>`,
    headers: { 'content-security-policy': 'connect-src https:' },
    look: [/^<a> for outbound links: .* \(connect-src https:\); allow connect-src /],
    counted: ALL('1 /a%20post/'),
  },
}

test('a page is checked', async (t) => {
  await withFolder(async (dir, serve) => {
    const { url } = await serve(['--data', dir])
    for (const [name, one] of Object.entries(CASES)) {
      await t.test(name, async () => {
        const { findings, outcomes } = await checked(one, url)
        const found = findings.filter(({ ok }) => !ok).map(({ what }) => what)
        assert.equal(found.length, one.look.length, found.join('\n'))
        for (const [index, pattern] of one.look.entries()) assert.match(found[index] ?? '', pattern)
        assert.deepEqual(outcomes.map(said), one.counted)
      })
    }
    const counted = await headcount(['ledger', '--data', dir, '--period', 'all', '--json'])
    await t.test('and nothing of that was counted', () => {
      assert.match(counted.stdout, /"received": ?0\b/)
    })
  })
})

async function checked({ page, headers = {}, settings = TRIAL }: Case, counter: string): Promise<PageCheck> {
  const other = counter.replace('127.0.0.1', 'localhost')
  const html = page.replaceAll('COUNTER', counter).replaceAll('OTHER', other)
  const server = createServer(answer(html, headers))
  try {
    const parsed = parseSettings({
      toml: settings,
      file: 'headcount.toml',
      env: {},
      flags: {},
      timezone: 'UTC',
    })
    return await checkPage(`${await origin(server, 'http')}/a%20post/`, parsed, Date.now())
  } finally {
    await closed(server)
  }
}

/** A web server that has the page, and things that are no collector. */
function answer(html: string, headers: Readonly<Record<string, string>>): RequestListener {
  return ({ url = '' }, response) => {
    if (url === '/a%20post/')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html)
    else if (url.startsWith('/page/')) response.writeHead(200, { 'content-type': 'text/html' }).end()
    else if (url.startsWith('/moved/')) response.writeHead(301, { location: '/page/c.css' }).end()
    else if (url.startsWith('/cached/'))
      response.writeHead(200, { 'content-type': 'text/css', 'cache-control': 'max-age=3600' }).end()
    else response.writeHead(404).end()
  }
}

function said({ views, path, visitors }: PageCheck['outcomes'][number]): string {
  return [views, path, visitors ? 'visitors' : null].filter((word) => word !== null).join(' ')
}

test('tag --check and doctor print it, and say by their exit code whether anything counts', async () => {
  await withFolder(async (dir, serve) => {
    const { url } = await serve(['--data', dir])
    const server = createServer(answer(`<link ${ATTRIBUTES} href="${url}/blog.example/c.css">`, {}))
    const page = `${await origin(server, 'http')}/a%20post/`
    try {
      const right = await headcount(['tag', '--check', page, '--data', dir])
      assert.equal(right.code, 0, right.stderr)
      assert.match(
        right.stdout,
        /^ok {4}page: .*\nok {4}<link> for page views: .*\n\n {10}page views {2}path/,
      )
      assert.match(right.stdout, /^Firefox {3}1 {11}\/a%20post\/ {2}no$/m)
      const doctor = await headcount(['doctor', page, '--data', dir])
      assert.match(doctor.stdout, /^ok {4}data folder: [^]*^ok {4}page: [^]*^Safari /m)
      const wrong = await headcount(['tag', '--check', page.replace('a%20post', 'page'), '--data', dir])
      assert.deepEqual([wrong.code, wrong.stderr], [1, ''])
      assert.match(wrong.stdout, /^look {2}tag: the page has none/m)
    } finally {
      await closed(server)
    }
  })
})

test('on a page that came by https, a style sheet by http is not fetched and a picture by https instead', async () => {
  await withFolder(async (dir) => {
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=test -days 2 -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`
    await promisify(execFile)('openssl', words.split(' '))
    const html = `<link ${ATTRIBUTES} href="http://127.0.0.1:1/c.css"><img src="http://127.0.0.1:1/c.svg">`
    const pair = { key: await readFile(key), cert: await readFile(cert) }
    const server = createSecureServer(pair, answer(html, {}))
    try {
      const page = `${await origin(server, 'https')}/a%20post/`
      const env = { NODE_EXTRA_CA_CERTS: cert }
      const { code, stdout, stderr } = await headcount(['tag', '--check', page, '--data', dir], { env })
      assert.equal(code, 1, stderr)
      assert.match(stdout, /^look {2}<link> for page views: it asks by http: on a page that came by https:/m)
      assert.match(stdout, /^look {2}<img> for page views: .* at https:\/\/127\.0\.0\.1:1;/m)
    } finally {
      await closed(server)
    }
  })
})

const UNREADABLE: readonly (readonly [name: string, path: string, message: RegExp])[] = [
  ['redirects for ever', '/round', /it redirects more than 5 times$/],
  ['leads out of the web', '/out', /"file:\/\/\/etc\/passwd" is no address of the web/],
  ['is cut off', '/cut', /no answer \(\w+\)$/],
  ['never comes', '/never', /no answer within 10 seconds$/],
]

for (const [name, path, message] of UNREADABLE) {
  test(`a page that ${name} cannot be read`, async () => {
    const server = createServer(({ url = '' }, response) => {
      if (url === '/round') response.writeHead(302, { location: '/round' }).end()
      else if (url === '/out') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
      else if (url === '/cut')
        response.writeHead(200, { 'content-length': 9 }).write('x', () => response.destroy())
      // Nothing is said to "/never".
    })
    try {
      const page = `${await origin(server, 'http')}${path}`
      await assert.rejects(checkPage(page, SETTINGS, Date.now()), { code: 'PAGE_UNREADABLE', message })
    } finally {
      await closed(server)
    }
  })
}

test('nothing that a page says steers the terminal', async () => {
  const said = '\u001B[31mtitle\u0007\u202E'
  const policy = `<meta http-equiv="Content-Security-Policy" content="style-src ${said}">`
  const server = createServer(answer(`${policy}<link rel="stylesheet" href="/c.css">`, {}))
  try {
    const page = `${await origin(server, 'http')}/a%20post/`
    const { findings } = await checkPage(page, { ...SETTINGS, sites: 'any' }, Date.now())
    const text = findings.map(({ what }) => what).join(' ')
    assert.match(text, /\?\[31mtitle\?\?/)
    assert.doesNotMatch(text, /\p{C}/u)
  } finally {
    await closed(server)
  }
})

test('of a page without end so much is read, and no more', async () => {
  let sent = 0
  const server = createServer((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536
    }
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .on('drain', more)
      .on('error', () => {})
    more()
  })
  try {
    const { findings } = await checkPage(await origin(server, 'http'), SETTINGS, Date.now())
    assert.match(findings[0]?.what ?? '', new RegExp(`, ${LIMITS.checkPageBytesMax} bytes$`))
    assert(sent < 8 * LIMITS.checkPageBytesMax)
  } finally {
    await closed(server)
  }
})

async function origin(server: Server, scheme: string): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert(address !== null && typeof address === 'object')
  return `${scheme}://127.0.0.1:${address.port}`
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
