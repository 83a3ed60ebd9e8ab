import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { encodeProgress } from '../../../src/aws/pull/progress.ts'
import type { PullFolder } from '../../../src/aws/pull/start.ts'
import { encodeRawHit } from '../../../src/hit.ts'
import { openFileLogReader } from '../../../src/log/file-log.ts'
import type { FileSystem } from '../../../src/log/file-system.ts'
import { diskFiles } from '../../../src/log/file-system.ts'

/** A data folder to pull into; it goes with the test file. */
export async function aPullFolder(): Promise<PullFolder> {
  const dir = await mkdtemp(join(tmpdir(), 'headcount-pull-'))
  after(() => rm(dir, { recursive: true, force: true }))
  return { log: join(dir, 'log'), progress: join(dir, 'aws', 'test-1.hits.json'), files: diskFiles }
}

/** Lets a pull begin at that hour, so that a year of empty days need not be asked for. */
export async function beginAt(progress: string, wholeUntilMs: number): Promise<void> {
  const nothing = { cursors: new Map(), keys: new Set<string>(), mark: null, unclaimed: [] }
  await mkdir(dirname(progress), { recursive: true })
  await writeFile(progress, encodeProgress({ writer: 'a01', wholeUntilMs, ...nothing }))
}

/** Lines of all hits in a log, sorted. */
export async function linesIn(log: string): Promise<readonly string[]> {
  const reader = openFileLogReader(log)
  const lines: string[] = []
  for (const { name } of await reader.chunks()) {
    for await (const { hits } of reader.read(name)) lines.push(...hits.map(encodeRawHit))
  }
  return lines.sort()
}

/** The machine's own, without waiting for the disk. */
export const quickFiles: FileSystem = {
  ...diskFiles,
  create: async (path) => ({ ...(await diskFiles.create(path)), sync: async () => undefined }),
  sync: async () => undefined,
}
