import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { PullFolder } from '../../../src/aws/pull/start.ts'
import { encodeRawHit } from '../../../src/hit.ts'
import { openFileLogReader } from '../../../src/log/file-log.ts'
import { diskFiles } from '../../../src/log/file-system.ts'

/** A data folder to pull into; it goes with the test file. */
export async function aPullFolder(): Promise<PullFolder & { readonly dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'headcount-pull-'))
  after(() => rm(dir, { recursive: true, force: true }))
  return pullFolderIn(dir)
}

export function pullFolderIn(dir: string): PullFolder & { readonly dir: string } {
  return { dir, log: join(dir, 'log'), progress: join(dir, 'aws', 'test-1.hits.json'), files: diskFiles }
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
