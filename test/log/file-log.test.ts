import assert from 'node:assert/strict'
import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { encodeRawHit } from '../../src/hit.ts'
import { LIMITS } from '../../src/limits.ts'
import { CHUNK_HEADER } from '../../src/log/chunk.ts'
import type { FileLog, FileLogOptions } from '../../src/log/file-log.ts'
import { openFileLog, openFileLogReader } from '../../src/log/file-log.ts'
import { aHit } from '../a-hit.ts'
import { aFolder } from './folder.ts'
import { testHotLog } from './hot-log.contract.ts'
import { pathsIn } from './paths.ts'

const SIX = Date.UTC(2026, 10, 23, 6, 59)
const MINUTE = 60_000
const CHUNK = '2026-11-23T06.w01.00001'
const OPEN_FILE = `${CHUNK}.open.ndjson`
const CLOSED_FILE = `${CHUNK}.ndjson`
const A = `${encodeRawHit(aHit({ path: '/a' }))}\n`
const B = `${encodeRawHit(aHit({ path: '/b' }))}\n`

testHotLog('openFileLog', async () => {
  const dir = join(await aFolder(), 'log')
  return { open: () => openHere({ dir, now: () => SIX }) }
})

/** A log whose clock the test sets. */
async function aLog(over: { dir?: string } = {}) {
  const clock = { timeMs: SIX }
  const dir = over.dir ?? (await aFolder())
  return { dir, clock, log: await openHere({ dir, now: () => clock.timeMs }) }
}

async function openHere(options: FileLogOptions): Promise<FileLog> {
  const log = await openFileLog(options)
  after(() => log.close())
  return log
}

test('a chunk begins with its format version and holds one line a hit', async () => {
  const { dir, log } = await aLog()
  await log.append(aHit())
  const text = await readFile(join(dir, OPEN_FILE), 'utf8')
  assert.equal(text, `{"headcount":"log","version":1}\n${encodeRawHit(aHit())}\n`)
})

test('a chunk is closed at the end of its hour, by the next hit', async () => {
  const { dir, clock, log } = await aLog()
  await log.append(aHit({ path: '/a' }))
  clock.timeMs += MINUTE
  await log.append(aHit({ path: '/b' }))
  assert.deepEqual((await readdir(dir)).sort(), [CLOSED_FILE, '2026-11-23T07.w01.00002.open.ndjson'])
  assert.deepEqual(await pathsIn(log), ['/a', '/b'])
})

test('a chunk is closed at the end of its hour though no hit comes', async () => {
  const { dir, clock, log } = await aLog()
  await log.append(aHit())
  await log.tick()
  assert.deepEqual(await readdir(dir), [OPEN_FILE])
  clock.timeMs += MINUTE
  await log.tick()
  assert.deepEqual(await readdir(dir), [CLOSED_FILE])
})

test('whatever the clock does, names are new and part numbers rise', async () => {
  const { dir, clock, log } = await aLog()
  const jumps = [0, 2 * 60, -60, 0, -365 * 24 * 60, 60]
  for (const [number, jump] of jumps.entries()) {
    clock.timeMs = SIX + jump * MINUTE
    await log.append(aHit({ path: `/${number}` }))
  }
  await log.close()
  const parts = (await readdir(dir)).map((file) => Number(file.split('.')[2]))
  assert.deepEqual(new Set(parts), new Set([1, 2, 3, 4, 5, 6]))
  assert.deepEqual(new Set(await pathsIn(log)), new Set(['/0', '/1', '/2', '/3', '/4', '/5']))
})

test('part numbers go on after a restart', async () => {
  const { dir, log } = await aLog()
  await log.append(aHit())
  await log.close()
  const again = await aLog({ dir })
  await again.log.append(aHit())
  assert.deepEqual((await readdir(dir)).sort(), [CLOSED_FILE, '2026-11-23T06.w01.00002.open.ndjson'])
})

test('a chunk never grows beyond its limit', async () => {
  const { log } = await aLog()
  const long = aHit({ headers: { 'user-agent': 'x'.repeat(800) } })
  const rounds = Math.ceil(LIMITS.chunkBytesMax / 800 / LIMITS.queueHitsMax) + 1
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(Array.from({ length: LIMITS.queueHitsMax }, () => log.append(long)))
  }
  const chunks = await log.chunks()
  assert.equal(chunks.length, 2)
  for (const chunk of chunks) assert.ok(chunk.bytes <= LIMITS.chunkBytesMax)
})

test('an open chunk without hits that a crash left behind is removed', async () => {
  const dir = await aFolder()
  await writeFile(join(dir, OPEN_FILE), `${CHUNK_HEADER}\n`)
  await openFileLog({ dir, now: () => SIX })
  assert.deepEqual(await readdir(dir), [])
})

test('a copy that holds a chunk both open and closed loses nothing of the closed one', async () => {
  const dir = await aFolder()
  await writeFile(join(dir, OPEN_FILE), `${CHUNK_HEADER}\n${A}`)
  await writeFile(join(dir, CLOSED_FILE), `${CHUNK_HEADER}\n${A}${B}`)
  const log = await openHere({ dir, now: () => SIX })
  assert.deepEqual(await readdir(dir), [CLOSED_FILE])
  assert.deepEqual(await pathsIn(log), ['/a', '/b'])
})

