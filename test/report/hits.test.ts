import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { AppError } from '../../src/errors.ts'
import { seededRandom } from '../../src/main/demo/random.ts'
import { exportHits } from '../../src/report/hits.ts'
import type { HitsQuestion } from '../../src/report/hits.ts'
import { HITS_FORMATS } from '../../src/report/hits-format.ts'
import type { Row } from '../../src/row.ts'
import { COLUMNS } from '../../src/row.ts'
import type { TestLibrary } from '../segment/library.ts'
import { NOON, openLibrary, writeChunk } from '../segment/library.ts'
import { aHit } from '../a-hit.ts'
import { wallClock } from './recount.ts'
import { passing } from './recount-rows.ts'
import { aWorld, pick, randomQuestion, SITES } from './world.ts'

const NAMES = COLUMNS.map(({ name }) => name)

async function bytesOf(library: TestLibrary, question: HitsQuestion): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(exportHits(library, question)))
}

/** Rows of an exported file, by DuckDB; times as ISO 8601. */
async function readBack(
  dir: string,
  format: HitsQuestion['format'],
  bytes: Buffer,
): Promise<readonly string[]> {
  const file = join(dir, `hits.${format}`)
  writeFileSync(file, bytes)
  const duck = await (await DuckDBInstance.create()).connect()
  const from = {
    ndjson: `read_json('${file}', format = 'newline_delimited', columns = {${NAMES.map((name) => `"${name}": 'VARCHAR'`).join(', ')}})`,
    csv: `read_csv('${file}', all_varchar = true, header = true, quote = '"', escape = '"', delim = ',')`,
    parquet: `(SELECT * REPLACE (strftime(time AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS time) FROM '${file}')`,
  }[format]
  const columns = NAMES.map((name) => `"${name}"::VARCHAR AS "${name}"`).join(', ')
  const reader = await duck.runAndReadAll(`SELECT ${columns} FROM ${from}`)
  return reader.getRows().map((row) => JSON.stringify(row))
}

function asText(row: Row): string {
  return JSON.stringify(
    NAMES.map((name) => {
      const value = row[name]
      if (name === 'time') return new Date(row.time).toISOString()
      return value === null ? null : String(value)
    }),
  )
}

for (const format of HITS_FORMATS) {
  test(`hits as ${format} are those that a plain program keeps`, async (t) => {
    const random = seededRandom(7)
    const zone = 'Europe/Warsaw'
    const world = await aWorld(t, { random, zones: [zone, 'UTC'], middleMs: Date.parse('2026-10-25') })
    const { library, rows } = world
    const wall = wallClock(zone)
    for (let asked = 0; asked < 6; asked++) {
      const period = pick(random, ['2026-10-25', '2026-10-20..2026-10-27', '2026-10'])
      const { filters } = randomQuestion(random, rows, { site: SITES[0], period })
      const [from = '', to = from] = period === '2026-10' ? ['2026-10-01', '2026-10-31'] : period.split('..')
      const within = rows.filter(
        (row) =>
          row.site === SITES[0] && wall(row.time).slice(0, 10) >= from && wall(row.time).slice(0, 10) <= to,
      )
      const expected = passing(within, filters)
        .filter(({ weight }) => weight > 0)
        .map(({ row }) => asText(row))
      const bytes = await bytesOf(library, { site: SITES[0], period, filters, format })
      const found = await readBack(library.dir, format, bytes)
      assert.deepEqual(found.toSorted(), expected.toSorted(), JSON.stringify({ period, filters }))
    }
  })
}

test('hits come in order of time', async (t) => {
  const library = openLibrary(t)
  for (const part of [3, 1, 2])
    writeChunk(library, `2026-11-23T1${part}.w01.00001`, [aHit({ timeMs: NOON + part, path: `/${part}` })])
  const question = { site: 'blog.example.org', period: 'all', filters: [], format: 'ndjson' } as const
  const text = String(await bytesOf(library, question))
  assert.deepEqual(text.match(/"\/\d"/g), ['"/1"', '"/2"', '"/3"'])
})

test('an export that cannot be says so before its first bytes', async (t) => {
  const library = openLibrary(t)
  const hits = exportHits(library, { site: 'a.example', period: 'never', filters: [], format: 'csv' })
  await assert.rejects(hits.next(), (error) => error instanceof AppError && error.code === 'PERIOD_INVALID')
})

test('an export of no hits is a file without rows', async (t) => {
  const library = openLibrary(t)
  for (const format of HITS_FORMATS) {
    const bytes = await bytesOf(library, { site: 'a.example', period: '7d', filters: [], format })
    if (format !== 'ndjson') assert.deepEqual(await readBack(library.dir, format, bytes), [])
    else assert.equal(bytes.length, 0)
  }
})
