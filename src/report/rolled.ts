import { LIMITS } from '../limits.ts'
import { MEASURES } from '../segment/measures.ts'
import type { Rollup } from '../segment/rollup-file.ts'
import { zonesHold } from '../segment/rollup-file.ts'
import type { Segment } from '../segment/segment.ts'
import type { SegmentStore } from '../segment/store.ts'
import type { Duck } from './duck.ts'
import type { Sql } from './sql.ts'
import { parquet } from './sql.ts'

/** Table of the roll-ups' hours (`column` is '') and verdicts. */
export const ROLLED_TABLE = 'rolled'
/** Table of the roll-ups' other columns, as far as they are held. */
const LISTS_TABLE = 'rolled_lists'

const KEYS = ['site VARCHAR', 'day INTEGER', '"column" VARCHAR', 'value VARCHAR'] as const

/**
 * Roll-ups that were read, held so that hundreds of small files are opened once: all hours and verdicts, which are few,
 * and lists up to `LIMITS.heldRollupRowsMax`.
 */
export interface Rolled {
  /** Holds roll-ups of these segments alone; of others none counts any longer. */
  keep(segments: readonly Segment[]): Promise<void>
  /** Holds the roll-ups of these segments too. @returns by name those of all segments that have a usable one */
  load(segments: readonly Segment[]): Promise<ReadonlyMap<string, HeldRollup>>
}

export interface HeldRollup {
  readonly path: string
  readonly listsHeld: boolean
}

/** What makes roll-ups usable: the files, and the zones that their days must be of. */
interface RollupSource {
  readonly store: Pick<SegmentStore, 'rollup'>
  zoneOf(site: string): string
}

/** @param rowsMax of lists that are held */
export async function openRolled(
  duck: Duck,
  source: RollupSource,
  rowsMax: number = LIMITS.heldRollupRowsMax,
): Promise<Rolled> {
  const held = new Map<string, HeldRollup>()
  let rows = 0
  await createTables(duck)
  return {
    async keep(segments) {
      const names = new Set(segments.map(({ name }) => name))
      if (held.keys().every((name) => names.has(name))) return
      // Rare, and soon read again: so no row has to say where it is from.
      held.clear()
      rows = 0
      await createTables(duck)
    },
    async load(segments) {
      const missing = segments.filter(({ name }) => !held.has(name))
      let sum = rows
      const found = (await usableRollups(source, missing)).map(({ name, rollup }) => {
        sum += rollup.rows
        return [name, { path: rollup.path, listsHeld: sum <= rowsMax }] as const
      })
      await insert(
        duck,
        found.map(([, rollup]) => rollup),
      )
      rows = sum
      for (const [name, rollup] of found) held.set(name, rollup)
      return held
    },
  }
}

/** Rows of the lists of all roll-ups that are loaded; `unheld`: files of those whose lists are not held. */
export function rolledListsSql(unheld: readonly string[]): Sql {
  return unheld.length === 0 ? LISTS_TABLE : `(FROM ${LISTS_TABLE} UNION ALL BY NAME FROM ${parquet(unheld)})`
}

async function createTables(duck: Duck): Promise<void> {
  // Sums of integers would be of 128 bits, and take most of a question's time.
  const sums = MEASURES.map((measure) => `${measure} DOUBLE`).join(', ')
  await duck.run(`CREATE OR REPLACE TABLE ${ROLLED_TABLE} (${KEYS.join(', ')}, hour INTEGER, ${sums})`)
  await duck.run(`CREATE OR REPLACE TABLE ${LISTS_TABLE} (${KEYS.join(', ')}, channel VARCHAR, ${sums})`)
}

async function usableRollups(
  source: RollupSource,
  segments: readonly Segment[],
): Promise<readonly { readonly name: string; readonly rollup: Rollup }[]> {
  const rollups = await Promise.all(segments.map((segment) => source.store.rollup(segment)))
  return segments.flatMap(({ name }, index) => {
    const rollup = rollups[index] ?? null
    return rollup !== null && zonesHold(rollup, (site) => source.zoneOf(site)) ? [{ name, rollup }] : []
  })
}

/** All of them or, where a file vanished meanwhile, none. */
async function insert(duck: Duck, found: readonly HeldRollup[]): Promise<void> {
  const held = found.filter(({ listsHeld }) => listsHeld)
  if (found.length === 0) return
  await duck.run('BEGIN')
  try {
    await duck.run(
      insertSql(ROLLED_TABLE, found, `"column" = '' AND hour IS NOT NULL OR "column" = 'verdict'`),
    )
    if (held.length > 0) await duck.run(insertSql(LISTS_TABLE, held, `"column" NOT IN ('', 'verdict')`))
    await duck.run('COMMIT')
  } catch (error) {
    await duck.run('ROLLBACK')
    throw error
  }
}

function insertSql(table: string, rollups: readonly HeldRollup[], rows: Sql): Sql {
  return `INSERT INTO ${table} BY NAME
    SELECT * EXCLUDE (${table === ROLLED_TABLE ? 'channel' : 'hour'}) FROM ${parquet(rollups.map(({ path }) => path))} WHERE ${rows}`
}
