import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

/** A new empty folder that goes when the test, or the file of tests, has ended. */
export async function aFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'headcount-log-'))
  after(() => rm(dir, { recursive: true, force: true }))
  return dir
}
