import { LIMITS } from '../limits.ts'
import { dayOf, parsePeriod } from '../period.ts'
import { COLUMNS } from '../row.ts'
import type { Value } from '../segment/table.ts'
import { localDay } from '../zone.ts'
import { checkFilters } from './answer.ts'
import { openClock, spanOf } from './clock.ts'
import type { HitsFormat } from './hits-format.ts'
import { encodeHits } from './hits-format.ts'
import type { Desk, Library } from './library.ts'
import { listShelf, openDesk, segmentRowsSql, segmentsWithin } from './library.ts'
import { passingSql } from './read-sums.ts'
import type { Filter } from './report.ts'
import { readSites } from './sites.ts'
import type { Sql } from './sql.ts'
import { name } from './sql.ts'
import { TAIL_TABLE } from './tail.ts'

/** Which hits are wanted, and how they are written. */
export interface HitsQuestion {
  readonly site: string
  /** As of `Question`. */
  readonly period: string
  readonly filters: readonly Filter[]
  readonly format: HitsFormat
}

/**
 * The hits themselves, as columns of segments (docs/columns.md): counted and refused ones of the period that pass the
 * filters, in order of time but for those that came late. A file whose bytes are made as they are asked for, so that
 * whoever writes them slowly holds back no more than some ten thousand rows.
 *
 * @throws {AppError} QUESTION_INVALID, PERIOD_INVALID, before the first bytes
 */
export async function* exportHits(library: Library, question: HitsQuestion): AsyncGenerator<Uint8Array> {
  checkFilters(question.filters)
  const desk = await openDesk(library, { memoryMb: LIMITS.questionMemoryMbMax, ordered: true })
  try {
    yield* encodeHits(question.format, readAll(desk, await planHits(desk, question)))
  } finally {
    desk.duck.close()
  }
}

/** One statement for each file, in order of time, and one for the tail. */
async function planHits(desk: Desk, { site, period, filters }: HitsQuestion): Promise<readonly Sql[]> {
  const { library } = desk
  const zone = library.zoneOf(site)
  const shelf = await listShelf(desk)
  const [kept] = period === 'all' ? await readSites(desk, shelf, site) : []
  const days = parsePeriod(period, dayOf(localDay(zone, library.now())), kept?.firstHitDay ?? null)
  const span = spanOf(openClock(zone, days), days)
  const passing = passingSql({ site, span }, filters)
  const paths = segmentsWithin(shelf.segments, span).map(({ name }) => library.store.pathOf(name))
  return [
    ...paths.map((path) => hitsSql(segmentRowsSql([path]), passing)),
    `${hitsSql(TAIL_TABLE, passing)} ORDER BY time`,
  ]
}

async function* readAll(
  { duck }: Desk,
  statements: readonly Sql[],
): AsyncGenerator<readonly (readonly Value[])[]> {
  for (const sql of statements) yield* duck.stream(sql)
}

/** Times as numbers, ms UTC; all else as it stands. */
function hitsSql(from: Sql, passing: Sql): Sql {
  const columns = COLUMNS.map((column) =>
    column.name === 'time' ? 'epoch_ms(time)::DOUBLE AS time' : name(column.name),
  )
  return `SELECT ${columns.join(', ')} FROM (FROM ${from} WHERE ${passing})`
}
