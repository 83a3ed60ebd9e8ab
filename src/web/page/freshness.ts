import { html } from 'hono/html'
import { agoWords, clockAt, dayWords } from '../days.ts'
import type { Html } from '../html.ts'

/** How new the numbers of a page are. */
export interface Freshness {
  /** Time of the newest hit that was read, ISO 8601 UTC; null before the first. */
  readonly fresh: string | null
  readonly nowMs: number
  readonly timezone: string
}

/** `Counted up to 14:35:07, 3 seconds ago.` in the site's zone, with the day where it is not today. */
export function freshWords({ fresh, nowMs, timezone }: Freshness): Html {
  if (fresh === null) return html`No hit was received yet.`
  const freshMs = Date.parse(fresh)
  const [clock, now] = [clockAt(freshMs, timezone), clockAt(nowMs, timezone)]
  const day = clock.day === now.day ? '' : `${dayWords(clock.day)}, `
  return html`Counted up to <time datetime="${fresh}">${day}${clock.second}</time>, ${agoWords(nowMs - freshMs)}.`
}
