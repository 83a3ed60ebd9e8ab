import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { AppError } from '../../src/errors.ts'
import { encodeRawHit } from '../../src/hit.ts'
import { CHUNK_HEADER, CLOSED_ENDING } from '../../src/log/chunk.ts'
import { createExporter } from '../../src/main/exporting.ts'
import { dataFolder } from '../../src/main/folder.ts'
import { parseSettings } from '../../src/parse-settings.ts'
import type { HitsQuestion } from '../../src/report/hits.ts'
import { aHit } from '../a-hit.ts'
import { headcount, withFolder } from './support/program.ts'

const DAY = '2026-11-23'
const SITE = 'blog.example.org'
const HITS: HitsQuestion = { site: SITE, period: DAY, filters: [], format: 'ndjson' }

async function writeHits(dir: string, paths: readonly string[]): Promise<void> {
  const lines = paths.map((path, index) => encodeRawHit(aHit({ timeMs: Date.parse(DAY) + index, path })))
  await mkdir(join(dir, 'log'))
  await writeFile(
    join(dir, 'log', `${DAY}T00.w01.00001${CLOSED_ENDING}`),
    [CHUNK_HEADER, ...lines, ''].join('\n'),
  )
}

function exporterOf(dir: string) {
  const settings = parseSettings({ toml: '', file: '', env: {}, flags: {}, timezone: 'UTC' })
  return createExporter({ folder: dataFolder(dir), settings })
}

function hasCode(code: string) {
  return (error: unknown): boolean => error instanceof AppError && error.code === code
}

describe('hits leave', { concurrency: 2 }, () => {
  test('by command: to stdout, into a file that appears whole, and only those that pass', async () => {
    await withFolder(async (dir) => {
      await writeHits(dir, ['/a', '/blog/x', '/blog/y'])
      const command = ['export', SITE, '--data', dir, '--period', DAY]
      const lines = await headcount([...command, '--where', 'path=/blog/*'])
      assert.deepEqual(lines.stdout.match(/\/blog\/./g), ['/blog/x', '/blog/y'], lines.stderr)
      const file = join(dir, 'hits.csv')
      const written = await headcount([...command, '--format', 'csv', '--output', file])
      assert.deepEqual([written.code, written.stdout], [0, ''])
      assert.equal((await readFile(file, 'utf8')).split('\r\n').length, 5)
      const refused = await headcount([...command, '--format', 'xml'])
      assert.deepEqual([refused.code, refused.stdout], [2, ''])
      assert.match(refused.stderr, /--format is "xml", expected ndjson, csv, parquet/)
    })
  })

  test('from the server, byte for byte as by command', async () => {
    await withFolder(async (dir) => {
      await writeHits(dir, ['/a', '/b'])
      const bytes = await buffer(await exporterOf(dir)(HITS))
      const command = await headcount(['export', SITE, '--data', dir, '--period', DAY])
      assert.equal(String(bytes), command.stdout)
    })
  })

  test('from the server not at all where the question is wrong, and so many at a time', async () => {
    await withFolder(async (dir) => {
      await writeHits(dir, ['/a'])
      const start = exporterOf(dir)
      await assert.rejects(start({ ...HITS, period: 'never' }), hasCode('PERIOD_INVALID'))
      const begun = await Promise.allSettled([start(HITS), start(HITS), start(HITS)])
      const [first, second, third] = begun
      assert.deepEqual([first.status, second.status, third.status], ['fulfilled', 'fulfilled', 'rejected'])
      assert(third.status === 'rejected' && hasCode('EXPORT_BUSY')(third.reason))
      for (const one of [first, second]) if (one.status === 'fulfilled') await buffer(one.value)
    })
  })

  test('no further than their reader wants', async () => {
    await withFolder(async (dir) => {
      const paths = Array.from({ length: 20_000 }, (_, index) => `/${'long'.repeat(100)}/${index}`)
      await writeHits(dir, paths)
      const bytes = await exporterOf(dir)(HITS)
      await once(bytes, 'readable')
      bytes.destroy()
      await once(bytes, 'close')
      assert.equal(bytes.destroyed, true)
    })
  })
})
