import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { headcount, withFolder } from './support/program.ts'

const CAMO = { 'user-agent': 'github-camo (876de43e)', accept: 'image/*', 'accept-language': '' }

test('a badge counts and shows in one request, through the proxy of a code host, and survives a restart', async () => {
  await withFolder(async (dir, serve) => {
    await writeFile(
      join(dir, 'headcount.toml'),
      'sites = ["blog.example"]\n[site."blog.example"]\nbadge = true\n',
    )
    const server = await serve(['--data', dir])
    const badge = `${server.url}/blog.example/badge`
    const first = await fetch(`${badge}.svg?count&p=/readme&start=41&label=visits`, { headers: CAMO })
    assert.equal(first.status, 200)
    assert.match(await first.text(), /<title>visits: 42<\/title>/)
    assert.equal(first.headers.get('cache-control'), 'no-cache, no-store, must-revalidate')
    assert.equal(first.headers.get('set-cookie'), null)

    const shown = await fetch(`${badge}.json?p=/readme`, { headers: CAMO })
    assert.equal(JSON.parse(await shown.text()).value, 1)
    const bot = await fetch(`${badge}.json?count&p=/readme`, { headers: { 'user-agent': 'curl/8.5.0' } })
    assert.equal(JSON.parse(await bot.text()).value, 1)
    await server.stop()

    const { stdout } = await headcount(['report', '--data', dir, '--by', 'path', '--json'])
    const { totals, top, ledger } = JSON.parse(stdout)
    assert.equal(totals.pageViews, 1)
    assert.equal(top.path[0].value, '/readme')
    assert.deepEqual(ledger, { received: 2, counted: 1, refused: { bot: 1 } })
  })
})

test('a badge of a site that is not open counts all the same, and tells nothing', async () => {
  await withFolder(async (dir, serve) => {
    await writeFile(join(dir, 'headcount.toml'), 'sites = ["blog.example"]\n')
    const server = await serve(['--data', dir])
    const answer = await fetch(`${server.url}/blog.example/badge.json?count&p=/`, { headers: CAMO })
    const { value, message } = JSON.parse(await answer.text())
    assert.deepEqual([value, message], [null, 'not public'])
    await server.stop()
    const { stdout } = await headcount(['report', '--data', dir, '--json'])
    assert.equal(JSON.parse(stdout).totals.pageViews, 1)
  })
})
