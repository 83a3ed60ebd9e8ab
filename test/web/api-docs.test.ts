import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { headcount, withFolder } from '../main/support/program.ts'

const ROOT = join(import.meta.dirname, '../..')
const TOOLS = join(ROOT, 'node_modules/.cache/api-tools/bin')

const BLOCKS = [...readFileSync(join(ROOT, 'docs/api.md'), 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].map(
  ([, block = '']) => block.trim(),
)

/** The one block that begins like this. */
function blockOf(start: string): string {
  const [block, ...others] = BLOCKS.filter((one) => one.startsWith(start))
  assert(block !== undefined && others.length === 0, start)
  return block
}

test('what docs/api.md says to type works as it stands there', async (context) => {
  const python = existsSync(join(TOOLS, 'python3'))
  if (!python && process.env['CI'] !== undefined) assert.fail('pandas is not installed: npm run api-tools')
  await withFolder(async (dir, serve) => {
    const data = join(dir, 'data')
    const scopes = ['read', 'count', 'export'].flatMap((scope) => ['--scope', scope])
    const made = await headcount(['token', 'make', 'docs', ...scopes, '--data', data])
    const server = await serve(['--data', data])
    const env = { URL: server.url, TOKEN: made.stdout.trim() }
    const type = (start: string) => run(blockOf(start), dir, env)

    const counted = await type('curl -s -H "Authorization: Bearer $TOKEN" -H \'Content-Type')
    assert.deepEqual(JSON.parse(counted), { received: 1, kept: 1, refused: [] })
    const report = await type(
      'curl -s -H "Authorization: Bearer $TOKEN" "$URL/api/v1/sites/blog.example.org/report',
    )
    assert.equal(JSON.parse(report).site, 'blog.example.org')

    await type(
      'curl -s -H "Authorization: Bearer $TOKEN" "$URL/api/v1/sites/blog.example.org/hits?format=parquet',
    )
    assert.deepEqual(await askDuck(dir, blockOf('duckdb')), [['/posts/hello', 1n]])
    if (python) assert.match(await type('python3'), /^Firefox +1$/m)
    else context.diagnostic('SKIPPED: pandas is not installed: npm run api-tools')
    await server.stop()
  })
})

async function run(command: string, cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const path = `${TOOLS}${delimiter}${process.env['PATH']}`
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: { ...process.env, ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 30_000,
  })
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
  assert.equal(child.exitCode, 0, `${command}\n${output}`)
  return output
}

/** Runs the statement of `duckdb -c "…"` in our own DuckDB, which is the same one without the command line. */
async function askDuck(dir: string, command: string): Promise<unknown> {
  const sql = /^duckdb -c "(.*)"$/s.exec(command)?.[1] ?? ''
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const answer = await connection.runAndReadAll(sql.replace('hits.parquet', join(dir, 'hits.parquet')))
  connection.closeSync()
  instance.closeSync()
  return answer.getRows()
}
