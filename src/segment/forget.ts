import { AppError } from '../errors.ts'
import type { RawHit } from '../hit.ts'
import { chunkName, nextPart } from '../log/chunk.ts'
import type { CompactionDeps } from './compaction.ts'
import { areCurrent, compact, readChecked, writeSegment } from './compaction.ts'
import { nextName } from './compaction-plan.ts'
import { createDeriver, policyOf } from './derive.ts'
import { lineageOf, readHits, restLineage } from './derived-chunk.ts'
import { currentSegments, listedChunks, supersededSegments } from './lineage.ts'
import type { RawChunks } from './raw-chunks.ts'
import type { ChunkLineage } from './segment.ts'
import type { StoredSegment } from './segment-file.ts'
import type { Table, Value } from './table.ts'
import { TableBuilder } from './table-builder.ts'

/** Races lost in a row to compaction, before this gives up. */
const TRIES_MAX = 100

/** What is to be forgotten: a site, or one page of it. */
export interface Forgetting {
  readonly site: string
  /** null: all pages. */
  readonly path: string | null
}

export interface ForgetDeps extends CompactionDeps {
  readonly log: RawChunks
}

/** What was forgotten. */
export interface ForgetSummary {
  /** Hits, counted in segments. */
  readonly hits: number
  /** Segments written anew, and chunks. */
  readonly segments: number
  readonly chunks: number
}

/**
 * Takes all hits of a site, or of one page of it, out of segments and raw hits, for good. Whoever calls it
 * holds `LOCK`, and no chunk is open: so no server runs.
 *
 * Closed chunks never change. So chunks come anew under the next names of their writers: first written where nobody
 * sees them; then each segment is written anew, as one that lists both its old chunks (now without rows) and the new
 * ones, so that it wins over the old one the instant its name appears; then the new chunks are
 * shown and the old ones removed; then everything that is superseded. Cut off at any step, every other hit is still
 * there exactly once, and the next call goes on from there.
 *
 * @throws {AppError} FOLDER_LOCKED while a chunk is open, SEGMENT_DAMAGED
 */
export async function forget(deps: ForgetDeps, what: Forgetting): Promise<ForgetSummary> {
  await requireClosed(deps.log)
  let chunks = await finishReplacing(deps)
  await compact(deps)
  let [hits, segments] = [0, 0]
  for (let triesLeft = TRIES_MAX; triesLeft > 0; triesLeft--) {
    const next = await findHolder(deps, what)
    if (next === null) break
    const written = await rewrite(next, deps, what)
    if (written === null) continue
    hits += next.segment.rows - written.rows
    segments++
    triesLeft = TRIES_MAX
    chunks += await finishReplacing(deps)
  }
  await removeSuperseded(deps)
  return { hits, segments, chunks }
}

async function requireClosed(log: RawChunks): Promise<void> {
  const open = (await log.chunks()).find((chunk) => !chunk.closed)
  if (open === undefined) return
  const what = `chunk "${open.name}" is open; stop the server first`
  throw new AppError('FOLDER_LOCKED', `Cannot forget hits: ${what}`)
}

/** A segment that holds what is to be forgotten, and its rows without that. */
interface Holder {
  readonly segment: StoredSegment
  readonly table: Table
}

async function findHolder({ store }: ForgetDeps, what: Forgetting): Promise<Holder | null> {
  for (const segment of currentSegments(await store.list())) {
    const table = await readChecked(store, [segment])
    const kept = without(table, what)
    if (kept.rows < table.rows) return { segment, table: kept }
  }
  return null
}

function without(table: Table, what: Forgetting): Table {
  const sites = table.column('site')
  const paths = table.column('path')
  const builder = new TableBuilder()
  builder.addTable(table, (row) => {
    const [site, path] = [sites.values[sites.codes[row] ?? 0], paths.values[paths.codes[row] ?? 0]]
    return !isForgotten({ site, path }, what)
  })
  return builder.sorted()
}

function isForgotten(
  row: { site: Value | undefined; path: Value | undefined },
  { site, path }: Forgetting,
): boolean {
  return row.site === site && (path === null || row.path === path)
}

async function rewrite(
  { segment, table }: Holder,
  deps: ForgetDeps,
  what: Forgetting,
): Promise<StoredSegment | null> {
  const all = await deps.store.list()
  if (!areCurrent([segment], all)) return null
  const inLog = (await deps.log.chunks()).map(({ name }) => name)
  const names = [...inLog, ...listedChunks(all)]
  const replaced: ChunkLineage[] = []
  const replacing: ChunkLineage[] = []
  for (const chunk of segment.chunks.filter(({ name }) => inLog.includes(name))) {
    const lineage = await prepareChunk(chunk, nextChunkName(chunk.name, names), { log: deps.log, what })
    if (lineage === null) continue
    names.push(lineage.name)
    replaced.push(chunk)
    replacing.push(lineage)
  }
  const gone = segment.chunks.filter(({ name }) => !inLog.includes(name))
  const untouched = segment.chunks.filter((chunk) => !replaced.includes(chunk) && !gone.includes(chunk))
  const known = [...untouched, ...replacing]
  const chunks = [...restLineage([...gone, ...replaced], table, known), ...known]
  return writeSegment(deps, { name: nextName(segment, all), table, chunks: chunks.sort(byName) })
}

/** Writes the chunk that takes a chunk's place; null where it holds nothing that is to be forgotten. */
async function prepareChunk(
  { name: replaces, rows, derive }: ChunkLineage,
  name: string,
  { log, what }: { log: RawChunks; what: Forgetting },
): Promise<ChunkLineage | null> {
  const kept: RawHit[] = []
  const builder = new TableBuilder()
  const toRow = createDeriver(policyOf(derive))
  for await (const hit of readHits(log, replaces)) {
    const row = toRow(hit)
    if (isForgotten(row, what)) continue
    kept.push(hit)
    builder.add(row)
  }
  if (kept.length === rows) return null
  await log.prepare(name, kept)
  return { ...lineageOf(name, builder.sorted(), derive), replaces }
}

/** Shows the new chunks that current segments list and removes the old ones: what a call that was cut off had left. */
async function finishReplacing({ log, store }: ForgetDeps): Promise<number> {
  const current = currentSegments(await store.list())
  const inLog = new Set((await log.chunks()).map(({ name }) => name))
  await log.sweep(listedChunks(current))
  let replaced = 0
  for (const { name, replaces } of current.flatMap(({ chunks }) => chunks)) {
    if (replaces === undefined || !inLog.has(replaces)) continue
    await log.replace(replaces, name)
    replaced++
  }
  return replaced
}

function byName(a: ChunkLineage, b: ChunkLineage): number {
  return a.name < b.name ? -1 : 1
}

async function removeSuperseded({ store }: ForgetDeps): Promise<void> {
  await store.sync()
  for (const { old } of supersededSegments(await store.list())) await store.remove(old.name)
}

/** In the hour of the old chunk, by the same writer, behind all of its parts: no writer gives that name again. */
function nextChunkName(name: string, names: readonly string[]): string {
  const [hour = '', writer = ''] = name.split('.')
  return chunkName(hour, writer, nextPart(names, writer))
}
