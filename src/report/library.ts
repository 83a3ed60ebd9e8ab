import { dirname } from 'node:path'
import { isPulled } from '../log/chunk.ts'
import type { Chunk, HotLogReader } from '../log/hot-log.ts'
import { COLUMNS } from '../row.ts'
import type { DerivePolicy } from '../segment/derive.ts'
import type { Settings } from '../settings.ts'
import { currentSegments, tailChunks } from '../segment/lineage.ts'
import type { ChunkLineage, Segment } from '../segment/segment.ts'
import type { SegmentStore } from '../segment/store.ts'
import type { Span } from './clock.ts'
import type { Duck, DuckOptions } from './duck.ts'
import { openDuck } from './duck.ts'
import type { Report } from './report.ts'
import type { Rolled } from './rolled.ts'
import { openRolled } from './rolled.ts'
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
  /** Day that weeks begin on; absent: Monday. */
  readonly weekStart?: Settings['weekStart']
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number
}

/** The files that hold all hits there are at one moment, each once. */
export interface Files {
  readonly segments: readonly Segment[]
  readonly tail: readonly Chunk[]
  /** Differs whenever there are other hits, or they stand elsewhere. */
  readonly state: string
}

/** All hits there are at one moment, each once: in a segment or in the tail. */
export interface Shelf {
  readonly segments: readonly Segment[]
  readonly tailHits: number
  /** Whether what was refused at the door was tallied by all who collected this; false where some was pulled. */
  readonly tallied: boolean
  /** Of the oldest and the newest hit; null where there is none. */
  readonly times: Times | null
}

/** Where to read the hits of some segments and the tail, each once. */
export interface Sources {
  /** Files of roll-ups: what they hold is in the tables of `Rolled`, but for the lists of `unheld`. */
  readonly rollups: readonly string[]
  readonly unheld: readonly string[]
  /** Files of the other segments, to be read row by row. */
  readonly scanned: readonly string[]
  /** Whether the tail may hold such hits, too. */
  readonly tail: boolean
}

/** A reader's desk: the database, and what it keeps there from one question to the next. */
export interface Desk {
  readonly library: Library
  readonly duck: Duck
  readonly tail: Tail
  readonly rolled: Rolled
}

export interface DeskOptions extends Omit<DuckOptions, 'dir'> {
  /** As of `LIMITS.heldRollupRowsMax`. */
  readonly heldRollupRowsMax?: number | undefined
}

export async function openDesk(library: Library, options: DeskOptions): Promise<Desk> {
  const duck = await openDuck({ dir: dirname(library.store.pathOf('segment')), ...options })
  const tail = await openTail(duck, library.log, library.policy)
  return { library, duck, tail, rolled: await openRolled(duck, library, options.heldRollupRowsMax) }
}

/** Lists what there is. Chunks first: what is compacted in between is then found in a segment. */
export async function listFiles({ log, store }: Library): Promise<Files> {
  const chunks = await log.chunks()
  const segments = currentSegments(await store.list())
  const tail = tailChunks(chunks, segments)
  const names = [
    ...segments.map(({ name }) => name),
    '',
    ...tail.map(({ name, bytes }) => `${name} ${bytes}`),
  ]
  return { segments, tail, state: names.join('\n') }
}

/**
 * Lists what there is, and reads what came to the tail.
 *
 * @throws {ChunkGone}
 */
export async function listShelf({ library, tail, rolled }: Desk): Promise<Shelf> {
  const { segments, tail: newest } = await listFiles(library)
  await tail.refresh(newest)
  await rolled.keep(segments)
  const times = segments.flatMap(({ chunks }) => chunks.map(timesOf)).reduce(widened, tail.times())
  const names = [...newest, ...segments.flatMap(({ chunks }) => chunks)].map(({ name }) => name)
  return { segments, tailHits: tail.hits(), tallied: !names.some(isPulled), times }
}

/** The time of the newest hit as a report says it. */
export function freshness({ times }: Shelf): Report['fresh'] {
  return times === null ? null : new Date(times.newestMs).toISOString()
}

function timesOf({ firstMs, lastMs }: ChunkLineage): Times | null {
  return firstMs === null || lastMs === null ? null : { oldestMs: firstMs, newestMs: lastMs }
}

/** Reads roll-ups in place of segments wherever there are usable ones. */
export async function planSources({ rolled, library }: Desk, segments: readonly Segment[]): Promise<Sources> {
  const loaded = await rolled.load(segments)
  const found = segments.flatMap(({ name }) => loaded.get(name) ?? [])
  const others = segments.filter(({ name }) => !loaded.has(name))
  return {
    ...planScan(library, others),
    rollups: found.map(({ path }) => path),
    unheld: found.filter(({ listsHeld }) => !listsHeld).map(({ path }) => path),
  }
}

/** Reads segments row by row. */
export function planScan({ store }: Library, segments: readonly Segment[]): Sources {
  return { rollups: [], unheld: [], scanned: segments.map(({ name }) => store.pathOf(name)), tail: true }
}

/** The same without the tail, where it has no hits of the span and there is something else to read. */
export function withinSpan(sources: Sources, { tail }: Desk, { fromMs, toMs }: Span): Sources {
  const times = tail.times()
  const isApart = times === null || times.oldestMs >= toMs || times.newestMs < fromMs
  const isAlone = sources.rollups.length + sources.scanned.length === 0
  return { ...sources, tail: isAlone || !isApart }
}

/** Segments that may hold hits of a span. */
export function segmentsWithin(segments: readonly Segment[], { fromMs, toMs }: Span): readonly Segment[] {
  return segments.filter(({ chunks }) =>
    chunks.some(({ firstMs, lastMs }) => (firstMs ?? Infinity) < toMs && (lastMs ?? -Infinity) >= fromMs),
  )
}

/** Whether a row is a page view that counts. */
export const IS_VIEW: Sql = `verdict = 'counted' AND kind = 'view'`

/** Derived hits with all their columns, row by row: those of the segments' files and, unless told otherwise, of the tail. */
export function rowsSql(scanned: readonly string[], tail = true): Sql {
  const parts = tail || scanned.length === 0 ? [`SELECT ${ALL_COLUMNS} FROM ${TAIL_TABLE}`] : []
  if (scanned.length > 0) parts.push(`FROM ${segmentRowsSql(scanned)}`)
  return parts.join(' UNION ALL ')
}

/** The same of segments' files alone, at least one. By name, since none may have a column that came later. */
export function segmentRowsSql(scanned: readonly string[]): Sql {
  const none = `SELECT ${ALL_COLUMNS} FROM ${TAIL_TABLE} LIMIT 0`
  return `(SELECT ${ALL_COLUMNS} FROM ((${none}) UNION ALL BY NAME FROM ${parquet(scanned)}))`
}

const ALL_COLUMNS: Sql = COLUMNS.map((column) => name(column.name)).join(', ')
