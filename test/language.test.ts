import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseLanguage } from '../src/language.ts'

const CASES: readonly (readonly [header: string | undefined, language: string | null])[] = [
  ['de', 'de'],
  ['de-DE', 'de'],
  ['DE-at,de;q=0.9,en;q=0.8', 'de'],
  ['en-US,en;q=0.5', 'en'],
  ['zh-Hant-TW', 'zh'],
  ['pt_BR', 'pt'],
  ['en;q=0.3', 'en'],
  [' fr , en', 'fr'],
  ['deu', 'de'],
  ['iw-IL', 'he'],
  ['fil-PH', 'fil'],
  ['*', null],
  ['und', null],
  ['', null],
  [undefined, null],
  ['C', null],
  ['english', null],
  ['q=0.8,de', null],
  ['de DE', null],
  ['12-de', null],
]

for (const [header, language] of CASES) {
  test(`parseLanguage() of ${JSON.stringify(header)} is ${language}`, () => {
    assert.equal(parseLanguage(header), language)
  })
}

test('parseLanguage() takes any text and gives a subtag or null', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z]{1,4}(-[a-z\d]{1,9})?,?/)), (header) => {
      assert.match(parseLanguage(header) ?? 'none', /^[a-z]{2,3}$|^none$/)
    }),
  )
})
