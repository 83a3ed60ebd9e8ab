import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { headcount, withFolder } from '../main/support/program.ts'

const PROGRAM = join(import.meta.dirname, '../../node_modules/.cache/api-tools/bin/schemathesis')
const CONFIG = join(import.meta.dirname, 'schemathesis.toml')
const SECONDS = 15

const READER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0',
  referer: 'http://blog.example.org/posts/hello',
}

/** Why Schemathesis cannot run, which is then said aloud. @throws {Error} in CI, where nothing may be skipped */
function whyNot(): string | false {
  const missing = existsSync(PROGRAM) ? false : 'Schemathesis is not installed: npm run api-tools'
  if (missing !== false && process.env['CI'] !== undefined) throw new Error(missing)
  if (missing !== false) process.stderr.write(`SKIPPED: ${missing}\n`)
  return missing
}

describe('the API of a running server', { skip: whyNot() }, () => {
  test('keeps to its own description, whatever it is asked', async () => {
    await withFolder(async (dir, serve) => {
      const reading = await makeToken('reading', dir)
      const counting = await makeToken('counting', dir)
      const server = await serve(['--data', dir])
      await fetch(`${server.url}/c.css`, { headers: READER })
      const outcomes = await Promise.all([
        ask(server.url, ['--include-method', 'GET', '--header', `Authorization: Bearer ${reading}`]),
        ask(server.url, ['--include-method', 'POST', '--header', `Authorization: Bearer ${counting}`]),
      ])
      for (const { code, output } of outcomes) assert.equal(code, 0, output)
      assert.equal(await server.stop(), 0)
    })
  })
})

async function makeToken(name: string, dir: string): Promise<string> {
  const scopes = ['read', 'count', 'export'].flatMap((scope) => ['--scope', scope])
  const { stdout, stderr } = await headcount(['token', 'make', name, ...scopes, '--data', dir])
  assert.match(stdout, /^hc_/, stderr)
  return stdout.trim()
}

async function ask(url: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const bounds = ['--max-time', String(SECONDS), '--max-examples', '25', '--seed', '1']
  const phases = ['--phases', 'examples,coverage,fuzzing']
  const child = spawn(
    PROGRAM,
    ['--config-file', CONFIG, 'run', `${url}/api/v1/openapi.json`, ...bounds, ...phases, ...args],
    {
      // It keeps notes where it is run.
      cwd: tmpdir(),
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 2_000 * SECONDS + 30_000,
      env: {
        ...process.env,
        NO_COLOR: '1',
        PYTHONPATH: import.meta.dirname,
        SCHEMATHESIS_HOOKS: 'schemathesis_hooks',
      },
    },
  )
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { code: child.exitCode, output }
}
