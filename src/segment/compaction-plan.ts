import { LIMITS } from '../limits.ts'
import type { Chunk } from '../log/hot-log.ts'
import { currentSegments, generationOf, tailChunks } from './lineage.ts'
import type { Segment } from './segment.ts'

/** Segments of a day that has not ended; above it those of its ended hours are merged before its end. */
const OPEN_DAY_SEGMENTS_MAX = 32

/** How much of a chunk's name is its day, its month, its hour. */
const DAY = 'YYYY-MM-DD'.length
const MONTH = 'YYYY-MM'.length
const HOUR = 'YYYY-MM-DDTHH'.length

/** One segment to be written. */
export type CompactionStep<S extends Segment> =
  /** A closed chunk becomes a segment of its name. */
  | { readonly kind: 'derive'; readonly chunk: string }
  /** Segments become one. */
  | { readonly kind: 'merge'; readonly name: string; readonly inputs: readonly S[] }

/**
 * Chooses what to write next. Pure: the same lists and hour give the same plan, so one that was cut off, or lost a
 * race, is planned again from the lists alone.
 *
 * First every closed chunk of the tail. When there is none: a month that has ended and whose chunks are all gone
 * from the log, else a day that has ended, else the ended hours of a day of many segments. Merges take whole
 * current segments in the order of their names, as many as fit into one.
 *
 * @param nowMs the hour counts; names of buckets are UTC
 */
export function planCompaction<S extends Segment>(
  chunks: readonly Chunk[],
  segments: readonly S[],
  nowMs: number,
): readonly CompactionStep<S>[] {
  const closed = tailChunks(chunks, segments).filter((chunk) => chunk.closed)
  if (closed.length > 0) return closed.map(({ name: chunk }) => ({ kind: 'derive', chunk }))
  const nowHour = new Date(nowMs).toISOString().slice(0, HOUR)
  const months = Map.groupBy(currentSegments(segments), (segment) => bucketOf(segment, MONTH))
  return Array.from(months).flatMap(([month, inMonth]) => {
    if (month === null) return []
    const isExpired = month < nowHour.slice(0, MONTH) && !chunks.some(({ name }) => name.startsWith(month))
    if (isExpired) return planMerges(month, inMonth, segments)
    return mergeableDays(inMonth, nowHour).flatMap(([day, inDay]) => planMerges(day, inDay, segments))
  })
}

/** A name for what takes a segment's place: the next generation of its bucket, of its day where it has none. */
export function nextName({ name }: Segment, segments: readonly Segment[]): string {
  const bucket = /^(?<bucket>.+)\.g\d+$/.exec(name)?.groups?.['bucket'] ?? name.slice(0, DAY)
  return generationName(bucket, lastGeneration(bucket, segments) + 1)
}

function mergeableDays<S extends Segment>(inMonth: readonly S[], nowHour: string): [day: string, S[]][] {
  const days = Map.groupBy(inMonth, (segment) => bucketOf(segment, DAY))
  return Array.from(days).flatMap(([day, inDay]): [string, S[]][] => {
    if (day === null) return []
    if (day < nowHour.slice(0, DAY)) return [[day, inDay]]
    const ended = inDay.filter(({ chunks }) => chunks.every(({ name }) => name.slice(0, HOUR) < nowHour))
    return ended.length > OPEN_DAY_SEGMENTS_MAX ? [[day, ended]] : []
  })
}

function planMerges<S extends Segment>(
  bucket: string,
  inputs: readonly S[],
  segments: readonly S[],
): readonly CompactionStep<S>[] {
  let generation = lastGeneration(bucket, segments)
  return packs(inputs)
    .filter((pack) => pack.length > 1)
    .map((pack) => ({ kind: 'merge', name: generationName(bucket, ++generation), inputs: pack }) as const)
}

/** Neighbours whose rows fit into one segment; no two packs in a row would fit together. */
function packs<S extends Segment>(inputs: readonly S[]): readonly S[][] {
  const packed: S[][] = []
  let rows = Infinity
  for (const segment of inputs.toSorted((a, b) => (firstChunk(a) < firstChunk(b) ? -1 : 1))) {
    rows += segment.rows
    if (rows <= LIMITS.segmentRowsMax) packed.at(-1)?.push(segment)
    else packed.push([segment])
    if (rows > LIMITS.segmentRowsMax) rows = segment.rows
  }
  return packed
}

/** What the names of all its chunks begin with; null where they differ. */
function bucketOf(segment: Segment, length: number): string | null {
  const bucket = firstChunk(segment).slice(0, length)
  return segment.chunks.every(({ name }) => name.startsWith(bucket)) ? bucket : null
}

function firstChunk({ chunks }: Segment): string {
  return chunks.reduce((first, { name }) => (name < first ? name : first), chunks[0]?.name ?? '')
}

function lastGeneration(bucket: string, segments: readonly Segment[]): number {
  const own = segments.filter(({ name }) => name.startsWith(`${bucket}.g`))
  return Math.max(0, ...own.map(({ name }) => generationOf(name)))
}

function generationName(bucket: string, generation: number): string {
  return `${bucket}.g${String(generation).padStart(2, '0')}`
}
