import type { RawHit } from './hit.ts'

/** A view of which nothing is known but that it was: every hit begins here. */
export const BLANK_HIT: RawHit = {
  kind: 'view',
  timeMs: 0,
  site: null,
  path: null,
  referrer: null,
  source: null,
  medium: null,
  campaign: null,
  headers: {},
  country: null,
  viewNumber: null,
  event: null,
  target: null,
  window: null,
  verdict: null,
  bot: null,
  count: 1,
  cut: [],
}
