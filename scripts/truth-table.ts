/**
 * Asks every browser what it tells of a page, and writes docs/truth.md. Needs Chromium, Firefox, and WebKitGTK with its
 * driver and Xvfb; takes some minutes.
 */
import { writeFile } from 'node:fs/promises'
import { CLAIM_GROUPS, CLAIMS } from '../test/engines/claims.ts'
import { PLACES } from '../test/engines/place.ts'
import { runTrials } from '../test/engines/run.ts'
import { renderTruth } from '../test/engines/truth-page.ts'

const trials = PLACES.flatMap((place) => CLAIMS.map((claim) => ({ claim, place })))
const outcome = await runTrials(trials, {
  quietMs: 600,
  report: (site) => process.stderr.write(`${site}\n`),
})
const day = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length)
const page = renderTruth({ groups: CLAIM_GROUPS, trials, day, ...outcome })
await writeFile(new URL('../docs/truth.md', import.meta.url), page)
