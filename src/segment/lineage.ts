import type { Chunk } from '../log/hot-log.ts'
import type { Segment } from './segment.ts'

/**
 * The segments that count: each chunk is in at most one of them.
 *
 * Of two that list the same chunk the one that lists more wins; of equal lists the later generation, then the
 * smaller name. Lists nest and never cross; should two cross all the same, the loser's other chunks count as
 * listed by none, so that they are read from the log rather than twice.
 */
export function currentSegments<S extends Segment>(segments: readonly S[]): readonly S[] {
  const taken = new Set<string>()
  const current: S[] = []
  for (const segment of segments.toSorted(byPrecedence)) {
    if (segment.chunks.some(({ name }) => taken.has(name))) continue
    for (const { name } of segment.chunks) taken.add(name)
    current.push(segment)
  }
  return current.sort(byName)
}

/** The chunks that no current segment lists: they are read from the log. */
export function tailChunks(chunks: readonly Chunk[], segments: readonly Segment[]): readonly Chunk[] {
  const listed = listedChunks(currentSegments(segments))
  return chunks.filter(({ name }) => !listed.has(name))
}

/** Segments all of whose chunks one current segment lists, each with that one. */
export function supersededSegments<S extends Segment>(segments: readonly S[]): readonly { old: S; by: S }[] {
  const current = currentSegments(segments)
  const holder = new Map(current.flatMap((by) => by.chunks.map(({ name }) => [name, by] as const)))
  return segments.flatMap((old) => {
    const holders = new Set(old.chunks.map(({ name }) => holder.get(name)))
    const [by] = holders
    return by === undefined || by === old || holders.size > 1 ? [] : [{ old, by }]
  })
}

/** Names of all chunks that these segments list. */
export function listedChunks(segments: readonly Segment[]): ReadonlySet<string> {
  return new Set(segments.flatMap(({ chunks }) => chunks.map(({ name }) => name)))
}

/** The generation that a name ends in (`2026-11-23.g02` → 2); 0 for a segment named after its chunk. */
export function generationOf(name: string): number {
  return Number(/\.g(\d+)$/.exec(name)?.[1] ?? 0)
}

function byPrecedence(a: Segment, b: Segment): number {
  return b.chunks.length - a.chunks.length || generationOf(b.name) - generationOf(a.name) || byName(a, b)
}

function byName(a: Segment, b: Segment): number {
  return a.name < b.name ? -1 : Number(a.name > b.name)
}
