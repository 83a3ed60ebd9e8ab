import type { Relation } from '../../src/same-site.ts'
import type { Engine } from './reader.ts'
import { ENGINES } from './reader.ts'

/** How the collector may stand to the page. */
export const RELATIONS = ['same-origin', 'same-site', 'cross-site'] as const satisfies readonly Relation[]

/** In which browser a claim is looked at, and where the collector stands. */
export interface Place {
  readonly engine: Engine
  readonly scripts: boolean
  readonly relation: Relation
}

/** Every place. */
export const PLACES: readonly Place[] = ENGINES.flatMap((engine) =>
  [true, false].flatMap((scripts) => RELATIONS.map((relation) => ({ engine, scripts, relation }))),
)

/** The site of one claim in one place, so that no two share a cache, a view number or a report. */
export function siteOf(claim: string, { engine, scripts, relation }: Place): string {
  return `${claim}-${engine}-${scripts ? 'on' : 'off'}-${relation}.test`
}

/** The claim and the relation that a site's name says; null where it is no site of a claim. */
export function parseSite(site: string): { readonly claim: string; readonly relation: Relation } | null {
  const found = /^(?:c\.)?([a-z-]+)-[a-z]+-(?:on|off)-((?:same|cross)-[a-z]+)\.test$/.exec(site)
  const relation = RELATIONS.find((relation) => relation === found?.[2])
  return relation === undefined ? null : { claim: found?.[1] ?? '', relation }
}
