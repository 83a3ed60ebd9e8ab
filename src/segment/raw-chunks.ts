import { join } from 'node:path'
import type { RawHit } from '../hit.ts'
import { encodeRawHit } from '../hit.ts'
import { CHUNK_HEADER, CLOSED_ENDING } from '../log/chunk.ts'
import { openFileLogReader } from '../log/file-log.ts'
import type { HotLogReader } from '../log/hot-log.ts'
import type { SegmentFiles } from './files.ts'
import { nodeFiles, orGone, TEMPORARY } from './files.ts'

/** No chunk's name ends so: nobody reads it yet. */
const PREPARED_ENDING = `${CLOSED_ENDING}.next`

/** The log as retention and `forget` need it: whole closed chunks go and come beside whoever writes. */
export interface RawChunks extends HotLogReader {
  /** Removes a closed chunk durably; one that is gone already is no fault. */
  remove(chunk: string): Promise<void>
  /** Writes a closed chunk that no reader sees before `replace`. */
  prepare(chunk: string, hits: readonly RawHit[]): Promise<void>
  /** Shows the chunk that was prepared, durably, and then removes the old one. May be repeated. */
  replace(old: string, chunk: string): Promise<void>
  /** Removes what an interrupted `prepare` left, but for the chunks in `keep`. Only for who holds `LOCK`. */
  sweep(keep: ReadonlySet<string>): Promise<void>
}

/** Opens the folder of chunks `dir` for maintenance. */
export function openRawChunks(dir: string, files: SegmentFiles = nodeFiles): RawChunks {
  const pathOf = (chunk: string): string => join(dir, chunk + CLOSED_ENDING)
  const remove = async (chunk: string): Promise<void> => {
    await files.remove(pathOf(chunk))
    await files.syncFolder(dir)
  }
  return {
    ...openFileLogReader(dir),
    remove,
    async prepare(chunk, hits) {
      const lines = [CHUNK_HEADER, ...hits.map(encodeRawHit)]
      const path = join(dir, chunk + PREPARED_ENDING)
      await files.rename(await files.createFor(path, Buffer.from(`${lines.join('\n')}\n`)), path)
      await files.syncFolder(dir)
    },
    async replace(old, chunk) {
      await orGone(files.rename(join(dir, chunk + PREPARED_ENDING), pathOf(chunk)))
      await files.syncFolder(dir)
      // Throws where neither was there: then the old one is all that is left of its hits.
      await files.stat(pathOf(chunk))
      await remove(old)
    },
    async sweep(keep) {
      const prepared = (name: string): boolean =>
        name.endsWith(PREPARED_ENDING) && !keep.has(name.slice(0, -PREPARED_ENDING.length))
      const left = (await files.list(dir)).filter((name) => name.endsWith(TEMPORARY) || prepared(name))
      for (const name of left) await files.remove(join(dir, name))
    },
  }
}
