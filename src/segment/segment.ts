/** What one chunk gave to a segment. */
export interface ChunkLineage {
  readonly name: string
  /** Rows derived from it: one a hit. */
  readonly rows: number
  /** Order-free hash over those rows: a merge keeps it, `verify` makes it again. 16 hex digits. */
  readonly hash: string
  /** Times of its earliest and latest hit, ms UTC, both inclusive; null for a chunk without hits. */
  readonly firstMs: number | null
  readonly lastMs: number | null
  /** Version and policy of `derive` that made the rows. */
  readonly derive: string
  /** Name of the chunk whose place it took, when hits were forgotten. */
  readonly replaces?: string
}

/** One immutable Parquet file of derived hits that says which chunks it holds. It replaces exactly those. */
export interface Segment {
  /** File name without ending: a chunk's name, or bucket and generation (`2026-11-23.g02`, `2026-11.g01`). */
  readonly name: string
  readonly rows: number
  readonly bytes: number
  readonly chunks: readonly ChunkLineage[]
}
