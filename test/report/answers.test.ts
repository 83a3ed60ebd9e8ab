import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Answers } from '../../src/report/answers.ts'

const anAnswer = (text: string): { text: string } => ({ text })

test('an answer is found again while the hits are the same', () => {
  const answers = new Answers<{ text: string }>(1_000)
  const answer = anAnswer('a')
  answers.keep('one', 'question', answer)
  assert.equal(answers.find('one', 'question'), answer)
  assert.equal(answers.find('one', 'another'), null)
  assert.equal(answers.find('two', 'question'), null)
})

test('what was answered from other hits is forgotten', () => {
  const answers = new Answers<{ text: string }>(1_000)
  answers.keep('one', 'question', anAnswer('a'))
  answers.keep('two', 'question', anAnswer('b'))
  assert.equal(answers.find('one', 'question'), null)
  assert.deepEqual(answers.find('two', 'question'), anAnswer('b'))
})

test('beyond its bytes the answer not asked for longest goes first', () => {
  const answers = new Answers<{ text: string }>(100)
  for (const name of ['a', 'b']) answers.keep('one', name, anAnswer(name.repeat(30)))
  answers.find('one', 'a')
  answers.keep('one', 'c', anAnswer('c'.repeat(30)))
  assert.deepEqual(
    ['a', 'b', 'c'].map((name) => answers.find('one', name) !== null),
    [true, false, true],
  )
})

test('an answer larger than all that may be kept is not kept', () => {
  const answers = new Answers<{ text: string }>(100)
  answers.keep('one', 'small', anAnswer('a'))
  answers.keep('one', 'large', anAnswer('b'.repeat(100)))
  assert.equal(answers.find('one', 'large'), null)
  assert.notEqual(answers.find('one', 'small'), null)
})
