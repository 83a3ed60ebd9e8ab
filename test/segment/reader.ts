import { ChunkGone } from '../../src/log/hot-log.ts'
import { currentSegments, tailChunks } from '../../src/segment/lineage.ts'
import { SegmentGone } from '../../src/segment/catalog.ts'
import { tableRows } from '../../src/segment/table.ts'
import type { TestLibrary } from './library.ts'

const STARTS_MAX = 5

/** The paths of all hits, in order: read as reports read, chunks before segments, again when a file vanished. */
export async function readPaths(library: TestLibrary, startsLeft = STARTS_MAX): Promise<readonly string[]> {
  const { log, store } = library
  try {
    const chunks = await log.chunks()
    const segments = await store.list()
    const paths: string[] = []
    for (const { name } of tailChunks(chunks, segments)) {
      for await (const { hits } of log.read(name)) paths.push(...hits.map(({ path }) => String(path)))
    }
    for (const { name } of currentSegments(segments)) {
      for (const { path } of tableRows(await store.readTable(name))) paths.push(String(path))
    }
    return paths.sort()
  } catch (error) {
    if (startsLeft > 1 && (error instanceof ChunkGone || error instanceof SegmentGone)) {
      return readPaths(library, startsLeft - 1)
    }
    throw error
  }
}
