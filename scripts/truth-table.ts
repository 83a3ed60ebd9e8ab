/**
 * Asks every browser what it tells of a page, and writes docs/truth.md. Needs Chromium, Firefox, and WebKitGTK with its
 * driver and Xvfb; takes some minutes.
 */
import { writeFile } from 'node:fs/promises'
import { CLAIM_GROUPS, CLAIMS } from '../test/engines/claims.ts'
import { PLACES } from '../test/engines/place.ts'
import type { Outcome, Trial } from '../test/engines/run.ts'
import { runTrials } from '../test/engines/run.ts'
import { renderTruth } from '../test/engines/truth-page.ts'

/** A driver that breaks down must not cost the whole table: each browser has so many attempts. */
const ATTEMPTS_MAX = 3

const trials = PLACES.flatMap((place) => CLAIMS.map((claim) => ({ claim, place })))
const browsers = [...Map.groupBy(trials, ({ place }) => `${place.engine} ${place.scripts}`).values()]
const outcomes: Outcome[] = []
for (const trials of browsers) outcomes.push(await attempt(trials, 1))
const said = outcomes.flatMap(({ said }) => said)
const versions = [...new Set(outcomes.flatMap(({ versions }) => versions))]
const day = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length)
const page = renderTruth({ groups: CLAIM_GROUPS, trials: browsers.flat(), said, versions, day })
await writeFile(new URL('../docs/truth.md', import.meta.url), page)

async function attempt(trials: readonly Trial[], number: number): Promise<Outcome> {
  try {
    return await runTrials(trials, { quietMs: 600, report: say })
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    if (number === ATTEMPTS_MAX) throw error
    return attempt(trials, number + 1)
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
