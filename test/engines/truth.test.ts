import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Relation } from '../../src/same-site.ts'
import { chromiumPath, needs } from '../browser/support/chromium.ts'
import { CLAIM_GROUPS, CLAIMS } from './claims.ts'
import { firefoxPath } from './firefox.ts'
import { PLACES, parseSite, siteOf } from './place.ts'
import type { Engine } from './reader.ts'
import { ENGINES } from './reader.ts'
import type { Trial } from './run.ts'
import { runTrials } from './run.ts'
import { readTruth, renderTruth } from './truth-page.ts'
import { webkitPath } from './webkit.ts'

const PAGE = new URL('../../docs/truth.md', import.meta.url)

const PROGRAMS: Readonly<Record<Engine, readonly [name: string, path: string | null]>> = {
  chromium: ['Chromium', chromiumPath()],
  firefox: ['Firefox', firefoxPath()],
  webkit: ['WebKitGTK with its driver, and Xvfb', webkitPath()],
}

/** One of each kind; `npm run truth` runs them all. */
const CHOSEN: readonly (readonly [claim: string, scripts: boolean, relation: Relation])[] = [
  ['path-static', true, 'same-site'],
  ['path-static', true, 'cross-site'],
  ['visitor-pair', true, 'cross-site'],
  ['back', true, 'same-origin'],
  ['window', true, 'same-site'],
  ['end', true, 'same-site'],
  ['ping', true, 'same-site'],
  ['event-again', true, 'same-site'],
  ['from-report', true, 'cross-site'],
  ['shown-seen', true, 'same-origin'],
  ['visitor', false, 'same-site'],
  ['end', false, 'same-origin'],
]

for (const engine of ENGINES) {
  test(`docs/truth.md says what ${engine} tells`, needs(...PROGRAMS[engine]), async () => {
    const page = await readFile(PAGE, 'utf8')
    const trials = CHOSEN.flatMap(([id, scripts, relation]): Trial[] => {
      const claim = CLAIMS.find((claim) => claim.id === id)
      return claim === undefined ? [] : [{ claim, place: { engine, scripts, relation } }]
    })
    assert.equal(trials.length, CHOSEN.length)
    // What differs is looked at once more, with more patience: the machine may be busy.
    const late = await differing(page, trials, 400)
    assert.deepEqual(late.length === 0 ? late : await differing(page, late, 2_000), [])
  })
}

/** The trials whose outcome is not what the page says, with what came of them. */
async function differing(page: string, trials: readonly Trial[], quietMs: number) {
  const { said } = await runTrials(trials, { quietMs, report: () => {} })
  return trials
    .map((trial, index) => ({ ...trial, said: said[index] ?? null, page: readTruth(page, trial) }))
    .filter(({ said, page }) => said !== page)
}

test('docs/truth.md has every claim in every browser, and nothing but what was measured', async () => {
  const page = await readFile(PAGE, 'utf8')
  const trials = CLAIMS.flatMap((claim) => PLACES.map((place) => ({ claim, place })))
  const said = trials.map((trial) => readTruth(page, trial))
  const [, versions = '', day = ''] = /by hand: (.*), (\d{4}-\d\d-\d\d)\. /.exec(page) ?? []
  const again = renderTruth({ groups: CLAIM_GROUPS, trials, said, versions: versions.split(', '), day })
  assert.equal(again, page)
})

test('every site of a claim is a host name that says its claim', () => {
  for (const claim of CLAIMS) {
    for (const place of PLACES) {
      const site = siteOf(claim.id, place)
      assert.match(site, /^[a-z\d-]{1,63}\.test$/)
      assert.deepEqual(parseSite(site), { claim: claim.id, relation: place.relation })
    }
  }
})
