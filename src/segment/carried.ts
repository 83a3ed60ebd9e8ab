import type { Kind } from '../hit.ts'
import { KINDS } from '../hit.ts'
import type { ReportColumn } from '../row.ts'

/** Which of its columns a row of some kind carries; the others are null. */
export interface Carried {
  readonly path: boolean
  /** Referrer and channel. */
  readonly way: boolean
  /** Source, medium and campaign. */
  readonly campaign: boolean
  /** Country and language. */
  readonly place: boolean
  /** Browser, system and device. */
  readonly agent: boolean
  /** Event and target. */
  readonly event: boolean
  readonly window: boolean
}

const NOTHING: Carried = {
  path: false,
  way: false,
  campaign: false,
  place: false,
  agent: false,
  event: false,
  window: false,
}

/** What rows of each kind carry. */
export const CARRIED: Readonly<Record<Kind, Carried>> = {
  view: { ...NOTHING, path: true, way: true, campaign: true, place: true, agent: true },
  number: { ...NOTHING, place: true, agent: true },
  event: { ...NOTHING, path: true, place: true, agent: true, event: true },
  window: { ...NOTHING, path: true, agent: true, window: true },
  referral: { ...NOTHING, path: true, way: true },
  tally: NOTHING,
}

const PART_OF: Readonly<Record<ReportColumn, keyof Carried>> = {
  path: 'path',
  referrer: 'way',
  channel: 'way',
  source: 'campaign',
  medium: 'campaign',
  campaign: 'campaign',
  country: 'place',
  language: 'place',
  browser: 'agent',
  browser_version: 'agent',
  system: 'agent',
  system_version: 'agent',
  device: 'agent',
  window: 'window',
  event: 'event',
  target: 'event',
}

/** The kinds of hits that carry all of these columns. */
export function kindsWith(columns: readonly ReportColumn[]): ReadonlySet<Kind> {
  return new Set(KINDS.filter((kind) => columns.every((column) => CARRIED[kind][PART_OF[column]])))
}
