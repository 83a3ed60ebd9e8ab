import type { Random } from '../../src/main/demo/random.ts'
import { weightedDraw } from '../../src/main/demo/random.ts'
import type { Load } from './load.ts'
import { TAGS } from './load.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Readers begin a visit in these hours of the day, so that each visit ends before midnight. */
const VISITING_HOURS = 22
const VISITS_MAX = 6
const VIEWS_MAX = 30
/** Chance that a reader comes again the same day, and that one reads on after a page: assumed, not measured. */
const COMES_AGAIN = 0.2
const READS_ON = 0.42

const PAGES = Array.from({ length: 40 }, (_, rank) => [`/page-${rank}/`, 1 / (rank + 1)] as const)
const drawPage = weightedDraw(PAGES)

/** One reader's day on a site whose pages carry `v.css`, in time order, in a browser that does as browsers do. */
export function readerDay(reader: number, startMs: number, random: Random): readonly Load[] {
  const visits = repeats(random, COMES_AGAIN, VISITS_MAX)
  const starts = Array.from({ length: visits }, () => startMs + Math.floor(random() * VISITING_HOURS * HOUR))
  const loads = starts
    .toSorted((a, b) => a - b)
    .flatMap((start, visit) => {
      const times = Array.from(
        { length: repeats(random, READS_ON, VIEWS_MAX) },
        (_, view) => start + view * MINUTE,
      )
      return times.map((timeMs) => ({ visit, timeMs }))
    })
  return loads
    .toSorted((one, other) => one.timeMs - other.timeMs)
    .map((load) => ({ ...USUAL, ...load, reader, path: drawPage(random), cache: `${reader}` }))
}

const USUAL = { tag: TAGS.visitors, revalidates: true, requested: true, seen: true, headers: {} } as const

/** 1, and 1 more for each time that `chance` holds in a row. */
function repeats(random: Random, chance: number, max: number): number {
  let count = 1
  while (count < max && random() < chance) count += 1
  return count
}
