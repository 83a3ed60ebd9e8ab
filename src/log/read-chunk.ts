import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import type { RawHit } from '../hit.ts'
import { decodeRawHit } from '../hit.ts'
import { CHUNK_HEADER, isChunkHeader } from './chunk.ts'
import type { Batch, Position } from './hot-log.ts'

/** Read at once: some thousand hits, and never more than this in memory. */
const BLOCK_BYTES = 262_144

const LINE_END = 0x0a

/** A chunk's file, open for reading. */
export interface ChunkSource {
  readonly chunk: string
  readonly file: FileHandle
}

/**
 * The hits of a chunk behind `after`, one batch a block. Ends before what follows the last line end.
 *
 * @throws {AppError} LOG_TOO_NEW
 */
export async function* readChunk(source: ChunkSource, after: Position): AsyncGenerator<Batch> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  const firstLineBytes = await readFirstLine(source)
  let from = Math.max(after, firstLineBytes)
  let insideLine = false
  for (;;) {
    const { bytesRead } = await source.file.read(block, 0, BLOCK_BYTES, from)
    const end = block.subarray(0, bytesRead).lastIndexOf(LINE_END) + 1
    if (end === 0 && bytesRead < BLOCK_BYTES) return
    // A block without a line end is no hit; what ends that line in a later block is none either.
    const lines = end === 0 ? [] : linesOf(block.subarray(0, end - 1))
    from += end === 0 ? bytesRead : end
    if (end > 0)
      yield { ...decodeLines(insideLine ? lines.slice(1) : lines, insideLine ? 1 : 0), position: from }
    insideLine = end === 0
  }
}

/** @returns where the hits begin; 0 when the first line is damaged, so that it counts as such */
async function readFirstLine({ chunk, file }: ChunkSource): Promise<Position> {
  const bytesMax = CHUNK_HEADER.length + 16
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytesMax), 0, bytesMax, 0)
  const end = buffer.subarray(0, bytesRead).indexOf(LINE_END)
  return end >= 0 && isChunkHeader(buffer.toString('utf8', 0, end), chunk) ? end + 1 : 0
}

/** Bytes that are no UTF-8 damage their own line only. */
function linesOf(bytes: Buffer): string[] {
  if (isUtf8(bytes)) return bytes.toString('utf8').split('\n')
  const lines = bytes.toString('latin1').split('\n')
  return lines.map((line) => textOf(Buffer.from(line, 'latin1')))
}

/** "" is no hit. */
function textOf(line: Buffer): string {
  return isUtf8(line) ? line.toString('utf8') : ''
}

function decodeLines(lines: readonly string[], damagedBefore: number): { hits: RawHit[]; damaged: number } {
  const hits: RawHit[] = []
  for (const line of lines) {
    const hit = decodeRawHit(line)
    if (hit !== null) hits.push(hit)
  }
  return { hits, damaged: damagedBefore + lines.length - hits.length }
}
