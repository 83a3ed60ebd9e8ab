import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { COLUMNS } from '../../src/row.ts'
import { compact } from '../../src/segment/compaction.ts'
import { rederive } from '../../src/segment/rederive.ts'
import { aHit } from '../a-hit.ts'
import { DAY_MS, NOON, openLibrary, writeChunk } from './library.ts'

const TEXT = readFileSync(join(import.meta.dirname, '../../docs/columns.md'), 'utf8')

for (const { name, type, nullMeans, since } of COLUMNS) {
  test(`docs/columns.md says what ${name} is`, () => {
    const line = TEXT.split(`### ${name}\n\n`)[1]?.split('\n')[0] ?? ''
    const meaning = nullMeans === undefined ? 'never null' : `null: ${nullMeans.replaceAll('’', "'")}`
    assert.match(line, new RegExp(`^${type}[^;]*; ${meaning}; since version ${since}\\.`, 'i'))
  })
}

test('the statements of docs/columns.md read each hit once, superseded segments notwithstanding', async (t) => {
  const library = openLibrary(t)
  library.clockMs = NOON + DAY_MS
  for (const part of [1, 2]) {
    writeChunk(library, `2026-11-23T0${part}.w01.0000${part}`, [
      aHit({ path: '/a' }),
      aHit({ path: `/${part}` }),
    ])
  }
  writeChunk(library, '2026-11-24T01.w01.00003', [aHit({ path: '/a' })])
  await compact(library)
  await rederive({ ...library, policy: { prerender: 'count' } })
  const sql = /```sql\n([^`]+)```/.exec(TEXT)?.[1]?.replaceAll('segments/v1', library.segments) ?? ''
  const duck = await (await DuckDBInstance.create()).connect()
  const last = sql.lastIndexOf('SELECT path')
  await duck.run(sql.slice(0, last))
  const rows = await duck.runAndReadAll(sql.slice(last))
  assert.deepEqual(
    rows
      .getRows()
      .map(([path, views]) => `${String(path)} ${String(views)}`)
      .sort(),
    ['/1 1', '/2 1', '/a 3'],
  )
})