test('files that are no chunks are left alone', async () => {
  const dir = await aFolder()
  const others = ['notes.ndjson', '2026-11-23T06.w01.00001.ndjson.bak', 'x.open.ndjson']
  for (const file of others) await writeFile(join(dir, file), 'x')
  const log = await openFileLog({ dir, now: () => SIX })
  assert.deepEqual(await log.chunks(), [])
  assert.deepEqual((await readdir(dir)).sort(), others.sort())
})

test('a folder that cannot be made is told of', async () => {
  const dir = join(await aFolder(), 'file')
  await writeFile(dir, '')
  await assert.rejects(openFileLog({ dir: join(dir, 'log'), now: () => SIX }), { code: 'FOLDER_UNUSABLE' })
})

/** A closed chunk of these bytes behind its first line, read. */
async function readBytes(bytes: string | Buffer) {
  const dir = await aFolder()
  const path = join(dir, CLOSED_FILE)
  await writeFile(path, `${CHUNK_HEADER}\n`)
  await appendFile(path, bytes)
  const batches = await Array.fromAsync(openFileLogReader(dir).read(CHUNK))
  return {
    paths: batches.flatMap((batch) => batch.hits.map((hit) => hit.path)),
    damaged: batches.reduce((sum, batch) => sum + batch.damaged, 0),
    position: batches.at(-1)?.position,
  }
}

test('what follows the last line end is no hit', async () => {
  const { paths, damaged, position } = await readBytes(A + B.slice(0, -1))
  assert.deepEqual({ paths, damaged }, { paths: ['/a'], damaged: 0 })
  assert.equal(position, CHUNK_HEADER.length + 1 + A.length)
})

const LONG = 600_000
const DAMAGES: [what: string, damage: Buffer, lines: number][] = [
  ['zeros', Buffer.from('\0'.repeat(512)), 1],
  ['zeros beyond what is read at once', Buffer.alloc(LONG), 1],
  ['half a line', Buffer.from(A.slice(0, 20)), 1],
  ['noise with line ends', Buffer.from('\x01\n\n}{\n\xff', 'latin1'), 4],
  ['bytes that are no UTF-8 inside a line', Buffer.from('{"t":1,"p":"/\xc3"}', 'latin1'), 1],
]

for (const [what, damage, lines] of DAMAGES) {
  test(`after a power loss the lines around ${what} are read`, async () => {
    const bytes = Buffer.concat([Buffer.from(A), damage, Buffer.from(`\n${B}`)])
    const { paths, damaged } = await readBytes(bytes)
    assert.deepEqual({ paths, damaged }, { paths: ['/a', '/b'], damaged: lines })
  })
}

test('a hit at the end of a line that began with too many zeros is none', async () => {
  assert.deepEqual((await readBytes(Buffer.concat([Buffer.alloc(LONG), Buffer.from(A + B)]))).paths, ['/b'])
})

test('a chunk of a later format is refused, not skipped', async () => {
  const dir = await aFolder()
  await writeFile(join(dir, CLOSED_FILE), '{"headcount":"log","version":2}\n{"t":1}\n')
  await assert.rejects(Array.fromAsync(openFileLogReader(dir).read(CHUNK)), {
    code: 'LOG_TOO_NEW',
    message: /format version is 2, and this program knows versions up to 1/,
  })
})

test('a chunk whose first line is damaged is read all the same', async () => {
  const dir = await aFolder()
  await writeFile(join(dir, CLOSED_FILE), `\0\0\n${A}`)
  const [batch] = await Array.fromAsync(openFileLogReader(dir).read(CHUNK))
  assert.deepEqual([batch?.hits.length, batch?.damaged], [1, 1])
})

test('a chunk of many blocks is read whole, in batches', async () => {
  const count = 5_000
  const { paths } = await readBytes(
    Array.from(
      { length: count },
      (_, n) => encodeRawHit(aHit({ path: `/${n}/${'é'.repeat(100)}` })) + '\n',
    ).join(''),
  )
  assert.deepEqual(
    paths.map((path) => Number(path?.split('/')[1])),
    Array.from({ length: count }, (_, n) => n),
  )
})

const LISTINGS: [what: string, first: string[], second: string[]][] = [
  ['under neither name', [], [CLOSED_FILE]],
  ['under both names', [OPEN_FILE, CLOSED_FILE], [CLOSED_FILE]],
  ['under its old name', [OPEN_FILE], [OPEN_FILE]],
]

for (const [what, ...listings] of LISTINGS) {
  test(`a chunk that is closed while the folder is listed, and shows ${what}, is there once`, async () => {
    const dir = await aFolder()
    await writeFile(join(dir, CLOSED_FILE), CHUNK_HEADER)
    const reader = openFileLogReader(dir, { list: async () => listings.shift() ?? [] })
    assert.deepEqual(await reader.chunks(), [{ name: CHUNK, closed: true, bytes: CHUNK_HEADER.length }])
  })
}

test('a chunk that is removed while the folder is listed is not there', async () => {
  const reader = openFileLogReader(await aFolder(), { list: async () => [OPEN_FILE, CLOSED_FILE] })
  assert.deepEqual(await reader.chunks(), [])
})

test('a folder that is not there holds no chunks', async () => {
  assert.deepEqual(await openFileLogReader(join(await aFolder(), 'missing')).chunks(), [])
})
