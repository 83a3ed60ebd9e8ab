const DAY = 86_400_000

/**
 * The version that is current at a time (ms UTC), by each family's own release calendar, carried on at
 * the same pace beyond what is known.
 */
const CURRENT = {
  /** Every four weeks, and every two from September 2026. */
  chromium,
  /** Every four weeks. */
  firefox: (timeMs: number) => 146 + Math.floor((timeMs - Date.UTC(2025, 11, 9)) / (28 * DAY)),
  /** Every three months. */
  samsung: (timeMs: number) => 29 + Math.floor((timeMs - Date.UTC(2025, 9, 1)) / (91 * DAY)),
  safari,
} as const

/** Families whose version moves with the calendar. */
export type Family = keyof typeof CURRENT

/** The version of `family` that was current at `timeMs`; Safari's has tenths (26.2). */
export function currentVersion(family: Family, timeMs: number): number {
  return CURRENT[family](timeMs)
}

function chromium(timeMs: number): number {
  const days = (timeMs - Date.UTC(2026, 8, 8)) / DAY
  return 153 + Math.floor(days / (days < 0 ? 28 : 14))
}

/** 26.0 in September 2025, then a minor one about every seven weeks: 26.1, 26.2, … */
function safari(timeMs: number): number {
  const months = (new Date(timeMs).getUTCMonth() + 4) % 12
  const septembers = Math.floor((timeMs - Date.UTC(2025, 8, 1)) / (365.25 * DAY))
  return 26 + septembers + Math.min(6, Math.floor(months / 1.6)) / 10
}
