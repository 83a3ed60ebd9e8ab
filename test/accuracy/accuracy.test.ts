import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Mix } from '../../bench/accuracy/day.ts'
import { errorsOf } from '../../bench/accuracy/day.ts'
import { behaviourLine, renderLine } from '../../bench/accuracy/table.ts'

const PAGE = readFileSync(new URL('../../docs/accuracy.md', import.meta.url), 'utf8')
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe('a day whose truth is known', { concurrency: true }, () => {
  const exact: readonly (readonly [what: string, mix: Mix])[] = [
    ['nothing happens', {}],
    ['all pages carry the pair of tags', { pair: 1 }],
    ['bots say so', { saidBots: 0.5 }],
    ['pages are rendered in advance and never shown', { neverShown: 0.5 }],
  ]
  for (const [what, mix] of exact) {
    test(`every number is exact where ${what}`, async () => {
      const { known, ...errors } = await errorsOf(mix, 500)
      assert.deepEqual(
        Object.values(errors).map((error) => Math.abs(error ?? 1) < 1e-9),
        [true, true, true, true],
      )
      assert.equal(known, 1)
    })
  }

  test('where nothing says who came, visitors are not known, and views are exact', async () => {
    const { views, visitors, bounceRate, known } = await errorsOf({ partlyTagged: 1 }, 500)
    assert.deepEqual(
      { views, visitors, bounceRate, known },
      { views: 0, visitors: null, bounceRate: null, known: null },
    )
  })

  test('readers who opted out are page views, and say nothing of visitors', async () => {
    const { views, visitors, known } = await errorsOf({ optedOut: 0.5 }, 500)
    assert.equal(views, 0)
    assert(visitors !== null && visitors < -0.4 && visitors > -0.6, `visitors ${visitors}`)
    assert(known !== null && known > 0.4 && known < 0.6, `known for ${known}`)
  })

  test('a browser whose cache is emptied is a new visitor', async () => {
    const { visitors } = await errorsOf({ emptied: 1 }, 500)
    assert(visitors !== null && visitors > 0.5, `visitors ${visitors}`)
  })
})

test('the page says what is measured now', async () => {
  for (const line of [await behaviourLine('disguisedBots', 0.25), await behaviourLine('pathInVisitors', 1)])
    assert(
      PAGE.includes(`\n${renderLine(line)}\n`),
      `docs/accuracy.md lacks ${renderLine(line)}; run "npm run accuracy"`,
    )
})

test('the README names the worst of it', () => {
  const worst = [...PAGE.matchAll(/^Farthest from the truth: (.*)\.$/gm)].map(([, words = '']) => words)
  assert.equal(worst.length, 2)
  for (const words of worst) assert(README.replaceAll(/\s+/g, ' ').includes(words), `README lacks "${words}"`)
})
