import { AppError } from '../errors.ts'
import { decodeRawHit, encodeRawHit } from '../hit.ts'
import { chunkName } from './chunk.ts'
import type { Batch, HotLog } from './hot-log.ts'
import { ChunkGone } from './hot-log.ts'

/** A chunk in memory. Positions count characters of its text. */
interface MemoryChunk {
  text: string
  closed: boolean
}

/** What outlives a memory log, as a folder outlives a file log: chunks by name. */
export type MemoryChunks = Map<string, MemoryChunk>

/** A hot log that keeps its chunks in memory: for tests, and for whoever needs one without a disk. */
export function memoryLog(chunks: MemoryChunks = new Map()): HotLog {
  for (const chunk of chunks.values()) chunk.closed = true
  const open: MemoryChunk = { text: '', closed: false }
  const name = chunkName('1970-01-01T00', 'memory', chunks.size + 1)
  return {
    async append(hit) {
      if (open.closed) throw new AppError('LOG_UNWRITABLE', 'Cannot keep a hit: the log is closed')
      open.text += `${encodeRawHit(hit)}\n`
      chunks.set(name, open)
    },
    async chunks() {
      return Array.from(chunks, ([name, { text, closed }]) => ({ name, closed, bytes: text.length }))
    },
    read: (chunk, after = 0) => readText(chunks.get(chunk)?.text, after),
    async close() {
      open.closed = true
    },
  }
}

async function* readText(text: string | undefined, after: number): AsyncGenerator<Batch> {
  if (text === undefined) throw new ChunkGone('Cannot read a chunk: it is no longer there')
  if (after >= text.length) return
  const lines = text.slice(after, -1).split('\n')
  const hits = lines.map(decodeRawHit).filter((hit) => hit !== null)
  yield { hits, position: text.length, damaged: lines.length - hits.length }
}
