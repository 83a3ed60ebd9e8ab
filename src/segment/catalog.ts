import { join } from 'node:path'
import { AppError } from '../errors.ts'
import type { SegmentFiles } from './files.ts'
import { orGone } from './files.ts'
import { decodeFooter, footerBytes } from './parquet.ts'
import type { Rollup } from './rollup-file.ts'
import { parseRollup } from './rollup-file.ts'
import type { Segment } from './segment.ts'
import type { StoredSegment } from './segment-file.ts'
import { parseSegment } from './segment-file.ts'

const ENDING = '.parquet'
const ROLLUP_ENDING = '.rollup.parquet'
/** Holds the footer of any but a month of many chunks; then a second read follows. */
const FOOTER_BYTES = 32_768
/** Listings in a row that files vanish from, before that is a fault. */
const SCANS_MAX = 5

/** A segment that cannot be read, and why. */
export interface Damage {
  readonly segment: string
  readonly error: AppError
}

/** What stands in a folder of segments, each footer read once. */
export interface Catalog {
  pathOf(name: string): string
  rollupPathOf(name: string): string
  /** All segments in name order, superseded ones included, and what is wrong with those that cannot be read. */
  scan(): Promise<{ readonly segments: readonly StoredSegment[]; readonly damaged: readonly Damage[] }>
  /** The segment's roll-up; null where there is none, or it is damaged or of another segment. */
  rollup(segment: Segment): Promise<Rollup | null>
}

/** A segment that was listed is no longer there, superseded by another: whoever asked lists again, once. */
export class SegmentGone extends Error {
  override readonly name = 'SegmentGone'
}

/** Opens the catalog of `dir`; a folder that is not there holds nothing. */
export function openCatalog(dir: string, files: SegmentFiles): Catalog {
  const known = new Map<string, StoredSegment>()
  const knownRollups = new Map<string, { readonly id: string; readonly rollup: Rollup | null }>()
  const pathOf = (name: string): string => join(dir, name + ENDING)
  const rollupPathOf = (name: string): string => join(dir, name + ROLLUP_ENDING)

  async function scan(scansLeft = SCANS_MAX): ReturnType<Catalog['scan']> {
    const names = segmentNames(await files.list(dir))
    forgetOthers(known, names)
    forgetOthers(knownRollups, names)
    const found = await Promise.all(names.map((name) => open(name)))
    const present = found.filter((outcome) => outcome !== null)
    if (present.length === found.length) {
      return {
        segments: present.filter((outcome): outcome is StoredSegment => !isDamage(outcome)),
        damaged: present.filter(isDamage),
      }
    }
    // Superseded and removed while we looked: what superseded it may be newer than our list of names.
    if (scansLeft > 1) return scan(scansLeft - 1)
    throw new SegmentGone('segments vanish as fast as they are listed')
  }

  async function open(name: string): Promise<StoredSegment | Damage | null> {
    const before = known.get(name)
    if (before !== undefined) return before
    const file = await orGone(readEnd(files, pathOf(name)))
    if (file === null) return null
    try {
      const segment = parseSegment(name, file.bytes, decodeFooter(file.end))
      known.set(name, segment)
      return segment
    } catch (cause) {
      return { segment: name, error: segmentDamaged(name, cause) }
    }
  }

  async function rollup(segment: Segment): Promise<Rollup | null> {
    const path = rollupPathOf(segment.name)
    const now = await orGone(files.stat(path))
    const before = knownRollups.get(segment.name)
    if (before !== undefined && before.id === now?.id) return before.rollup
    const file = await orGone(readEnd(files, path))
    if (now === null || file === null) return null
    const found = rollupOf(path, segment, file.end)
    knownRollups.set(segment.name, { id: now.id, rollup: found })
    return found
  }

  return { pathOf, rollupPathOf, scan, rollup }
}

/** What to throw, and what to do, when a segment cannot be read. */
export function segmentDamaged(name: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const remedy = 'restore it from a backup, or remove the file if its chunks are still in the log'
  return new AppError('SEGMENT_DAMAGED', `Cannot read segment "${name}": ${why}; ${remedy}`, { cause })
}

/** Whether a file is the roll-up of a segment that is not among the names. */
export function isOrphan(file: string, names: readonly string[]): boolean {
  return file.endsWith(ROLLUP_ENDING) && !names.includes(file.slice(0, -ROLLUP_ENDING.length) + ENDING)
}

function segmentNames(names: readonly string[]): readonly string[] {
  return names
    .filter((name) => name.endsWith(ENDING) && !name.endsWith(ROLLUP_ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .sort()
}

function forgetOthers(known: Map<string, unknown>, names: readonly string[]): void {
  const kept = new Set(names)
  for (const name of known.keys()) if (!kept.has(name)) known.delete(name)
}

function isDamage(outcome: StoredSegment | Damage): outcome is Damage {
  return 'error' in outcome
}

function rollupOf(path: string, segment: Segment, end: Uint8Array): Rollup | null {
  try {
    return parseRollup(path, segment, decodeFooter(end))
  } catch {
    // It can be made again from its segment, and until then it is only missed.
    return null
  }
}

/** The end of a file, with the whole footer in it, and the size of all of it. */
async function readEnd(files: SegmentFiles, path: string): Promise<{ bytes: number; end: Uint8Array }> {
  const { bytes } = await files.stat(path)
  const end = await files.readEnd(path, FOOTER_BYTES)
  const isWhole = end.length < FOOTER_BYTES || footerBytes(end) <= FOOTER_BYTES
  return { bytes, end: isWhole ? end : await files.readEnd(path, footerBytes(end)) }
}
