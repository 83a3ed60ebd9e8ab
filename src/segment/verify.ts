import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../errors.ts'
import type { HotLogReader } from '../log/hot-log.ts'
import { ChunkGone } from '../log/hot-log.ts'
import { deriveId, policyOf } from './derive.ts'
import type { Derive } from './derived-chunk.ts'
import { deriveBy, deriveChunk } from './derived-chunk.ts'
import { currentSegments, supersededSegments } from './lineage.ts'
import { decodeParquet } from './parquet.ts'
import { encodeRollup, zonesHold } from './rollup-file.ts'
import { addHashes, hashRows } from './row-hash.ts'
import type { ChunkLineage } from './segment.ts'
import type { StoredSegment } from './segment-file.ts'
import type { SegmentStore } from './store.ts'
import type { Table } from './table.ts'

export interface VerifyDeps {
  readonly log: HotLogReader
  readonly store: SegmentStore
  readonly zoneOf: (site: string) => string
}

/** One thing that is not as it should be. */
export interface Difference {
  /** One chunk, or `FIRST..LAST` where the segment's rows cannot be told apart; null where its footer cannot be read. */
  readonly chunk: string | null
  readonly segment: string
  /** What was found beside what was expected. */
  readonly problem: string
}

export interface Verification {
  readonly segments: number
  readonly rows: number
  /** Chunks of the log that were derived again. */
  readonly chunks: number
  readonly differences: readonly Difference[]
  /** What is no difference but worth knowing: interrupted writes, history that an older version judged. */
  readonly remarks: readonly string[]
}

/**
 * Derives each kept chunk again and compares rows and hash with the footer that lists it; compares the rows of each
 * current segment with the sum of what its footer lists, and its roll-up with those rows.
 */
export async function verify(deps: VerifyDeps): Promise<Verification> {
  const chunks = (await deps.log.chunks()).filter((chunk) => chunk.closed)
  const { segments, damaged } = await deps.store.scan()
  const current = currentSegments(segments)
  const differences: Difference[] = [
    ...damaged.map(({ segment, error }) => ({ chunk: null, segment, problem: error.message })),
    ...crossings(segments),
  ]
  for (const segment of current) differences.push(...(await verifySegment(segment, deps)))
  const kept = current.flatMap((segment) =>
    segment.chunks
      .filter(({ name }) => chunks.some((chunk) => chunk.name === name))
      .map((lineage) => ({ segment: segment.name, lineage })),
  )
  const remarks: string[] = []
  const deriveOf = derivesById()
  for (const { segment, lineage } of kept) {
    const found = await verifyChunk(lineage, deps.log, deriveOf)
    differences.push(...found.problems.map((problem) => ({ chunk: lineage.name, segment, problem })))
    remarks.push(...found.remarks)
  }
  const rows = current.reduce((sum, segment) => sum + segment.rows, 0)
  return { segments: current.length, rows, chunks: kept.length, differences, remarks }
}

async function verifySegment(segment: StoredSegment, deps: VerifyDeps): Promise<readonly Difference[]> {
  const { name, chunks } = segment
  const problems: string[] = []
  try {
    const table = await deps.store.readTable(name)
    const [expected, found] = [addHashes(chunks.map(({ hash }) => hash)), hashRows(table)]
    if (found !== expected) problems.push(`its rows hash to ${found}, its chunks to ${expected}`)
    problems.push(...(await verifyRollup(segment, table, deps)))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(error.message)
  }
  return problems.map((problem) => ({ chunk: spanOf(segment), segment: name, problem }))
}

function spanOf({ chunks }: StoredSegment): string {
  const names = chunks.map(({ name }) => name).sort()
  return names.length === 1 ? names.join() : `${names[0]}..${names.at(-1)}`
}

/** A roll-up that is missing, or of another zone, is no difference: the next compaction makes it. */
async function verifyRollup(
  segment: StoredSegment,
  table: Table,
  { store, zoneOf }: VerifyDeps,
): Promise<string[]> {
  const rollup = await store.rollup(segment)
  if (rollup === null || !zonesHold(rollup, zoneOf)) return []
  const found = await Array.fromAsync(decodeParquet(await store.readRollup(segment.name)))
  const expected = await Array.fromAsync(decodeParquet(await encodeRollup(segment, table, zoneOf)))
  return isDeepStrictEqual(found, expected)
    ? []
    : ['its roll-up is not the sum of its rows; remove that file']
}

async function verifyChunk(
  lineage: ChunkLineage,
  log: HotLogReader,
  deriveOf: (id: string) => Derive,
): Promise<{ problems: readonly string[]; remarks: readonly string[] }> {
  try {
    const { lineage: found, damaged } = await deriveChunk(log, lineage.name, deriveOf(lineage.derive))
    const isOlder = deriveId(policyOf(lineage.derive)) !== lineage.derive
    const remarks =
      damaged === 0 ? [] : [`chunk "${lineage.name}" has ${damaged} lines of interrupted writes`]
    if (isOlder) remarks.push(`chunk "${lineage.name}" was derived by version ${lineage.derive}, not as now`)
    return { problems: compareLineage(lineage, found, isOlder), remarks }
  } catch (error) {
    if (error instanceof ChunkGone) return { problems: [], remarks: [] }
    throw error
  }
}

function compareLineage(footer: ChunkLineage, found: ChunkLineage, isOlder: boolean): readonly string[] {
  if (found.rows !== footer.rows)
    return [`the chunk has ${found.rows} hits where the footer lists ${footer.rows}`]
  if (isOlder || found.hash === footer.hash) return []
  return [`the chunk's rows hash to ${found.hash} where the footer lists ${footer.hash}`]
}

/** Segments that neither win nor lie within one that does. */
function crossings(segments: readonly StoredSegment[]): readonly Difference[] {
  const settled = new Set([
    ...currentSegments(segments),
    ...supersededSegments(segments).map(({ old }) => old),
  ])
  const problem = 'its chunks are partly those of other segments'
  const crossing = segments.filter((segment) => !settled.has(segment))
  return crossing.map((segment) => ({ chunk: spanOf(segment), segment: segment.name, problem }))
}

/** One deriver for each policy: it remembers what it worked out. */
function derivesById(): (id: string) => Derive {
  const derives = new Map<string, Derive>()
  return (id) => {
    const derive = derives.get(id) ?? deriveBy(policyOf(id))
    derives.set(id, derive)
    return derive
  }
}
