import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createUserCheck } from '../../src/main/user-header.ts'
import { headcount, withFolder } from './support/program.ts'

test('a link is made, opens its site in a running server, and is worthless once revoked', async () => {
  await withFolder(async (dir, serve) => {
    await writeFile(join(dir, 'headcount.toml'), 'sites = ["blog.example", "diary.example"]\n')
    const made = await headcount(['share', 'make', 'blog.example', '--where', 'country=DE', '--data', dir])
    assert.equal(made.code, 0, made.stderr)
    assert.match(made.stdout, /^\/share\/[\w-]{43}\n$/)
    assert.match(made.stderr, /sees blog\.example where Country is Germany, until it is revoked/)
    const path = made.stdout.trim()
    const secret = path.slice('/share/'.length)
    assert.equal((await readFile(join(dir, 'secrets.json'), 'utf8')).includes(secret), false)

    const server = await serve(['--data', dir])
    const open = async () => (await fetch(`${server.url}${path}/blog.example`)).status
    assert.equal(await open(), 200)
    assert.equal((await fetch(`${server.url}${path}/diary.example`)).status, 404)

    const again = await headcount(['share', 'make', 'blog.example', '--data', dir])
    assert.equal(again.code, 2)
    assert.match(again.stderr, /there is one; revoke it first/)
    const { stdout } = await headcount(['share', 'list', '--data', dir])
    assert.equal(stdout, 'blog.example  blog.example where Country is Germany, until it is revoked\n')

    assert.equal((await headcount(['share', 'revoke', 'blog.example', '--data', dir])).code, 0)
    const deadline = performance.now() + 10_000
    while ((await open()) !== 404) assert(performance.now() < deadline, 'the link still opens')
    await server.stop()
  })
})

test('a link refuses what it cannot be', async () => {
  await withFolder(async (dir) => {
    await writeFile(join(dir, 'headcount.toml'), 'sites = ["blog.example"]\n')
    for (const [args, says] of [
      [['--days', '0'], /--days is "0", expected a whole number from 1 to 3650/],
      [['--name', 'a b'], /--name is "a b"/],
      [['--where', 'verdict=bot'], /verdict/],
      [['elsewhere.example'], /elsewhere\.example/],
    ] as const) {
      const { code, stderr, stdout } = await headcount(['share', 'make', ...args, '--data', dir])
      assert.notEqual(code, 0)
      assert.match(stderr, says)
      assert.equal(stdout, '')
    }
  })
})

describe('the header of a user', () => {
  const namesUser = createUserCheck({ trustUserHeader: 'Remote-User', trustProxy: ['192.0.2.0/24'] })
  const cases: readonly (readonly [address: string, headers: Record<string, string>, named: boolean])[] = [
    ['192.0.2.7', { 'remote-user': 'ada' }, true],
    ['::ffff:192.0.2.7', { 'remote-user': 'ada' }, true],
    ['198.51.100.7', { 'remote-user': 'ada' }, false],
    ['127.0.0.1', { 'remote-user': 'ada', 'x-forwarded-for': '192.0.2.7' }, false],
    ['192.0.2.7', { 'remote-user': ' ' }, false],
    ['192.0.2.7', { 'x-remote-user': 'ada' }, false],
    ['192.0.2.7', {}, false],
  ]
  for (const [address, headers, named] of cases) {
    test(`${JSON.stringify(headers)} from ${address} ${named ? 'names one' : 'says nothing'}`, () => {
      assert.equal(namesUser(address, headers), named)
    })
  }

  test('says nothing where the settings name none', () => {
    const none = createUserCheck({ trustUserHeader: null, trustProxy: ['192.0.2.0/24'] })
    assert.equal(none('192.0.2.7', { 'remote-user': 'ada' }), false)
  })
})
