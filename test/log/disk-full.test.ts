import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFileLog } from '../../src/log/file-log.ts'
import type { HotLog } from '../../src/log/hot-log.ts'
import { aHit } from '../a-hit.ts'
import { aFolder } from './folder.ts'
import { pathsIn } from './paths.ts'

/** Mounts a file system of 1 MiB on the folder; false where this user may not. */
function mountSmallDisk(dir: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

test('on a real disk that is full hits are refused until there is room, and none is lost', async (context) => {
  const disk = await aFolder()
  if (!mountSmallDisk(disk)) return context.skip('mounting a small file system needs root')
  try {
    await fillAndFree(disk)
  } finally {
    execFileSync('umount', [disk])
  }
})

async function fillAndFree(disk: string): Promise<void> {
  const told: string[] = []
  const report = (line: string) => told.push(line)
  const options = { dir: join(disk, 'data', 'log'), now: () => Date.UTC(2026, 10, 23, 6), report }
  await writeFile(join(disk, 'filler'), Buffer.alloc(500_000))
  const log = await openFileLog(options)

  const first = await appendAll(log, 'first', 4_000)
  assert.ok(first.kept.length > 0 && first.refused > 0)
  assert.match(told.join('\n'), /^Cannot write the hot log: .*(ENOSPC|bytes were written)/)
  const full = await appendAll(log, 'full', 100)
  assert.deepEqual(full.kept, [])
  assert.equal(told.length, 1)

  await rm(join(disk, 'filler'))
  const freed = await appendAll(log, 'freed', 500)
  assert.equal(freed.refused, 0)
  await log.close()

  const again = await openFileLog(options)
  const paths = await pathsIn(again)
  await again.close()
  assert.equal(new Set(paths).size, paths.length)
  const lost = [...first.kept, ...freed.kept].filter((path) => !paths.includes(path))
  assert.deepEqual(lost, [])
}

async function appendAll(log: HotLog, name: string, count: number) {
  const kept: string[] = []
  let refused = 0
  const headers = { 'user-agent': 'x'.repeat(150) }
  for (let sent = 0; sent < count; sent += 20) {
    const paths = Array.from({ length: 20 }, (_, number) => `/${name}/${sent + number}`)
    const answers = await Promise.allSettled(paths.map((path) => log.append(aHit({ path, headers }))))
    kept.push(...paths.filter((_, index) => answers[index]?.status === 'fulfilled'))
    refused += answers.filter((answer) => answer.status === 'rejected').length
  }
  return { kept, refused }
}
