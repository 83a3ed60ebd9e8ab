import type { RawHit } from '../hit.ts'
import type { HotLogReader } from '../log/hot-log.ts'
import type { DerivePolicy } from './derive.ts'
import { createDeriver, deriveId } from './derive.ts'
import { addHashes, hashRows, subtractHash } from './row-hash.ts'
import type { ChunkLineage } from './segment.ts'
import type { Table } from './table.ts'
import { TableBuilder } from './table-builder.ts'

/** A chunk's hits as rows, and what a segment's footer says of them. */
export interface DerivedChunk {
  readonly table: Table
  readonly lineage: ChunkLineage
  /** Lines of the chunk that hold no hit. */
  readonly damaged: number
}

/**
 * Derives a chunk anew.
 *
 * @param derive hit → row: make it once for many chunks, it remembers what it worked out
 * @throws {ChunkGone}
 */
export async function deriveChunk(log: HotLogReader, name: string, derive: Derive): Promise<DerivedChunk> {
  const builder = new TableBuilder()
  let damaged = 0
  for await (const batch of log.read(name)) {
    for (const hit of batch.hits) builder.add(derive.row(hit))
    damaged += batch.damaged
  }
  const table = builder.sorted()
  return { table, lineage: lineageOf(name, table, derive.id), damaged }
}

/** How hits become rows, and the word for it in lineages. */
export interface Derive {
  readonly id: string
  readonly row: ReturnType<typeof createDeriver>
}

/** The `derive` of this program under a policy. */
export function deriveBy(policy: DerivePolicy): Derive {
  return { id: deriveId(policy), row: createDeriver(policy) }
}

/** Hits of the chunk that `keep` takes; throws as `deriveChunk`. */
export async function* readHits(log: HotLogReader, name: string): AsyncGenerator<RawHit> {
  for await (const batch of log.read(name)) yield* batch.hits
}

/** What a footer says of a chunk that gave these rows. */
export function lineageOf(name: string, table: Table, derive: string): ChunkLineage {
  let firstMs = Infinity
  let lastMs = -Infinity
  for (const time of table.times) {
    if (time < firstMs) firstMs = time
    if (time > lastMs) lastMs = time
  }
  const times = table.rows === 0 ? { firstMs: null, lastMs: null } : { firstMs, lastMs }
  return { name, rows: table.rows, hash: hashRows(table), ...times, derive }
}

/** What a footer says of a chunk that gave no rows. */
export function emptyLineage(name: string, derive: string): ChunkLineage {
  return { name, rows: 0, hash: addHashes([]), firstMs: null, lastMs: null, derive }
}

/**
 * What a footer says of chunks when the rows that are not those of `known` can no longer be told apart by chunk: the
 * first carries them all, the others none.
 */
export function restLineage(
  chunks: readonly ChunkLineage[],
  table: Table,
  known: readonly ChunkLineage[],
): readonly ChunkLineage[] {
  const rows = table.rows - known.reduce((sum, chunk) => sum + chunk.rows, 0)
  const hash = subtractHash(hashRows(table), addHashes(known.map((chunk) => chunk.hash)))
  return chunks.map(({ name, derive }, index) => {
    const lineage = index === 0 && rows > 0 ? lineageOf(name, table, derive) : emptyLineage(name, derive)
    return index === 0 ? Object.assign(lineage, { rows, hash }) : lineage
  })
}
