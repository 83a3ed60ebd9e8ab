import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { RawHit } from '../../src/hit.ts'
import { encodeRawHit } from '../../src/hit.ts'
import { CHUNK_HEADER, CLOSED_ENDING, OPEN_ENDING } from '../../src/log/chunk.ts'
import type { CompactionDeps } from '../../src/segment/compaction.ts'
import type { SegmentFiles } from '../../src/segment/files.ts'
import { nodeFiles } from '../../src/segment/files.ts'
import { openRawChunks } from '../../src/segment/raw-chunks.ts'
import type { RawChunks } from '../../src/segment/raw-chunks.ts'
import { openSegmentStore } from '../../src/segment/store.ts'
import { aHit } from '../a-hit.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
export const NOON = Date.UTC(2026, 10, 23, 12)

/** The machine's files without waiting for its disk: these tests cut no power. */
export const quickFiles: SegmentFiles = {
  ...nodeFiles,
  createFor: (path, bytes) => {
    const temporary = `${path}.${Math.random()}.tmp`
    writeFileSync(temporary, bytes)
    return Promise.resolve(temporary)
  },
  syncFolder: async () => undefined,
}

/** A data folder for one test: its log, its segments, its clock. */
export interface TestLibrary extends CompactionDeps {
  readonly dir: string
  readonly segments: string
  readonly log: RawChunks
  clockMs: number
  policy: CompactionDeps['policy']
  /** The same folder over other files: another process, or one that will crash. */
  over(files: SegmentFiles): TestLibrary
}

export function openLibrary(t: Pick<TestContext, 'after'>, zone = 'UTC'): TestLibrary {
  const dir = mkdtempSync(join(tmpdir(), 'headcount-segments-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  for (const folder of ['log', 'segments']) mkdirSync(join(dir, folder))
  return libraryIn(dir, zone, quickFiles)
}

function libraryIn(dir: string, zone: string, files: SegmentFiles): TestLibrary {
  const library: TestLibrary = {
    dir,
    segments: join(dir, 'segments'),
    log: openRawChunks(join(dir, 'log'), files),
    store: openSegmentStore(join(dir, 'segments'), files),
    policy: { prerender: 'refuse' },
    zoneOf: () => zone,
    clockMs: NOON,
    now: () => library.clockMs,
    over: (others) => ({
      ...libraryIn(dir, zone, others),
      now: () => library.clockMs,
      policy: library.policy,
    }),
  }
  return library
}

/** Adds a chunk as a writer leaves it. */
export function writeChunk({ dir }: TestLibrary, name: string, hits: readonly RawHit[]): void {
  writeLines(join(dir, 'log', name + CLOSED_ENDING), hits)
}

/** Adds a chunk that its writer may add to. */
export function writeOpenChunk({ dir }: TestLibrary, name: string, hits: readonly RawHit[]): void {
  writeLines(join(dir, 'log', name + OPEN_ENDING), hits)
}

function writeLines(path: string, hits: readonly RawHit[]): void {
  writeFileSync(path, `${[CHUNK_HEADER, ...hits.map(encodeRawHit)].join('\n')}\n`)
}

/** Closes a chunk that was written with `OPEN_ENDING`. */
export function closeChunk(library: TestLibrary, name: string): Promise<void> {
  const path = join(library.dir, 'log', name)
  return rename(path + OPEN_ENDING, path + CLOSED_ENDING)
}

/** Hits that differ in their paths: `/NAME/0`, `/NAME/1`, … */
export function namedHits(name: string, count: number, timeMs = NOON): readonly RawHit[] {
  return Array.from({ length: count }, (_, index) =>
    aHit({ path: `/${name}/${index}`, timeMs: timeMs + index }),
  )
}
