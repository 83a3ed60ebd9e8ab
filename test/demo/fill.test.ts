import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { decodeRawHit } from '../../src/hit.ts'
import { CHUNK_HEADER, parseChunkFile } from '../../src/log/chunk.ts'
import { fillDemo } from '../../src/main/demo/fill.ts'

const NOW_MS = Date.parse('2026-11-23T14:25:40Z')
const MINUTE = 60_000
const DAY = 86_400_000
const DAYS = 5

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'headcount-demo-'))
})
afterEach(async () => rm(dir, { recursive: true, force: true }))

test('a new folder gets one ordinary closed chunk a day, up to the current minute', async () => {
  await fillDemo(dir, NOW_MS, DAYS)
  const names = await readdir(join(dir, 'log'))
  assert.deepEqual(
    names.toSorted(),
    [19, 20, 21, 22, 23].map((day) => `2026-11-${day}T00.w00.00001.ndjson`),
  )
  assert.ok(names.every((name) => parseChunkFile(name)?.closed))
  const times = await timesIn(dir)
  assert.ok((times.at(-1) ?? Infinity) < NOW_MS)
  assert.ok((times.at(-1) ?? 0) > NOW_MS - 30 * MINUTE)
})

test('filling again in the same minute changes nothing', async () => {
  await fillDemo(dir, NOW_MS, DAYS)
  const before = await contents(dir)
  await fillDemo(dir, NOW_MS, DAYS)
  assert.deepEqual(await contents(dir), before)
})

test('a folder filled in steps holds the same hits as one filled at once, whatever was cut off on the way', async () => {
  await fillDemo(dir, NOW_MS, DAYS)
  const first = await contents(dir)
  await fillDemo(dir, NOW_MS + 7 * MINUTE, DAYS)
  await cutOff(dir, Math.floor(NOW_MS / MINUTE) * MINUTE, '2026-11-23T14.w00.00026')
  await fillDemo(dir, NOW_MS + 2 * DAY, DAYS)
  const stepped = await contents(dir)
  for (const [name, text] of first) if (name !== 'demo.json') assert.equal(stepped.get(name), text, name)

  await rm(dir, { recursive: true })
  await fillDemo(dir, NOW_MS + 2 * DAY, DAYS + 2)
  assert.deepEqual(linesIn(stepped), linesIn(await contents(dir)))
})

test('a folder that holds other hits is left as it is', async () => {
  await mkdir(join(dir, 'log'))
  await writeFile(join(dir, 'log', '2026-11-23T06.w01.00001.ndjson'), `${CHUNK_HEADER}\n`)
  await assert.rejects(fillDemo(dir, NOW_MS, DAYS), { code: 'FOLDER_UNUSABLE' })
  assert.equal((await readdir(join(dir, 'log'))).length, 1)
})

/** As if the program had died within a fill from `filledMs` on, before the chunk was written. */
async function cutOff(dir: string, filledMs: number, chunk: string): Promise<void> {
  const progress: unknown = JSON.parse(await readFile(join(dir, 'demo.json'), 'utf8'))
  await writeFile(join(dir, 'demo.json'), JSON.stringify({ ...Object(progress), filledMs }))
  await rm(join(dir, 'log', `${chunk}.ndjson`))
}

async function contents(dir: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(dir, { recursive: true }))
    .filter((name) => /\.(nd)?json$/.test(name))
    .toSorted()
  return new Map(
    await Promise.all(files.map(async (name) => [name, await readFile(join(dir, name), 'utf8')] as const)),
  )
}

/** All hits of all chunks as stored, sorted. */
function linesIn(contents: ReadonlyMap<string, string>): readonly string[] {
  const chunks = [...contents].filter(([name]) => name.endsWith('.ndjson'))
  return chunks.flatMap(([, text]) => text.split('\n').slice(1, -1)).toSorted()
}

async function timesIn(dir: string): Promise<readonly number[]> {
  const hits = linesIn(await contents(dir)).map(decodeRawHit)
  assert.ok(hits.every((hit) => hit !== null))
  return hits.map((hit) => hit?.timeMs ?? 0).toSorted((one, other) => one - other)
}
