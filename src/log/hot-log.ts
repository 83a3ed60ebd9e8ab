import type { RawHit } from '../hit.ts'

/** A named part of the hot log. */
export interface Chunk {
  /** Arrival hour, writer, part number, fixed width: `2026-11-23T06.w01.00003`. Names only sort. */
  readonly name: string
  /** False while its writer may still add to it. A closed chunk never changes. */
  readonly closed: boolean
  /** Size so far. */
  readonly bytes: number
}

/** How far a chunk was read: bytes of its file, always just behind a line end. */
export type Position = number

/** Hits that were read in one go, in the order they were written, and where the next read begins. */
export interface Batch {
  readonly hits: readonly RawHit[]
  readonly position: Position
  /** Complete lines that hold no hit (never acknowledged: an interrupted write); `verify` names them. */
  readonly damaged: number
}

/** What readers need: they hold no lock and run beside a writer. */
export interface HotLogReader {
  /** Chunks that hold hits or may soon, in name order, open ones included. */
  chunks(): Promise<readonly Chunk[]>
  /**
   * The hits behind `after` (0 or absent: from the start). What follows the last line end is no hit.
   * Ends at what is there now; call again with the last position for more.
   *
   * @throws {ChunkGone} when no such chunk is there any more (expired, or forgotten and rewritten)
   */
  read(chunk: string, after?: Position): AsyncIterable<Batch>
}

/**
 * Append-only store of raw hits. Every implementation passes test/log/hot-log.contract.ts.
 */
export interface HotLog extends HotLogReader {
  /**
   * Resolves when the hit is durable.
   *
   * @throws {AppError} LOG_FULL when too many hits wait, LOG_UNWRITABLE when the write or sync failed
   */
  append(hit: RawHit): Promise<void>
  /** Finishes what is in flight and closes the open chunk. Later appends reject. */
  close(): Promise<void>
}

/** A chunk that was listed is no longer there: whoever asked lists again, once. */
export class ChunkGone extends Error {
  override readonly name = 'ChunkGone'
}
