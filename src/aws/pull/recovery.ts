import { join } from 'node:path'
import { encodeRawHit } from '../../hit.ts'
import { CHUNK_HEADER, CLOSED_ENDING, OPEN_ENDING } from '../../log/chunk.ts'
import { openFileLogReader } from '../../log/file-log.ts'
import type { HotLogReader } from '../../log/hot-log.ts'
import type { LogFolder } from '../../log/part.ts'
import type { ChunkPlace } from './chunks.ts'
import { partOf, writerOf } from './chunks.ts'
import { replaceFile } from './file.ts'
import type { Mark } from './progress.ts'

/** What a run that was cut off had written behind its mark. */
export interface Found {
  readonly lines: readonly string[]
  /** Where they end. */
  readonly mark: Mark | null
}

/** Closes what an earlier run left open, and reads what it wrote behind `mark`. */
export async function recoverChunks({ folder, writer }: ChunkPlace, mark: Mark | null): Promise<Found> {
  const reader = openFileLogReader(folder.dir)
  const own = async () => (await reader.chunks()).filter(({ name }) => writerOf(name) === writer)
  for (const { name, closed } of await own()) if (!closed) await closeCopied(folder, name, reader)
  const lines: string[] = []
  let end = mark
  const names = (await own()).map(({ name }) => name).sort((a, b) => partOf(a) - partOf(b))
  for (const name of names.filter((name) => mark === null || partOf(name) >= partOf(mark.chunk))) {
    for await (const { hits, position } of reader.read(name, name === mark?.chunk ? mark.bytes : 0)) {
      lines.push(...hits.map(encodeRawHit))
      end = { chunk: name, bytes: position }
    }
  }
  return { lines, mark: end }
}

/**
 * Closes a chunk as a copy of what can be read of it. After a sync that failed the system may show bytes that never
 * reached the disk, and a later sync of that file says nothing of it; those of a new file it has to write.
 */
async function closeCopied({ dir, files }: LogFolder, name: string, reader: HotLogReader): Promise<void> {
  const lines = [CHUNK_HEADER]
  for await (const { hits } of reader.read(name)) lines.push(...hits.map(encodeRawHit))
  if (lines.length > 1) await replaceFile(files, join(dir, name + CLOSED_ENDING), `${lines.join('\n')}\n`)
  await files.remove(join(dir, name + OPEN_ENDING))
}
