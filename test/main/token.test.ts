import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { headcount, withFolder } from './support/program.ts'

describe('token', { concurrency: 2 }, () => {
  test('a token is printed once, kept as a hash, listed and revoked', async () => {
    await withFolder(async (dir) => {
      const make = ['token', 'make', 'grafana', '--data', dir, '--scope', 'read', '--scope', 'export']
      const made = await headcount(make)
      assert.equal(made.code, 0, made.stderr)
      assert.match(made.stdout, /^hc_[\w-]{43}\n$/)
      const file = await readFile(join(dir, 'secrets.json'), 'utf8')
      assert(!(file + made.stderr).includes(made.stdout.trim()))

      const again = await headcount(make)
      assert.equal(again.code, 2)
      assert.match(again.stderr, /Cannot make token "grafana": there is one/)

      const listed = await headcount(['token', 'list', '--data', dir])
      assert.match(listed.stdout, /^grafana {2}\d{4}-\S+Z {2}read, export\n$/)
      assert.equal((await headcount(['token', 'revoke', 'grafana', '--data', dir])).code, 0)
      assert.equal((await headcount(['token', 'list', '--json', '--data', dir])).stdout, '[]\n')
      assert.equal((await headcount(['token', 'revoke', 'grafana', '--data', dir])).code, 2)
    })
  })

  test('a wrong name or scope is refused by name', async () => {
    await withFolder(async (dir) => {
      const name = await headcount(['token', 'make', 'a b', '--data', dir])
      assert.equal(name.code, 2)
      assert.match(name.stderr, /NAME is "a b", expected letters/)
      const scope = await headcount(['token', 'make', 'a', '--scope', 'write', '--data', dir])
      assert.match(scope.stderr, /--scope is "write", expected read, count, export/)
    })
  })

  test('a running server takes tokens up and lets them go, and a new password keeps them', async () => {
    await withFolder(async (dir, serve) => {
      const server = await serve(['--data', dir])
      const secret = (await headcount(['token', 'make', 'a', '--data', dir])).stdout.trim()
      const status = async () =>
        (await fetch(`${server.url}/api/v1/sites`, { headers: { authorization: `Bearer ${secret}` } })).status
      await until(async () => (await status()) === 200)
      await headcount(['password', '--data', dir], { stdin: 'correct horse battery' })
      assert.match((await headcount(['token', 'list', '--data', dir])).stdout, /^a /)
      await headcount(['token', 'revoke', 'a', '--data', dir])
      await until(async () => (await status()) === 401)
      await server.stop()
    })
  })
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpMs = performance.now() + 10_000
  while (!(await holds())) {
    assert(performance.now() < giveUpMs, 'it did not happen within 10 seconds')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
