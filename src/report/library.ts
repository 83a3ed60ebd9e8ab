import { dirname } from 'node:path'
import type { HotLogReader } from '../log/hot-log.ts'
import { COLUMNS } from '../row.ts'
import type { DerivePolicy } from '../segment/derive.ts'
import { currentSegments, tailChunks } from '../segment/lineage.ts'
import type { Rollup } from '../segment/rollup-file.ts'
import type { ChunkLineage, Segment } from '../segment/segment.ts'
import type { SegmentStore } from '../segment/store.ts'
import type { Span } from './clock.ts'
import type { Duck } from './duck.ts'
import { openDuck } from './duck.ts'
import type { Report } from './report.ts'
import type { Sql } from './sql.ts'
import { name, parquet } from './sql.ts'
import type { Tail, Times } from './tail.ts'
import { openTail, TAIL_TABLE, widened } from './tail.ts'

/** Where hits are kept, and how to read them. */
export interface Library {
  readonly log: HotLogReader
  readonly store: Pick<SegmentStore, 'list' | 'pathOf' | 'rollup'>
  readonly policy: DerivePolicy
  /** IANA time zone of a site's days; of "" where no site is meant. */
  zoneOf(site: string): string
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number
}

/** All hits there are at one moment, each once: in a segment or in the tail. */
export interface Shelf {
  readonly segments: readonly Segment[]
  readonly tailHits: number
  /** Of the oldest and the newest hit; null where there is none. */
  readonly times: Times | null
}

/** The files that hold the hits of a span: some by their roll-ups, the others row by row. */
export interface Sources {
  readonly rollups: readonly string[]
  readonly scanned: readonly string[]
}

/** A reader's desk: the database and the tail that it keeps from one question to the next. */
export interface Desk {
  readonly library: Library
  readonly duck: Duck
  readonly tail: Tail
}

export async function openDesk(library: Library, memoryMb: number): Promise<Desk> {
  const duck = await openDuck({ dir: dirname(library.store.pathOf('segment')), memoryMb })
  return { library, duck, tail: await openTail(duck, library.log, library.policy) }
}

/**
 * Lists what there is, and reads what came to the tail. Chunks first: what is compacted in between is then
 * found in a segment.
 *
 * @throws {ChunkGone}
 */
export async function listShelf({ library, tail }: Desk): Promise<Shelf> {
  const chunks = await library.log.chunks()
  const segments = currentSegments(await library.store.list())
  await tail.refresh(tailChunks(chunks, segments))
  const times = segments.flatMap(({ chunks }) => chunks.map(timesOf)).reduce(widened, tail.times())
  return { segments, tailHits: tail.hits(), times }
}

/** The time of the newest hit as a report says it. */
export function freshness({ times }: Shelf): Report['fresh'] {
  return times === null ? null : new Date(times.newestMs).toISOString()
}

function timesOf({ firstMs, lastMs }: ChunkLineage): Times | null {
  return firstMs === null || lastMs === null ? null : { oldestMs: firstMs, newestMs: lastMs }
}

/** Where to read the hits of a span, roll-ups in place of segments wherever one is usable. */
export async function planSources(
  { store }: Library,
  segments: readonly Segment[],
  usable: (rollup: Rollup) => boolean,
): Promise<Sources> {
  const plans = await Promise.all(
    segments.map(async (segment) => {
      const rollup = await store.rollup(segment)
      return rollup !== null && usable(rollup)
        ? { rollup: rollup.path }
        : { scan: store.pathOf(segment.name) }
    }),
  )
  return {
    rollups: plans.flatMap(({ rollup }) => rollup ?? []),
    scanned: plans.flatMap(({ scan }) => scan ?? []),
  }
}

/** Segments that may hold hits of a span. */
export function segmentsWithin(segments: readonly Segment[], { fromMs, toMs }: Span): readonly Segment[] {
  return segments.filter(({ chunks }) =>
    chunks.some(({ firstMs, lastMs }) => (firstMs ?? Infinity) < toMs && (lastMs ?? -Infinity) >= fromMs),
  )
}

/** Derived hits with all their columns, row by row: those of the segments' files and of the tail. */
export function rowsSql(scanned: readonly string[]): Sql {
  const columns = COLUMNS.map((column) => name(column.name)).join(', ')
  const tail = `SELECT ${columns} FROM ${TAIL_TABLE}`
  return scanned.length === 0 ? tail : `SELECT ${columns} FROM ${parquet(scanned)} UNION ALL ${tail}`
}
