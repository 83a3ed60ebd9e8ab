import type { CompactionDeps } from './compaction.ts'
import { areCurrent, asOvertaken, writeSegment } from './compaction.ts'
import { nextName } from './compaction-plan.ts'
import { deriveBy, deriveChunk, emptyLineage } from './derived-chunk.ts'
import type { Derive } from './derived-chunk.ts'
import { deriveId } from './derive.ts'
import { currentSegments } from './lineage.ts'
import type { ChunkLineage } from './segment.ts'
import type { StoredSegment } from './segment-file.ts'
import { TableBuilder } from './table-builder.ts'

/** Races lost in a row to other runs, before this one gives up. */
const TRIES_MAX = 100

/** Names of segments. */
export interface RederiveSummary {
  /** Those that were written anew. */
  readonly rederived: readonly string[]
  /** Those that stay as they were, because raw hits of theirs are past their days. */
  readonly kept: readonly string[]
}

/**
 * Judges history anew: every segment that another version or policy of `derive` made is derived again from its raw
 * hits, where all of them are still there. The new one lists the same chunks in a later generation, so it takes
 * the old one's place the instant its name appears; run it again after a crash.
 *
 * @throws {AppError} SEGMENT_DAMAGED
 */
export async function rederive(deps: CompactionDeps): Promise<RederiveSummary> {
  const derive = deriveBy(deps.policy)
  const rederived: string[] = []
  for (let triesLeft = TRIES_MAX; triesLeft > 0; triesLeft--) {
    const { due, kept } = await planRederive(deps)
    if (due.length === 0) return { rederived, kept: kept.map(({ name }) => name) }
    for (const segment of due) {
      const written = await deriveAgain(segment, deps, derive).catch(asOvertaken)
      if (written === null) break
      rederived.push(written.name)
      triesLeft = TRIES_MAX
    }
  }
  return { rederived, kept: [] }
}

async function planRederive({ log, store, policy }: CompactionDeps) {
  const inLog = new Set((await log.chunks()).map(({ name }) => name))
  const id = deriveId(policy)
  const other = currentSegments(await store.list()).filter(({ chunks }) =>
    chunks.some(({ derive }) => derive !== id),
  )
  const due = other.filter(({ chunks }) => chunks.every(({ name, rows }) => rows === 0 || inLog.has(name)))
  return { due, kept: other.filter((segment) => !due.includes(segment)) }
}

async function deriveAgain(
  segment: StoredSegment,
  deps: CompactionDeps,
  derive: Derive,
): Promise<StoredSegment | null> {
  const builder = new TableBuilder()
  const chunks: ChunkLineage[] = []
  for (const before of segment.chunks) {
    const { table, lineage } = await deriveOrEmpty(before, deps, derive)
    if (table !== null) builder.addTable(table)
    chunks.push({ ...before, ...lineage })
  }
  const all = await deps.store.list()
  if (!areCurrent([segment], all)) return null
  return writeSegment(deps, { name: nextName(segment, all), table: builder.sorted(), chunks })
}

/** A chunk without rows may be gone: it is one that was forgotten. */
async function deriveOrEmpty({ name, rows }: ChunkLineage, { log }: CompactionDeps, derive: Derive) {
  return rows === 0 ? { table: null, lineage: emptyLineage(name, derive.id) } : deriveChunk(log, name, derive)
}
