import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openFileLog } from '../../src/log/file-log.ts'
import { aHit } from '../a-hit.ts'
import { headcount, MAIN, withFolder } from './support/program.ts'

const FIREFOX = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

describe('maintenance by hand', { concurrency: 2 }, () => {
  test('compact and verify agree, and verify names the chunk that was changed since', async () => {
    await withFolder(async (dir) => {
      await writeHits(dir, ['/a', '/b', '/b'])
      const compacted = await headcount(['compact', '--data', dir])
      assert.deepEqual([compacted.code, compacted.stdout], [0, ''])
      assert.match(compacted.stderr, /^Compacted 1 chunk with 3 hits/)
      const sound = await headcount(['verify', '--data', dir])
      assert.deepEqual([sound.code, sound.stdout], [0, ''], sound.stderr)

      const [chunk = ''] = await readdir(join(dir, 'log'))
      const text = await readFile(join(dir, 'log', chunk), 'utf8')
      await writeFile(join(dir, 'log', chunk), text.replace('"/b"', '"/x"'))
      const damaged = await headcount(['verify', '--data', dir])
      assert.equal(damaged.code, 1)
      assert.match(damaged.stdout, new RegExp(`^chunk ${chunk.replace('.ndjson', '')}, segment `))
    })
  })

  test('reports come as text, CSV and JSON, and a filter narrows them', async () => {
    await withFolder(async (dir) => {
      await writeHits(dir, ['/a', '/b', '/b'])
      const report = ['report', '--data', dir, '--period', 'today', '--by', 'path']
      const text = await headcount(report)
      assert.match(text.stdout, /^\/b +2\b/m, text.stderr)
      assert.match((await headcount([...report, '--csv'])).stdout, /^path,\/b,,2,/m)
      const json = await headcount([...report, '--json', '--where', 'path=/a'])
      const { totals, top } = JSON.parse(json.stdout)
      assert.deepEqual([totals.pageViews, Object.keys(top)], [1, ['path']])
      const misspelt = await headcount(['report', 'blog.example', '--data', dir])
      assert.equal(misspelt.code, 1)
      assert.match(
        misspelt.stderr,
        /"blog\.example": neither settings nor hits name it; there are blog\.example\.org\n\(SITE_UNKNOWN/,
      )
    })
  })

  test('forget wants the folder to itself, and then takes out what it is told', async () => {
    await withFolder(async (dir, serve) => {
      await writeHits(dir, ['/a', '/b', '/b'])
      const forget = ['forget', 'blog.example.org', '--path', '/b', '--data', dir]
      const server = await serve(['--data', dir])
      const refused = await headcount(forget)
      assert.equal(refused.code, 1)
      assert.match(refused.stderr, /\(FOLDER_LOCKED/)
      await server.stop('SIGKILL')

      const done = await headcount(forget)
      assert.equal(done.code, 0, done.stderr)
      assert.match(done.stderr, /^Forgot 2 hits/m)
      const bytes = await Promise.all(
        ['log', 'segments/v1'].flatMap(async (folder) => {
          const names = await readdir(join(dir, folder))
          return Promise.all(names.map((name) => readFile(join(dir, folder, name), 'latin1')))
        }),
      )
      assert.doesNotMatch(bytes.flat().join(''), /"\/b"/)
      const { stdout, stderr } = await headcount(['ledger', '--data', dir, '--period', 'today', '--json'])
      assert.equal(stderr, '')
      assert.equal(JSON.parse(stdout).ledger.received, 1)
    })
  })

  test('tail prints hits as they come, and only those', async () => {
    await withFolder(async (dir, serve) => {
      await writeHits(dir, ['/old'])
      const server = await serve(['--data', dir])
      const tail = spawn(process.execPath, [MAIN, 'tail', '--data', dir])
      await once(tail.stderr, 'data')
      await fetch(`${server.url}/blog.example.org/c.css?p=/new`, { headers: FIREFOX })
      const [line] = await once(tail.stdout, 'data')
      assert.match(String(line), /^\S+Z view blog\.example\.org \/new Firefox Linux desktop - - counted\n$/)
      tail.kill()
    })
  })
})

/** Writes page views of today and closes their chunk. */
async function writeHits(dir: string, paths: readonly string[]): Promise<void> {
  const log = await openFileLog({ dir: join(dir, 'log'), now: Date.now })
  for (const path of paths) {
    await log.append(aHit({ site: 'blog.example.org', path, timeMs: Date.now(), headers: FIREFOX }))
  }
  await log.close()
}
