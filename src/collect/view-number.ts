import type { RawHit } from '../hit.ts'

/** How many views of a site a browser had in the site's day, this one included: 1, 2, or 3 for all that follow. */
export type ViewNumber = Exclude<RawHit['viewNumber'], null>

/** `"2026-11-23.2"` as it was sent, or as proxies that compress write it: weak (nginx, CDNs), or marked (Apache). */
const VALIDATOR = /^(?:W\/)?"(\d{4}-\d\d-\d\d)\.([123])(?:-gzip)?"$/

/**
 * The number that the browser's cache holds for `day`.
 *
 * A validator that is not of this day, or none of ours, is the same as none. A forged one can only be one of the three
 * of this day, and makes its sender's next view a later one: never more than one visitor less, whom the forger is.
 *
 * @param header `If-None-Match`
 * @param day the site's, as in `2026-11-23`
 * @returns null where it holds none: this is the first view
 */
export function parseValidator(
  header: string | readonly string[] | undefined,
  day: string,
): ViewNumber | null {
  const [, ofDay, digit] = (typeof header === 'string' ? VALIDATOR.exec(header) : null) ?? []
  if (ofDay !== day) return null
  return digit === '1' ? 1 : digit === '2' ? 2 : 3
}

/** The value of the ETag, without its quotes. */
export function renderValidator(day: string, number: ViewNumber): string {
  return `${day}.${number}`
}

/** The number of the view that comes now. @param before of the one before; null: there was none */
export function nextNumber(before: ViewNumber | null): ViewNumber {
  if (before === null) return 1
  return before === 1 ? 2 : 3
}
