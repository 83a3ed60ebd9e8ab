import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../errors.ts'
import type { RawHit } from '../../hit.ts'
import { encodeRawHit } from '../../hit.ts'
import { CHUNK_HEADER, CLOSED_ENDING, OPEN_ENDING, chunkName, hourOf } from '../../log/chunk.ts'
import { DAY, dayHits } from './day.ts'

const SEED = 2026
const DAYS = 365
const MINUTE = 60_000

/** How far the folder is filled; kept in its `demo.json`. Times are ms UTC, on whole minutes. */
interface Progress {
  /** Midnight of the demo's first day. */
  readonly sinceMs: number
  /** All hits before it are there. */
  readonly filledMs: number
  /** What a fill is on its way to; the same as `filledMs` when it got there. */
  readonly goalMs: number
}

/**
 * Fills a data folder with the demo's year up to the current minute; a folder that is filled already
 * gets what is missing since, of a year at most. Makes the same chunks whenever it is repeated, so a fill that was cut off
 * is finished by the next. Call it before the hot log is opened.
 *
 * @param days how far back a new folder begins, in UTC days, today included
 * @throws {AppError} FOLDER_UNUSABLE when the folder holds hits that are not the demo's
 */
export async function fillDemo(dataDir: string, nowMs: number, days = DAYS): Promise<void> {
  const logDir = join(dataDir, 'log')
  await mkdir(logDir, { recursive: true })
  const begun = (await readProgress(dataDir)) ?? (await begin(logDir, nowMs - (days - 1) * DAY))
  const whole = await fillUpTo(dataDir, begun, begun.goalMs)
  await fillUpTo(dataDir, whole, Math.floor(nowMs / MINUTE) * MINUTE)
}

async function fillUpTo(dataDir: string, progress: Progress, goalMs: number): Promise<Progress> {
  if (goalMs <= progress.filledMs) return progress
  const filledMs = Math.max(progress.filledMs, goalMs - DAYS * DAY)
  const under = { ...progress, filledMs, goalMs }
  await writeProgress(dataDir, under)
  await writeChunks(join(dataDir, 'log'), under)
  const done = { ...under, filledMs: goalMs }
  await writeProgress(dataDir, done)
  return done
}

async function begin(logDir: string, firstMs: number): Promise<Progress> {
  if ((await readdir(logDir)).length > 0) {
    const act = `Cannot fill "${logDir}" with demo hits: it holds others`
    throw new AppError('FOLDER_UNUSABLE', `${act}. Choose an empty folder with --data`)
  }
  const sinceMs = dayStart(firstMs)
  return { sinceMs, filledMs: sinceMs, goalMs: sinceMs }
}

/** One chunk for each whole month before that of `goalMs`, and one a day after it; the first and last perhaps in part. */
async function writeChunks(logDir: string, { sinceMs, filledMs, goalMs }: Progress): Promise<void> {
  const monthMs = monthStart(goalMs, 0)
  for (let fromMs = filledMs; fromMs < goalMs;) {
    const toMs = fromMs < monthMs ? monthStart(fromMs, 1) : Math.min(dayStart(fromMs) + DAY, goalMs)
    const lines = hitsBetween(fromMs, toMs, sinceMs).map(encodeRawHit)
    if (lines.length > 0) await writeChunk(join(logDir, nameOf(fromMs)), lines)
    fromMs = toMs
  }
}

function hitsBetween(fromMs: number, toMs: number, sinceMs: number): RawHit[] {
  const hits: RawHit[] = []
  for (let startMs = dayStart(fromMs); startMs < toMs; startMs += DAY) {
    hits.push(...dayHits({ seed: SEED, startMs, number: (startMs - sinceMs) / DAY }))
  }
  return hits.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs)
}

function dayStart(timeMs: number): number {
  return Math.floor(timeMs / DAY) * DAY
}

/** Midnight of the first day of a UTC month. @param months how many after that of `timeMs` */
function monthStart(timeMs: number, months: number): number {
  const date = new Date(timeMs)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months)
}

/** A name that no log gives: its writer is `w00`, its part the minute of the hour, from 1. */
function nameOf(timeMs: number): string {
  return chunkName(hourOf(timeMs), 'w00', new Date(timeMs).getUTCMinutes() + 1)
}

async function writeChunk(path: string, lines: readonly string[]): Promise<void> {
  await writeFile(path + OPEN_ENDING, `${[CHUNK_HEADER, ...lines].join('\n')}\n`)
  await rename(path + OPEN_ENDING, path + CLOSED_ENDING)
}

/** How far a folder is filled; null where it never was. @throws {AppError} FOLDER_UNUSABLE */
export async function readProgress(dataDir: string): Promise<Progress | null> {
  const path = join(dataDir, 'demo.json')
  if (!existsSync(path)) return null
  const { sinceMs, filledMs, goalMs }: Record<string, unknown> = JSON.parse(await readFile(path, 'utf8'))
  if (typeof sinceMs === 'number' && typeof filledMs === 'number' && typeof goalMs === 'number') {
    return { sinceMs, filledMs, goalMs }
  }
  const act = `Cannot go on filling "${dataDir}": its demo.json does not say how far it is`
  throw new AppError('FOLDER_UNUSABLE', `${act}. Remove the folder; the next start makes it again`)
}

async function writeProgress(dataDir: string, progress: Progress): Promise<void> {
  const path = join(dataDir, 'demo.json')
  await writeFile(`${path}.new`, `${JSON.stringify(progress)}\n`)
  await rename(`${path}.new`, path)
}
