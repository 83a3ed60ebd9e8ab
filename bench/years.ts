import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../src/limits.ts'
import { encodeRawHit } from '../src/hit.ts'
import { CHUNK_HEADER, chunkName, hourOf, OPEN_ENDING } from '../src/log/chunk.ts'
import { DAY, dayHits } from '../src/main/demo/day.ts'
import { createFolder, dataFolder } from '../src/main/folder.ts'
import { openLibrary } from '../src/main/library.ts'
import { parseSettings } from '../src/parse-settings.ts'
import { writeSegment } from '../src/segment/compaction.ts'
import type { Derive } from '../src/segment/derived-chunk.ts'
import { deriveBy, lineageOf } from '../src/segment/derived-chunk.ts'
import type { ChunkLineage } from '../src/segment/segment.ts'
import type { Table } from '../src/segment/table.ts'
import { TableBuilder } from '../src/segment/table-builder.ts'

const DAYS = 365
const HOUR = DAY / 24
/** Behind the last day of the years. */
export const YEAR_END_MS = Date.UTC(2026, 10, 1)
/** Days whose raw hits are still there, so that they are not merged. */
const RAW_DAYS = 30
const WEEK_DAYS = 7
/** Demo hits of one audience and day, about. */
const AUDIENCE_HITS = 900
/** What a hit takes as a segment and as a roll-up while both stand beside what they replace: more than measured. */
const HIT_BYTES = 40

/** A data folder that can be read and compacted. */
export function libraryIn(dir: string): ReturnType<typeof openLibrary> {
  const sources = { toml: '', file: 'headcount.toml', env: {}, flags: {}, timezone: 'UTC' }
  return openLibrary({ folder: dataFolder(dir), settings: parseSettings(sources) })
}

/**
 * Makes a year of so many hits as it stands after months of running, kept for the next run: days of the demo, a week of
 * them over and over, in segments of days and, where they fit into one, of months; and an hour of hits in the tail.
 *
 * @returns null where the disk has no room for it
 */
export async function makeYear(cacheDir: string, hits: number): Promise<string | null> {
  const dir = join(cacheDir, `year-${hits}`)
  const ready = join(dir, 'ready')
  if (existsSync(ready)) return dir
  const { bavail, bsize } = statfsSync(cacheDir)
  if (bavail * bsize < hits * HIT_BYTES) return null
  rmSync(dir, { recursive: true, force: true })
  await createFolder(dataFolder(dir))
  process.stderr.write(`Making a year of ${hits.toLocaleString('en')} hits (kept for the next run) …\n`)
  const library = libraryIn(dir)
  const derive = deriveBy(library.policy)
  const week = Array.from({ length: WEEK_DAYS }, (_, day) => dayTable(derive, day, Math.ceil(hits / DAYS)))
  for (const { name, days } of buckets(hits)) {
    const { table, chunks } = segmentOf(days, week, derive.id)
    await writeSegment({ ...library, now: () => YEAR_END_MS }, { name, table, chunks })
  }
  writeTail(dir, Math.ceil(hits / DAYS / 24))
  writeFileSync(ready, '')
  return dir
}

/** The hour that is running: hits that no segment holds yet. */
function writeTail(dir: string, hitsWanted: number): void {
  const hourMs = YEAR_END_MS - 3 * HOUR
  const lines: string[] = []
  for (let seed = 0; lines.length < hitsWanted; seed += 1) {
    const hits = dayHits({ seed, startMs: YEAR_END_MS - DAY, number: DAYS - 1 })
    const own = hits.filter(({ timeMs }) => timeMs >= hourMs && timeMs < hourMs + HOUR)
    lines.push(...own.map(encodeRawHit))
  }
  const text = `${[CHUNK_HEADER, ...lines.slice(0, hitsWanted)].join('\n')}\n`
  writeFileSync(join(dataFolder(dir).log, chunkName(hourOf(hourMs), 'w00', 2) + OPEN_ENDING), text)
}

/** One day of the demo's first week with about so many hits, as many audiences as it takes at once. */
function dayTable(derive: Derive, day: number, hitsWanted: number): Table {
  const startMs = YEAR_END_MS - (WEEK_DAYS - day) * DAY
  const audiences = Math.ceil(hitsWanted / AUDIENCE_HITS)
  const builder = new TableBuilder()
  let added = 0
  for (let seed = 0; seed < audiences; seed += 1) {
    const hits = dayHits({ seed, startMs, number: DAYS - WEEK_DAYS + day })
    for (const [index, hit] of hits.entries()) {
      // Spread over the day where one audience is more than is wanted.
      if (added >= hitsWanted || (index * hitsWanted) % hits.length >= hitsWanted) continue
      builder.add(derive.row(hit))
      added += 1
    }
  }
  return builder.sorted()
}

interface Bucket {
  readonly name: string
  /** Their midnights, UTC. */
  readonly days: readonly number[]
}

function buckets(hits: number): readonly Bucket[] {
  const days = Array.from({ length: DAYS }, (_, day) => YEAR_END_MS - (DAYS - day) * DAY)
  const mergedMax = Math.floor(LIMITS.segmentRowsMax / (hits / DAYS))
  const old = days.slice(0, -RAW_DAYS)
  const months = Map.groupBy(old, (day) => new Date(day).toISOString().slice(0, 7))
  const merged = [...months].flatMap(([month, days]) => {
    const packs = Array.from({ length: Math.ceil(days.length / mergedMax) }, (_, pack) => ({
      name: `${month}.g${String(pack + 1).padStart(2, '0')}`,
      days: days.slice(pack * mergedMax, (pack + 1) * mergedMax),
    }))
    return packs
  })
  const young = days.slice(-RAW_DAYS).map((day) => ({ name: chunkOf(day), days: [day] }))
  return [...merged, ...young]
}

function chunkOf(dayMs: number): string {
  return chunkName(hourOf(dayMs), 'w00', 1)
}

function segmentOf(
  days: readonly number[],
  week: readonly Table[],
  derive: string,
): { readonly table: Table; readonly chunks: readonly ChunkLineage[] } {
  const builder = new TableBuilder()
  const chunks = days.map((dayMs) => {
    const table = moved(week, dayMs)
    builder.addTable(table)
    return lineageOf(chunkOf(dayMs), table, derive)
  })
  return { table: builder.sorted(), chunks }
}

/** The hits of the same day of the week, at that day. */
function moved(week: readonly Table[], dayMs: number): Table {
  const daysBack = Math.round((YEAR_END_MS - dayMs) / DAY)
  const weeksBack = Math.ceil(daysBack / WEEK_DAYS) - 1
  const table = week[WEEK_DAYS * (weeksBack + 1) - daysBack] ?? week[0]
  if (table === undefined) throw new RangeError('a week has seven days')
  return { ...table, times: table.times.map((time) => time - weeksBack * WEEK_DAYS * DAY) }
}
