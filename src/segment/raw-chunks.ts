import { join } from 'node:path'
import type { RawHit } from '../hit.ts'
import { encodeRawHit } from '../hit.ts'
import { CHUNK_HEADER, CLOSED_ENDING } from '../log/chunk.ts'
import { openFileLogReader } from '../log/file-log.ts'
import type { HotLogReader } from '../log/hot-log.ts'
import type { SegmentFiles } from './files.ts'
import { nodeFiles } from './files.ts'

/** The log as retention and `forget` need it: they add and remove whole closed chunks beside whoever writes. */
export interface RawChunks extends HotLogReader {
  /** Removes a closed chunk durably; one that is gone already is no fault. */
  remove(chunk: string): Promise<void>
  /** Adds a closed chunk, durable when this resolves; false where there is one of that name. */
  add(chunk: string, hits: readonly RawHit[]): Promise<boolean>
}

/** Opens the folder of chunks `dir` for maintenance. */
export function openRawChunks(dir: string, files: SegmentFiles = nodeFiles): RawChunks {
  const pathOf = (chunk: string): string => join(dir, chunk + CLOSED_ENDING)
  return {
    ...openFileLogReader(dir),
    async remove(chunk) {
      await files.remove(pathOf(chunk))
      await files.syncFolder(dir)
    },
    async add(chunk, hits) {
      const lines = [CHUNK_HEADER, ...hits.map(encodeRawHit)]
      const temporary = await files.createFor(pathOf(chunk), Buffer.from(`${lines.join('\n')}\n`))
      const linked = await files.link(temporary, pathOf(chunk))
      await files.remove(temporary)
      await files.syncFolder(dir)
      return linked
    },
  }
}
