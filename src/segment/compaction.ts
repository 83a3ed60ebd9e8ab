import type { HotLogReader } from '../log/hot-log.ts'
import { ChunkGone } from '../log/hot-log.ts'
import { SegmentGone, segmentDamaged } from './catalog.ts'
import type { CompactionStep } from './compaction-plan.ts'
import { planCompaction } from './compaction-plan.ts'
import type { DerivePolicy } from './derive.ts'
import type { Derive } from './derived-chunk.ts'
import { deriveBy, deriveChunk } from './derived-chunk.ts'
import { currentSegments, supersededSegments } from './lineage.ts'
import { encodeRollup, zonesHold } from './rollup-file.ts'
import { addHashes, hashRows } from './row-hash.ts'
import type { SegmentDraft, StoredSegment } from './segment-file.ts'
import type { SegmentStore } from './store.ts'
import type { Table } from './table.ts'

/** A reader that listed a segment before it was superseded has this long to read it. */
const SUPERSEDED_KEPT_MS = 86_400_000
/** Plans one after the other; what is left then is left to the next run. */
const PLANS_MAX = 1_000

export interface CompactionDeps {
  readonly log: HotLogReader
  readonly store: SegmentStore
  readonly policy: DerivePolicy
  /** Zone of a site's days in roll-ups. */
  readonly zoneOf: (site: string) => string
  /** Milliseconds since the Unix epoch. May jump. */
  readonly now: () => number
}

/** What a run came to. */
export interface CompactionSummary {
  /** Chunks that became segments, and their hits. */
  readonly chunks: number
  readonly hits: number
  readonly merges: number
  /** Roll-ups that were missing, damaged or of another zone. */
  readonly rollups: number
  /** Superseded segments that were removed. */
  readonly removed: number
}

/**
 * Turns closed chunks into segments and small segments into larger ones, makes what roll-ups are missing, and removes
 * what was superseded a day ago. Needs no lock: any number of runs may go on at once, and each may be cut off at
 * any step. A segment counts from the instant its name appears; it then takes the place of exactly the chunks
 * and segments that its footer lists.
 *
 * @throws {AppError} SEGMENT_DAMAGED
 */
export async function compact(deps: CompactionDeps): Promise<CompactionSummary> {
  const { log, store, now } = deps
  const derive = deriveBy(deps.policy)
  const written: StoredSegment[] = []
  await store.sweep(now())
  for (let plans = 0; plans < PLANS_MAX; plans++) {
    const chunks = await log.chunks()
    const steps = planCompaction(chunks, await store.list(), now())
    if (steps.length === 0) break
    written.push(...(await runSteps(steps, deps, derive)))
  }
  const derived = written.filter(({ name, chunks }) => chunks[0]?.name === name)
  return {
    chunks: derived.length,
    hits: derived.reduce((sum, { rows }) => sum + rows, 0),
    merges: written.length - derived.length,
    rollups: await restoreRollups(deps),
    removed: await removeSuperseded(deps),
  }
}

type Step = CompactionStep<StoredSegment>

/** Writes a segment and its roll-up; null where another run wrote one of that name first. */
export async function writeSegment(
  { store, zoneOf, now }: Pick<CompactionDeps, 'store' | 'zoneOf' | 'now'>,
  draft: Omit<SegmentDraft, 'writtenMs'>,
): Promise<StoredSegment | null> {
  const segment = await store.write({ ...draft, writtenMs: now() })
  if (segment !== null)
    await store.writeRollup(segment.name, await encodeRollup(segment, draft.table, zoneOf))
  return segment
}

/**
 * The rows of segments together, checked against what their footers say.
 *
 * @throws {SegmentGone}
 * @throws {AppError} SEGMENT_DAMAGED
 */
export async function readChecked(store: SegmentStore, segments: readonly StoredSegment[]): Promise<Table> {
  const table = await store.readTable(...segments.map(({ name }) => name))
  const hash = addHashes(segments.flatMap(({ chunks }) => chunks.map((chunk) => chunk.hash)))
  if (hashRows(table) === hash) return table
  const names = segments.map(({ name }) => name).join('", "')
  throw segmentDamaged(names, new Error('its rows are not those that its footer tells of'))
}

/**
 * Whether all of these still count. Asked last thing before something takes their place: a run that slept
 * meanwhile must neither bring back what was superseded nor cross what superseded it.
 */
export function areCurrent(segments: readonly StoredSegment[], all: readonly StoredSegment[]): boolean {
  const current = new Set(currentSegments(all).map(({ name }) => name))
  return segments.every(({ name }) => current.has(name))
}

/** For a step that another run overtook: what it needs was superseded, or is past its days. */
export function asOvertaken(error: unknown): null {
  if (error instanceof ChunkGone || error instanceof SegmentGone) return null
  throw error
}

/** Runs a plan up to the first step that is no longer as planned: then what follows may not be either. */
async function runSteps(
  steps: readonly Step[],
  deps: CompactionDeps,
  derive: Derive,
): Promise<readonly StoredSegment[]> {
  const written: StoredSegment[] = []
  for (const step of steps) {
    const segment = await runStep(step, deps, derive).catch(asOvertaken)
    if (segment === null) return written
    written.push(segment)
  }
  return written
}

async function runStep(step: Step, deps: CompactionDeps, derive: Derive): Promise<StoredSegment | null> {
  if (step.kind === 'derive') {
    const { table, lineage } = await deriveChunk(deps.log, step.chunk, derive)
    return writeSegment(deps, { name: step.chunk, table, chunks: [lineage] })
  }
  const table = await readChecked(deps.store, step.inputs)
  const chunks = step.inputs.flatMap((input) => input.chunks).sort((a, b) => (a.name < b.name ? -1 : 1))
  return areCurrent(step.inputs, await deps.store.list())
    ? writeSegment(deps, { name: step.name, table, chunks })
    : null
}

async function restoreRollups({ store, zoneOf }: CompactionDeps): Promise<number> {
  let restored = 0
  for (const segment of currentSegments(await store.list())) {
    const rollup = await store.rollup(segment)
    if (rollup !== null && zonesHold(rollup, zoneOf)) continue
    const table = await store.readTable(segment.name).catch(asOvertaken)
    if (table === null) continue
    await store.writeRollup(segment.name, await encodeRollup(segment, table, zoneOf))
    restored++
  }
  return restored
}

async function removeSuperseded({ store, now }: CompactionDeps): Promise<number> {
  const old = supersededSegments(await store.list()).filter(
    ({ by }) => by.writtenMs + SUPERSEDED_KEPT_MS <= now(),
  )
  if (old.length > 0) await store.sync()
  for (const { old: segment } of old) await store.remove(segment.name)
  return old.length
}
