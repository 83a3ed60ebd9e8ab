import type { DerivePolicy } from '../segment/derive.ts'
import type { RawChunks } from '../segment/raw-chunks.ts'
import { openRawChunks } from '../segment/raw-chunks.ts'
import type { SegmentStore } from '../segment/store.ts'
import { openSegmentStore } from '../segment/store.ts'
import type { Settings } from '../settings.ts'
import { zoneOf } from './configuration.ts'
import type { DataFolder } from './folder.ts'

/** All that is kept in a data folder, and how to read it: what reports and maintenance work on. */
export interface Library {
  readonly log: RawChunks
  readonly store: SegmentStore
  readonly policy: DerivePolicy
  readonly rawDays: number
  readonly segmentDays: number
  readonly zoneOf: (site: string) => string
  readonly weekStart: Settings['weekStart']
  readonly now: () => number
}

/** Opens a data folder for reading and maintenance; no lock is needed. */
export function openLibrary({ folder, settings }: { folder: DataFolder; settings: Settings }): Library {
  return {
    log: openRawChunks(folder.log),
    store: openSegmentStore(folder.segments),
    policy: { prerender: settings.prerender },
    rawDays: settings.rawDays,
    segmentDays: settings.segmentDays,
    zoneOf: zoneOf(settings),
    weekStart: settings.weekStart,
    now: Date.now,
  }
}
