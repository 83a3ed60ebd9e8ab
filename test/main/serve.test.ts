import assert from 'node:assert/strict'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { LIMITS } from '../../src/limits.ts'
import { headcount, withFolder } from './support/program.ts'

const READER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  referer: 'https://blog.example/notes/?q=1',
}

describe('serve', { concurrency: 3 }, () => {
  test('a hit is in the report at most two seconds after its answer', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const answer = await fetch(`${server.url}/c.css`, { headers: READER })
      const answeredMs = performance.now()
      assert.equal(answer.status, 200)
      assert.equal(await answer.text(), '')

      const cookie = await logIn(server)
      const report = await fetch(`${server.url}/api/v1/sites/blog.example/report?period=today`, {
        headers: { cookie },
      })
      assert(performance.now() - answeredMs < 2_000)
      const { totals, top } = JSON.parse(await report.text())
      assert.equal(totals.pageViews, 1)
      assert.equal(top.path[0].value, '/notes/')

      const page = await fetch(`${server.url}/dashboard/blog.example?period=today`, { headers: { cookie } })
      assert.match(await page.text(), /\/notes\//)
      const byHand = await headcount(['report', '--data', dir, '--period', 'today', '--json'])
      assert.equal(JSON.parse(byHand.stdout).totals.pageViews, 1, byHand.stderr)
      assert.equal(await server.stop(), 0)
    })
  })

  test('SIGTERM closes the chunk, writes the tallies and gives the folder free', async () => {
    await withFolder(async (dir, serve) => {
      await writeFile(join(dir, 'headcount.toml'), 'sites = ["blog.example"]')
      const server = await serve(['--data', dir])
      await fetch(`${server.url}/c.css`, { headers: READER })
      await fetch(`${server.url}/c.css`, { headers: { ...READER, referer: 'https://else.example/' } })
      assert.equal(await server.stop('SIGTERM'), 0)
      const chunks = await readdir(join(dir, 'log'))
      assert.equal(chunks.length, 1)
      assert.match(chunks[0] ?? '', /(?<!\.open)\.ndjson$/)
      const { stdout } = await headcount(['ledger', '--data', dir, '--period', 'today', '--json'])
      const { ledger } = JSON.parse(stdout)
      assert.deepEqual(ledger, { received: 2, counted: 1, refused: { 'unknown-site': 1 } })
      const again = await serve(['--data', dir])
      assert.equal(await again.stop('SIGINT'), 0)
    })
  })

  test('two servers cannot share a folder, and the second says who holds it', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const second = await headcount(['serve', '--port', '0', '--data', dir])
      assert.equal(second.code, 1)
      assert.match(
        second.stderr,
        new RegExp(`headcount serve, process ${server.child.pid}.*\\(FOLDER_LOCKED`, 's'),
      )
      await server.stop('SIGKILL')
      const third = await serve(['--data', dir])
      assert.equal(await third.stop(), 0)
    })
  })

  test('a port in use is said to be so', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', join(dir, 'a')])
      const { port } = new URL(server.url)
      const { code, stderr } = await headcount(['serve', '--port', port, '--data', join(dir, 'b')])
      assert.equal(code, 1)
      assert.match(stderr, new RegExp(`port ${port}: something else listens there; .*\\(PORT_UNUSABLE`, 's'))
      await server.stop()
    })
  })

  test('without sites it listens to this machine only, and says the line to add', async () => {
    await withFolder(async (dir, serve) => {
      const { code, stderr } = await headcount(['serve', '--host', '0.0.0.0', '--port', '0', '--data', dir])
      assert.equal(code, 1)
      assert.match(stderr, /\n {2}sites = \["blog\.example\.org"\]\n/)
      await writeFile(join(dir, 'headcount.toml'), 'sites = ["blog.example"]')
      const server = await serve(['--host', '0.0.0.0', '--data', dir])
      assert.equal(await server.stop(), 0)
    })
  })

  test('what it writes is for its owner alone', async () => {
    await withFolder(async (dir, serve) => {
      const data = join(dir, 'data')
      const server = await serve(['--data', data])
      await fetch(`${server.url}/c.css`, { headers: READER })
      await server.stop()
      for (const entry of ['', 'log', 'segments', 'secrets.json']) {
        const { mode } = await stat(join(data, entry))
        assert.equal(mode & 0o077, 0, entry)
      }
      const secrets = await readFile(join(data, 'secrets.json'), 'utf8')
      assert.equal(JSON.parse(secrets).passwordHash, null)
    })
  })

  test('only the key or the password opens the dashboard, and a new password ends the sessions', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const closed = await fetch(`${server.url}/api/v1/sites`)
      assert.equal(closed.status, 401)
      const cookie = await logIn(server)
      assert.equal((await fetch(`${server.url}/api/v1/sites`, { headers: { cookie } })).status, 200)
      assert.match(
        await (await fetch(`${server.url}/metrics`, { headers: { cookie } })).text(),
        /^headcount_hits_waiting 0$/m,
      )

      await headcount(['password', '--data', dir], { stdin: 'correct horse battery' })
      const stale = async () => (await fetch(`${server.url}/api/v1/sites`, { headers: { cookie } })).status
      await until(async () => (await stale()) === 401)
      const body = new URLSearchParams({ password: 'correct horse battery' })
      const login = await fetch(`${server.url}/login`, { method: 'POST', body, redirect: 'manual' })
      assert.equal(login.status, 303)
      assert.match(login.headers.get('set-cookie') ?? '', /HttpOnly/)
      await server.stop()
    })
  })

  test('behind a proxy it answers under its base path, and nothing beside it', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir, '--base-path', '/stats', '--trust-proxy', '127.0.0.1'])
      assert.match(server.url, /\/stats$/)
      const origin = server.url.replace('/stats', '')
      assert.equal((await fetch(`${server.url}/c.css`, { headers: READER })).status, 200)
      assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
      assert.equal((await fetch(`${origin}/c.css`, { headers: READER })).status, 404)
      assert.equal((await fetch(`${origin}/statsx/c.css`, { headers: READER })).status, 404)
      const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' }
      const login = await fetch(`${server.url}/login?key=${server.key}`, {
        headers: forwarded,
        redirect: 'manual',
      })
      assert.match(login.headers.get('set-cookie') ?? '', /Path=\/stats\/;.*Secure/)
      await server.stop()
    })
  })

  test('a proxy that is not trusted is told of once', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const headers = { ...READER, 'x-forwarded-for': '192.0.2.7' }
      for (let hit = 0; hit < 3; hit++) await fetch(`${server.url}/c.css`, { headers })
      await server.stop()
      assert.equal(server.output().split('trust_proxy = ["127.0.0.1", "::1"]').length, 2)
      assert.doesNotMatch(server.output(), /192\.0\.2\.7/)
    })
  })

  test('a worker that dies is started anew, and collecting goes on', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const cookie = await logIn(server)
      const ask = () => fetch(`${server.url}/api/v1/sites/blog.example/report`, { headers: { cookie } })
      assert.equal((await ask()).status, 200)
      for (const pid of await childrenOf(server.child.pid ?? 0)) process.kill(pid, 'SIGKILL')
      assert.equal((await fetch(`${server.url}/c.css`, { headers: READER })).status, 200)
      await until(async () => (await ask()).status === 200)
      const metrics = await (await fetch(`${server.url}/metrics`, { headers: { cookie } })).text()
      assert.match(metrics, /^headcount_worker_starts_total 2$/m)
      await server.stop()
    })
  })

  test('a head that drips is answered 408 in time, and others are served meanwhile', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const begunMs = performance.now()
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      const dripping = setInterval(() => socket.write('X-Drip: drip\r\n'), 500)
      socket.write('GET /c.css HTTP/1.1\r\n')
      assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
      const answer = Buffer.concat(await Array.fromAsync(socket)).toString()
      clearInterval(dripping)
      assert.match(answer, /^HTTP\/1\.1 408 /)
      assert((performance.now() - begunMs) / 1_000 < LIMITS.headSeconds + 2)
      await server.stop()
    })
  })

  test('what is in flight when it is asked to stop is finished', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const { port } = new URL(server.url)
      const socket = connect(Number(port), '127.0.0.1')
      socket.write('GET /c.css HTTP/1.1\r\nHost: x\r\n')
      await new Promise((resolve) => setTimeout(resolve, 100))
      const stopped = server.stop()
      await until(async () => server.output().includes('Stopping'))
      socket.write('Referer: https://blog.example/\r\n\r\n')
      const answer = await Array.fromAsync(socket)
      assert.match(Buffer.concat(answer).toString(), /^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close\r\n/)
      assert.equal(await stopped, 0)
    })
  })
})

async function logIn({ url, key }: { url: string; key: string }): Promise<string> {
  const answer = await fetch(`${url}/login?key=${key}`, { redirect: 'manual' })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpMs = performance.now() + 8_000
  while (!(await holds())) {
    assert(performance.now() < giveUpMs, 'it did not happen within 8 seconds')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text
    .split(' ')
    .map(Number)
    .filter((child) => child > 0)
}
