import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CLOSED_ENDING } from '../src/log/chunk.ts'
import { fillDemo } from '../src/main/demo/fill.ts'
import { createFolder, dataFolder } from '../src/main/folder.ts'
import { currentSegments } from '../src/segment/lineage.ts'
import { openSegmentStore } from '../src/segment/store.ts'
import type { Figure } from './figures.ts'
import { digits } from './figures.ts'
import { runOnCore } from './process.ts'

const NOW_MS = Date.UTC(2026, 10, 23, 12)

/** Bytes on disk for each hit of the demo year: in chunks, in segments, and in the roll-ups beside them. */
export async function benchSize(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'headcount-bench-size-'))
  try {
    await createFolder(dataFolder(dir))
    await fillDemo(dir, NOW_MS)
    const chunks = readdirSync(join(dir, 'log')).filter((name) => name.endsWith(CLOSED_ENDING))
    const paths = chunks.map((name) => join(dir, 'log', name))
    const hits = paths.reduce((sum, path) => sum + readFileSync(path, 'utf8').split('\n').length - 2, 0)
    const figure = (what: string, bytes: number): Figure => {
      return { what: `bytes a hit, ${what}`, measured: `${digits(bytes / 1e6)} MB`, value: bytes / hits }
    }
    const kept = await compacted(dir)
    return [
      { ...figure('chunks', bytesOf(paths)), aim: { atMost: 250 } },
      { ...figure('segments', kept.segments), aim: { atMost: 10 } },
      figure('roll-ups', kept.rollups),
    ]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Compacts a data folder. @returns the bytes of the segments that count, and of their roll-ups */
async function compacted(dir: string): Promise<{ readonly segments: number; readonly rollups: number }> {
  await runOnCore(0, [process.execPath, 'src/main/headcount.ts', 'compact', '--data', dir])
  const store = openSegmentStore(join(dir, 'segments', 'v1'))
  const names = currentSegments(await store.list()).map(({ name }) => name)
  const rollups = names.map((name) => store.rollupPathOf(name)).filter((path) => existsSync(path))
  return { segments: bytesOf(names.map((name) => store.pathOf(name))), rollups: bytesOf(rollups) }
}

function bytesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + statSync(path).size, 0)
}
