import type { Chunk } from '../log/hot-log.ts'
import { asOvertaken, readChecked } from './compaction.ts'
import { currentSegments, listedChunks } from './lineage.ts'
import type { RawChunks } from './raw-chunks.ts'
import type { StoredSegment } from './segment-file.ts'
import type { SegmentStore } from './store.ts'

const DAY_MS = 86_400_000

/** How long things stay. */
export interface RetentionDays {
  /** Raw hits, after their segment was written. */
  readonly rawDays: number
  /** Segments, after their last hit; 0: for ever. */
  readonly segmentDays: number
}

export interface RetentionDeps extends RetentionDays {
  readonly log: RawChunks
  readonly store: SegmentStore
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Only says what would be removed. */
  readonly dryRun?: boolean
}

/** What is to go, in the order in which it goes. */
interface RetentionPlan {
  /** Segments whose chunks go, each with those of its chunks that are still in the log. */
  readonly raw: readonly { readonly segment: StoredSegment; readonly chunks: readonly string[] }[]
  /** Segments that go, after all their chunks: superseded ones before the one that supersedes them. */
  readonly segments: readonly StoredSegment[]
}

/** Names of what was (or would be) removed. */
export interface RetentionSummary {
  readonly chunks: readonly string[]
  readonly segments: readonly string[]
}

/**
 * Removes what is past its days: raw hits that a segment holds, once that segment's rows were checked, and segments.
 * Whatever step it is cut off at, nothing that stays becomes visible twice or not at all.
 *
 * @throws {AppError} SEGMENT_DAMAGED before any chunk of that segment is removed
 */
export async function retain(deps: RetentionDeps): Promise<RetentionSummary> {
  const { log, store } = deps
  const plan = planRetention(await log.chunks(), await store.list(), { ...deps, nowMs: deps.now() })
  const planned = plan.raw.flatMap(({ chunks }) => chunks)
  const chunks = deps.dryRun === true ? planned : await runRetention(plan, deps)
  return { chunks, segments: plan.segments.map(({ name }) => name) }
}

/**
 * Chooses what is past its days. Of each writer's chunks the one of the highest part stays until a segment
 * that lists it goes: writers number their parts on from it, so that no name ever comes twice.
 */
function planRetention(
  chunks: readonly Chunk[],
  segments: readonly StoredSegment[],
  { rawDays, segmentDays, nowMs }: RetentionDays & { nowMs: number },
): RetentionPlan {
  const current = currentSegments(segments)
  const expired = current.filter(
    (segment) => segmentDays > 0 && lastMs(segment) < nowMs - segmentDays * DAY_MS,
  )
  const closed = chunks.filter((chunk) => chunk.closed).map(({ name }) => name)
  const newest = newestParts(chunks)
  const raw = current.flatMap((segment) => {
    const isExpired = expired.includes(segment)
    if (!isExpired && segment.writtenMs > nowMs - rawDays * DAY_MS) return []
    const listed = listedChunks([segment])
    const past = closed.filter((name) => listed.has(name) && (isExpired || !newest.has(name)))
    return past.length === 0 ? [] : [{ segment, chunks: past }]
  })
  const gone = listedChunks(expired)
  const within = segments.filter((segment) => segment.chunks.every(({ name }) => gone.has(name)))
  return { raw, segments: within.sort((a, b) => a.chunks.length - b.chunks.length) }
}

/** @returns the chunks that were removed: not those of segments that were superseded meanwhile */
async function runRetention(plan: RetentionPlan, { log, store }: RetentionDeps): Promise<readonly string[]> {
  const removed: string[] = []
  if (plan.raw.length > 0) await store.sync()
  for (const { segment, chunks } of plan.raw) {
    const isRight =
      plan.segments.includes(segment) || (await readChecked(store, [segment]).catch(asOvertaken)) !== null
    for (const chunk of isRight ? chunks : []) {
      await log.remove(chunk)
      removed.push(chunk)
    }
  }
  for (const { name } of plan.segments) await store.remove(name)
  return removed
}

function lastMs(segment: StoredSegment): number {
  const times = segment.chunks.map((chunk) => chunk.lastMs).filter((time) => time !== null)
  return times.length === 0 ? segment.writtenMs : Math.max(...times)
}

/** The chunk of the highest part of each writer. */
function newestParts(chunks: readonly Chunk[]): ReadonlySet<string> {
  const newest = new Map<string, { part: number; name: string }>()
  for (const { name } of chunks) {
    const [, writer = '', part = ''] = name.split('.')
    if (Number(part) >= (newest.get(writer)?.part ?? 0)) newest.set(writer, { part: Number(part), name })
  }
  return new Set(Array.from(newest.values(), ({ name }) => name))
}
