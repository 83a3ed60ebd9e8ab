import { MEASURES } from '../segment/measures.ts'
import { zonesHold } from '../segment/rollup-file.ts'
import type { Segment } from '../segment/segment.ts'
import type { SegmentStore } from '../segment/store.ts'
import type { Duck } from './duck.ts'
import { parquet } from './sql.ts'

/** Table of the roll-ups' hours (`column` is '') and verdicts. */
export const ROLLED_TABLE = 'rolled'

const KEYS = ['site', 'day', 'hour', '"column"', 'value'] as const

/**
 * Roll-ups that were read. Their lists stay on disk; the few rows that all questions need are held, so that
 * hundreds of small files are opened once.
 */
export interface Rolled {
  /** Holds roll-ups of these segments alone; of others none counts any longer. */
  keep(segments: readonly Segment[]): Promise<void>
  /** Holds the roll-ups of these segments too. @returns paths by name of the segments that have a usable one */
  load(segments: readonly Segment[]): Promise<ReadonlyMap<string, string>>
}

/** What makes roll-ups usable: the files, and the zones that their days must be of. */
interface RollupSource {
  readonly store: Pick<SegmentStore, 'rollup'>
  zoneOf(site: string): string
}

export async function openRolled(duck: Duck, source: RollupSource): Promise<Rolled> {
  const held = new Map<string, string>()
  await createTable(duck)
  return {
    async keep(segments) {
      const names = new Set(segments.map(({ name }) => name))
      if (held.keys().every((name) => names.has(name))) return
      // Rare, and soon read again: so no row has to say where it is from.
      held.clear()
      await createTable(duck)
    },
    async load(segments) {
      const found = await usableRollups(
        source,
        segments.filter(({ name }) => !held.has(name)),
      )
      if (found.length > 0) await duck.run(insertSql(found.map(([, path]) => path)))
      for (const [name, path] of found) held.set(name, path)
      return held
    },
  }
}

function createTable(duck: Duck): Promise<void> {
  const sums = MEASURES.map((measure) => `${measure} BIGINT`).join(', ')
  return duck.run(
    `CREATE OR REPLACE TABLE ${ROLLED_TABLE} (site VARCHAR, day INTEGER, hour INTEGER, "column" VARCHAR, value VARCHAR, ${sums})`,
  )
}

async function usableRollups(
  source: RollupSource,
  segments: readonly Segment[],
): Promise<readonly (readonly [name: string, path: string])[]> {
  const rollups = await Promise.all(segments.map((segment) => source.store.rollup(segment)))
  return segments.flatMap(({ name }, index) => {
    const rollup = rollups[index] ?? null
    return rollup !== null && zonesHold(rollup, (site) => source.zoneOf(site))
      ? [[name, rollup.path] as const]
      : []
  })
}

function insertSql(paths: readonly string[]): string {
  return `INSERT INTO ${ROLLED_TABLE}
    SELECT ${[...KEYS, ...MEASURES].join(', ')} FROM ${parquet(paths)}
    WHERE "column" = '' AND hour IS NOT NULL OR "column" = 'verdict'`
}
