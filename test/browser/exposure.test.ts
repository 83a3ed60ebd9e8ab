import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { needs } from './support/chromium.ts'
import { withFolder } from './support/folder.ts'
import { freePort } from './support/listening.ts'
import { setPassword, startProgram } from './support/program.ts'

const PLACES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx']
const NGINX = PLACES.find((path) => existsSync(path)) ?? null

const PRIVATE = ['/dashboard/', '/dashboard/blog.example.org', '/dashboard/ledger', '/dashboard/help']
const PRIVATE_JSON = ['/api/v1/sites', '/api/v1/sites/blog.example.org/report', '/metrics']

/** What a stranger may try, to look like somebody at the machine itself. */
const DISGUISES: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'x-forwarded-for': '127.0.0.1' },
  { forwarded: 'for=127.0.0.1;host=localhost', 'x-real-ip': '127.0.0.1', 'x-forwarded-host': 'localhost' },
  { cookie: 'session=anything; headcount=anything', authorization: 'Bearer anything' },
]

test(
  'behind a bare proxy_pass the dashboard and the API answer only to the key',
  needs('nginx', NGINX),
  async () => {
    await withFolder(async (dir) => {
      const program = await startProgram(['--data', dir])
      await behindNginx(dir, { target: program.url }, async (front) => {
        assert.equal((await fetch(`${front}/blog.example.org/c.css?p=/`)).status, 200)
        for (const headers of DISGUISES) await assertClosed(front, headers)
        await assertClosed(front, {}, '?key=wrong')
        const link = /http:\S+\?key=\S+/.exec(program.output())?.[0] ?? ''
        await assertOpen(front, session(await fetch(link.replace(program.url, front), BY_HAND)))
      })
      assert.equal(await program.stop(), 0)
    })
  },
)

test('once there is a password only the login opens, and no key', needs('nginx', NGINX), async () => {
  await withFolder(async (dir) => {
    const password = 'correct horse battery staple'
    await setPassword(dir, password)
    const program = await startProgram(['--data', dir])
    assert.doesNotMatch(program.output(), /key=/)
    await behindNginx(dir, { target: program.url }, async (front) => {
      assert.equal((await fetch(`${front}/blog.example.org/c.css?p=/`)).status, 200)
      await assertClosed(front, {}, '?key=')
      const refused = await logIn(front, 'wrong')
      assert.deepEqual([refused.status, refused.headers.getSetCookie()], [403, []])
      await assertOpen(front, session(await logIn(front, password)))
    })
    assert.equal(await program.stop(), 0)
  })
})

test(
  'who a proxy names is logged in; from elsewhere the same header opens nothing',
  needs('nginx', NGINX),
  async () => {
    await withFolder(async (dir) => {
      await writeFile(
        join(dir, 'headcount.toml'),
        'sites = ["blog.example.org"]\ntrust_proxy = ["127.0.0.1"]\ntrust_user_header = "Remote-User"\n',
      )
      const program = await startProgram(['--data', dir])
      const named = { 'remote-user': 'ada' }
      await behindNginx(dir, { target: program.url, sets: 'Remote-User ""' }, (front) =>
        assertClosed(front, named),
      )
      await behindNginx(dir, { target: program.url, sets: 'Remote-User ada' }, async (front) => {
        for (const path of [...PRIVATE, ...PRIVATE_JSON])
          assert.equal((await fetch(front + path)).status, 200, path)
      })
      assert.equal(await statusFrom('127.0.0.77', `${program.url}/dashboard/ledger`, named), 303)
      assert.equal(await statusFrom('127.0.0.1', `${program.url}/dashboard/ledger`, named), 200)
      assert.equal(await program.stop(), 0)
    })
  },
)

/** @param localAddress which of this machine's own the request comes from */
async function statusFrom(
  localAddress: string,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const [response] = await once(get(url, { localAddress, headers, agent: false }), 'response')
  response.resume()
  return response.statusCode
}

const BY_HAND = { redirect: 'manual' } as const

async function logIn(front: string, password: string): Promise<Response> {
  return fetch(`${front}/login`, { ...BY_HAND, method: 'POST', body: new URLSearchParams({ password }) })
}

async function assertOpen(front: string, cookie: string): Promise<void> {
  for (const path of [...PRIVATE, ...PRIVATE_JSON]) {
    assert.equal((await fetch(front + path, { headers: { cookie } })).status, 200, path)
  }
}

async function assertClosed(
  front: string,
  headers: Readonly<Record<string, string>>,
  query = '',
): Promise<void> {
  for (const path of PRIVATE) {
    const answer = await fetch(front + path + query, { headers, ...BY_HAND })
    assert.ok([302, 303, 401, 403].includes(answer.status), `${path} answered ${answer.status}`)
    assert.doesNotMatch(await answer.text(), /blog\.example\.org|page views/i, path)
  }
  for (const path of PRIVATE_JSON) {
    const answer = await fetch(front + path + query, { headers, ...BY_HAND })
    assert.ok([401, 403].includes(answer.status), `${path} answered ${answer.status}`)
    assert.doesNotMatch(await answer.text(), /pageViews|headcount_/, path)
  }
}

/** The session that an answer opens, as a Cookie header. */
function session(answer: Response): string {
  const cookie = answer.headers.getSetCookie()[0] ?? ''
  assert.match(cookie, /; HttpOnly/i)
  assert.match(cookie, /; SameSite=Lax/i)
  return cookie.split(';')[0] ?? ''
}

/** Runs `use` with the address of an nginx that passes everything on. @param sets the one header that it adds */
async function behindNginx(
  dir: string,
  { target, sets }: { target: string; sets?: string },
  use: (front: string) => Promise<void>,
): Promise<void> {
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${dir}/nginx;`,
  )
  const header = sets === undefined ? '' : `proxy_set_header ${sets};`
  const server = `server { listen 127.0.0.1:${port}; location / { proxy_pass ${target}; ${header} } }`
  const main = `daemon off; master_process off; pid ${dir}/nginx.pid; error_log stderr; events {}`
  await writeFile(
    join(dir, 'nginx.conf'),
    `${main}\nhttp { access_log off; ${temporary.join(' ')} ${server} }\n`,
  )
  const nginx = spawn(NGINX ?? 'nginx', ['-p', dir, '-c', join(dir, 'nginx.conf')], { stdio: 'ignore' })
  try {
    await answering(`http://127.0.0.1:${port}/healthz`)
    await use(`http://127.0.0.1:${port}`)
  } finally {
    const exited = once(nginx, 'exit')
    nginx.kill('SIGTERM')
    await exited
  }
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Nothing answers at ${url}`)
}
