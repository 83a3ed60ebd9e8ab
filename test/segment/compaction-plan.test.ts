import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../src/limits.ts'
import { nextName, planCompaction } from '../../src/segment/compaction-plan.ts'
import type { Segment } from '../../src/segment/segment.ts'

const NOON = Date.UTC(2026, 10, 23, 12)

/** `NAME` of one chunk's segment, or `NAME=CHUNK+CHUNK`, `:ROWS` behind. */
function segments(text: string): readonly Segment[] {
  const lineage = (name: string) => ({ name, rows: 1, hash: '', firstMs: 0, lastMs: 0, derive: '1' })
  const words = text.split(' ').filter(Boolean)
  return words.map((word) => {
    const [list = '', rows = '1'] = word.split(':')
    const [name = '', listed = name] = list.split('=')
    return { name, rows: Number(rows), bytes: 1, chunks: listed.split('+').map(lineage) }
  })
}

function chunks(text: string): readonly { name: string; closed: boolean; bytes: number }[] {
  const names = text.split(' ').filter(Boolean)
  return names.map((name) => ({ name: name.replace('~', ''), closed: !name.startsWith('~'), bytes: 1 }))
}

function plan(log: string, given: string): string {
  const steps = planCompaction(chunks(log), segments(given), NOON)
  return steps
    .map((step) =>
      step.kind === 'derive' ? step.chunk : `${step.name}=${step.inputs.map(({ name }) => name).join('+')}`,
    )
    .join(' ')
}

const hours = (count: number, day: string): string =>
  Array.from(
    { length: count },
    (_, part) => `${day}T${String(part % 12).padStart(2, '0')}.w01.${part + 1}`,
  ).join(' ')

const PLANS: [what: string, log: string, given: string, plan: string][] = [
  ['nothing there', '', '', ''],
  [
    'closed chunks of the tail',
    '2026-11-23T11.w01.1 2026-11-23T12.w01.2 ~2026-11-23T12.w01.3',
    '2026-11-23T11.w01.1',
    '2026-11-23T12.w01.2',
  ],
  [
    'chunks before merges',
    '2026-11-22T01.w01.1 2026-11-22T02.w01.2 2026-11-22T03.w01.3',
    '2026-11-22T01.w01.1 2026-11-22T02.w01.2',
    '2026-11-22T03.w01.3',
  ],
  [
    'a day that ended',
    '2026-11-22T01.w01.1 2026-11-22T02.w01.2',
    '2026-11-22T01.w01.1 2026-11-22T02.w01.2',
    '2026-11-22.g01=2026-11-22T01.w01.1+2026-11-22T02.w01.2',
  ],
  ['a day that ended and is one segment', '2026-11-22T01.w01.1', '2026-11-22T01.w01.1', ''],
  ['a day that has not ended', '2026-11-23T01.w01.1', '2026-11-23T01.w01.1 2026-11-23T02.w01.2', ''],
  [
    'a day of the future, after a clock was set back',
    '2026-12-24T01.w01.1',
    '2026-12-24T01.w01.1 2026-12-24T02.w01.2',
    '',
  ],
  ['32 segments of ended hours', '2026-11-23T00.w01.1', hours(32, '2026-11-23'), ''],
  [
    'a late chunk',
    '2026-11-22T03.w01.9 x',
    '2026-11-22.g01=2026-11-22T01.w01.1+2026-11-22T02.w01.2 2026-11-22T03.w01.9 x',
    '2026-11-22.g02=2026-11-22.g01+2026-11-22T03.w01.9',
  ],
  [
    'a generation behind one that is superseded',
    '2026-11-22T01.w01.1',
    '2026-11-22.g03=a 2026-11-22.g04=a+b 2026-11-22T01.w01.1=2026-11-22T01.w01.1 2026-11-22T02.w01.2',
    '2026-11-22.g05=2026-11-22T01.w01.1+2026-11-22T02.w01.2',
  ],
  [
    'a month that ended, its chunks gone',
    '2026-11-23T01.w01.7',
    '2026-10-01.g01=2026-10-01T01.a.1+2026-10-01T02.a.2 2026-10-31T01.a.3 2026-11-23T01.w01.7',
    '2026-10.g01=2026-10-01.g01+2026-10-31T01.a.3',
  ],
  [
    'a month that ended, a chunk of it still there',
    '2026-10-31T01.a.3',
    '2026-10-01.g01=2026-10-01T01.a.1+2026-10-01T02.a.2 2026-10-31T01.a.3',
    '',
  ],
  [
    'a month that has not ended',
    '',
    '2026-11-01.g01=2026-11-01T01.a.1+2026-11-01T02.a.2 2026-11-02T01.a.3',
    '',
  ],
]

for (const [what, log, given, expected] of PLANS) {
  test(`what to compact: ${what}`, () => assert.equal(plan(log, given), expected))
}

test('33 segments of ended hours are merged before their day ends, without those of the hour that goes on', () => {
  const given = `${hours(33, '2026-11-23')} 2026-11-23T12.w01.99`
  const merged = plan('2026-11-23T00.w01.1', given)
  assert.match(merged, /^2026-11-23\.g01=/)
  assert.equal(merged.split('+').length, 33)
  assert.doesNotMatch(merged, /T12/)
})

test('merges never pass the rows of one segment', () => {
  const half = LIMITS.segmentRowsMax / 2
  const given = `2026-10-01T01.a.1:${half} 2026-10-02T01.a.2:${half} 2026-10-03T01.a.3:1 2026-10-04T01.a.4:${half}`
  const expected =
    '2026-10.g01=2026-10-01T01.a.1+2026-10-02T01.a.2 2026-10.g02=2026-10-03T01.a.3+2026-10-04T01.a.4'
  assert.equal(plan('', given), expected)
  const after = `2026-10.g01=2026-10-01T01.a.1+2026-10-02T01.a.2:${2 * half} 2026-10.g02=2026-10-03T01.a.3+2026-10-04T01.a.4:${half + 1}`
  assert.equal(plan('', after), '')
})

const NAMES: [name: string, others: string, next: string][] = [
  ['2026-11-22T01.w01.00001', '', '2026-11-22.g01'],
  ['2026-11-22T01.w01.00001', '2026-11-22.g07=x', '2026-11-22.g08'],
  ['2026-11-22.g01', '2026-11-22.g01=a+b', '2026-11-22.g02'],
  ['2026-10.g99', '2026-10.g99=a+b 2026-10-01.g03=a', '2026-10.g100'],
]

for (const [name, others, next] of NAMES) {
  test(`what takes the place of ${name} beside "${others}" is ${next}`, () => {
    const [segment] = segments(name)
    assert.ok(segment !== undefined)
    assert.equal(nextName(segment, segments(others)), next)
  })
}
