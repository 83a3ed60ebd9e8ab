import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Question } from '../../src/report/report.ts'
import { openReporter } from '../../src/report/reporter.ts'
import { compact } from '../../src/segment/compaction.ts'
import type { FileColumn } from '../../src/segment/parquet.ts'
import { decodeFooter, decodeParquet, encodeParquet } from '../../src/segment/parquet.ts'
import { aHit } from '../a-hit.ts'
import { NOON, openLibrary, writeChunk } from '../segment/library.ts'

const CHUNK = '2026-11-23T12.w01.00001'
const QUESTION: Question = {
  site: 'blog.example.org',
  period: '7d',
  compare: 'none',
  filters: [],
  by: ['path', 'event'],
  limit: 10,
}

/** Writes a Parquet file of strings and numbers anew, as a version before some columns did. */
async function age(path: string, without: readonly string[], notes: Record<string, string>): Promise<void> {
  const bytes = readFileSync(path)
  const footer = decodeFooter(bytes)
  const [group] = await Array.fromAsync(decodeParquet(bytes))
  const columns = [...(group ?? [])]
    .filter(([name]) => !without.includes(name))
    .map(([name, values]): FileColumn => {
      const isNumber = values.some((value) => typeof value === 'number')
      const type = name === 'time' ? 'TIMESTAMP' : isNumber ? 'INT32' : 'STRING'
      return { name, type, nullable: true, statistics: false, cells: (from, to) => values.slice(from, to) }
    })
  writeFileSync(path, await encodeParquet(footer.rows, columns, { ...footer.notes, ...notes }))
}

test('segments and roll-ups of an older version are read for what they hold, until they are made again', async (t) => {
  const library = openLibrary(t)
  const end = { kind: 'event', event: 'end', timeMs: NOON } as const
  writeChunk(library, CHUNK, [aHit({ timeMs: NOON }), aHit({ timeMs: NOON, viewNumber: 1 }), aHit(end)])
  await compact(library)
  const rollup = library.store.rollupPathOf(CHUNK)
  await age(library.store.pathOf(CHUNK), ['scripts'], {})
  await age(rollup, ['moved_views', 'numbers', 'ends', 'windows', 'scripted_views', 'unsure_views'], {
    'headcount.rollup': '1',
  })
  const ask = async () => {
    const reporter = await openReporter(library)
    const { totals, top, reading, read } = await reporter.ask(QUESTION)
    await reporter.close()
    return { totals, top, reading, rollups: read.rollups }
  }
  const scanned = await ask()
  assert.deepEqual(
    [scanned.totals.pageViews, scanned.totals.visitors, scanned.reading, scanned.rollups],
    [2, 1, { ends: 1, views: 2, unsure: 2 }, false],
  )
  assert.equal((await compact(library)).rollups, 1)
  assert.deepEqual(await ask(), { ...scanned, rollups: true })
})
