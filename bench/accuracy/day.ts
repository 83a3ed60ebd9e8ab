import type { Random } from '../../src/main/demo/random.ts'
import { seededRandom } from '../../src/main/demo/random.ts'
import type { BehaviourName } from './behaviours.ts'
import { BEHAVIOURS } from './behaviours.ts'
import type { Load } from './load.ts'
import { truthOf } from './load.ts'
import { readerDay } from './readers.ts'
import { DAY_STARTS_MS, replay } from './replay.ts'

export const READERS = 10_000
const SEED = 20_261_123

/** Behaviours, and what share does each. */
export type Mix = Readonly<Partial<Record<BehaviourName, number>>>

/** How far a report is from what was true. A number that the report does not know is null. */
export interface Errors {
  /** Of the true number: 0.1 is ten per cent too many. */
  readonly views: number
  readonly visitors: number | null
  readonly viewsPerVisitor: number | null
  /** Points: 0.1 is 60 % in place of 50 %. */
  readonly bounceRate: number | null
  /** Share of the page views for which the report says visitors are known. */
  readonly known: number | null
}

/** Replays a day on which readers, browsers and bots do these things. The same every time. */
export async function errorsOf(mix: Mix, readers = READERS): Promise<Errors> {
  const loads = dayOf(mix, readers)
  const truth = truthOf(loads)
  const told = await replay(loads)
  return {
    views: relative(told.pageViews ?? 0, truth.views),
    visitors: told.visitors === null ? null : relative(told.visitors, truth.readers),
    viewsPerVisitor:
      told.viewsPerVisitor === null ? null : relative(told.viewsPerVisitor, truth.views / truth.readers),
    bounceRate: told.bounceRate === null ? null : told.bounceRate - truth.bounced / truth.readers,
    known: told.visitorsShare,
  }
}

function dayOf(mix: Mix, readers: number): readonly Load[] {
  return Array.from({ length: readers }, (_, reader) => {
    const loads = readerDay(reader, DAY_STARTS_MS, seededRandom(SEED, reader))
    return changed(loads, mix, seededRandom(SEED, reader, 1))
  }).flat()
}

function changed(loads: readonly Load[], mix: Mix, random: Random): readonly Load[] {
  return Object.entries(BEHAVIOURS).reduce((all: readonly Load[], [name, { change }]) => {
    const share = new Map(Object.entries(mix)).get(name) ?? 0
    return share === 0 ? all : change(all, share, random)
  }, loads)
}

function relative(told: number, truth: number): number {
  return told / truth - 1
}
