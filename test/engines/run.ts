import type { Claim } from './claim.ts'
import type { Place } from './place.ts'
import { siteOf } from './place.ts'
import { Seat } from './seat.ts'
import { withWorld } from './world.ts'

/** A claim to be looked at in a place. */
export interface Trial {
  readonly claim: Claim
  readonly place: Place
}

/** What came of trials. */
export interface Outcome {
  /** What Headcount said, in the order of the trials; null where the driver cannot do what is to be done. */
  readonly said: readonly (string | null)[]
  /** Names and versions of the engines. */
  readonly versions: readonly string[]
}

/** How trials are run. */
export interface Running {
  /** How long nothing may be asked for until a browser is taken to be done. */
  readonly quietMs: number
  /** Told each site before the browser goes there. */
  readonly report: (site: string) => void
}

/** Sends browsers out against a real server, one after another, and reads the reports once all are back. */
export async function runTrials(trials: readonly Trial[], { quietMs, report }: Running): Promise<Outcome> {
  const sites = trials.map(({ claim, place }) => siteOf(claim.id, place))
  return withWorld({ sites, quietMs }, async (world) => {
    const versions: string[] = []
    const able = new Set<Trial>()
    for (const group of Map.groupBy(trials, browserOf).values()) {
      const place = group[0]?.place
      if (place === undefined) continue
      const seat = await Seat.open(world, place, false)
      if (!versions.includes(seat.version)) versions.push(seat.version)
      for (const trial of await walkAll(seat, group, report)) able.add(trial)
    }
    const said: (string | null)[] = []
    for (const trial of trials) {
      const { claim, place } = trial
      said.push(able.has(trial) ? claim.measure(await world.said(siteOf(claim.id, place))) : null)
    }
    return { said, versions }
  })
}

function browserOf({ place }: Trial): string {
  return `${place.engine} ${place.scripts}`
}

/** Walks, and closes the browser. @returns the trials that its driver is able to make */
async function walkAll(
  seat: Seat,
  trials: readonly Trial[],
  report: Running['report'],
): Promise<readonly Trial[]> {
  const able: Trial[] = []
  try {
    for (const trial of trials) {
      const site = siteOf(trial.claim.id, trial.place)
      report(site)
      if ((await trial.claim.walk(seat.on(site))) !== false) able.push(trial)
    }
  } finally {
    await seat.close()
  }
  return able
}
