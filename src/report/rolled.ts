import { MEASURES } from '../segment/measures.ts'
import { zonesHold } from '../segment/rollup-file.ts'
import type { Segment } from '../segment/segment.ts'
import type { SegmentStore } from '../segment/store.ts'
import type { Duck } from './duck.ts'
import { parquet, text } from './sql.ts'

/** Table of the roll-ups' hours (`column` is '') and verdicts. `path` is the file that a row is from. */
export const ROLLED_TABLE = 'rolled'

const KEYS = ['site', 'day', 'hour', '"column"', 'value'] as const

/**
 * Roll-ups that were read. Their lists stay on disk; the few rows that all questions need are held, so that
 * hundreds of small files are opened once.
 */
export interface Rolled {
  /** Forgets the roll-ups of all segments but these. */
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
  const sums = MEASURES.map((measure) => `${measure} BIGINT`).join(', ')
  await duck.run(
    `CREATE TABLE ${ROLLED_TABLE} (path VARCHAR, site VARCHAR, day INTEGER, hour INTEGER, "column" VARCHAR, value VARCHAR, ${sums})`,
  )
  return {
    async keep(segments) {
      const names = new Set(segments.map(({ name }) => name))
      const gone = [...held].filter(([name]) => !names.has(name))
      if (gone.length === 0) return
      for (const [name] of gone) held.delete(name)
      await duck.run(
        `DELETE FROM ${ROLLED_TABLE} WHERE path IN (${gone.map(([, path]) => text(path)).join(', ')})`,
      )
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
    SELECT filename, ${[...KEYS, ...MEASURES].join(', ')} FROM ${parquet(paths)}
    WHERE "column" = '' AND hour IS NOT NULL OR "column" = 'verdict'`
}
