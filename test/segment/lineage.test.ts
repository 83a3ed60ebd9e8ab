import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { currentSegments, supersededSegments, tailChunks } from '../../src/segment/lineage.ts'
import type { Segment } from '../../src/segment/segment.ts'

/** `NAME=CHUNK+CHUNK` for each segment. */
function segments(text: string): readonly Segment[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [name = '', chunks = ''] = word.split('=')
      return segmentOf(name, chunks.split('+'))
    })
}

function segmentOf(name: string, chunks: readonly string[]): Segment {
  const lineage = (chunk: string) => ({ name: chunk, rows: 1, hash: '', firstMs: 0, lastMs: 0, derive: '1' })
  return { name, rows: chunks.length, bytes: 1, chunks: chunks.map(lineage) }
}

const CURRENT: [what: string, given: string, current: string, superseded: string][] = [
  ['segments of different chunks', 'a=a b=b', 'a b', ''],
  ['one that lists more', 'a=a b=b d.g01=a+b', 'd.g01', 'a b'],
  ['generations that nest', 'a=a d.g01=a+b d.g02=a+b+c', 'd.g02', 'a d.g01'],
  ['a late chunk beside a merge', 'd.g01=a+b c=c', 'c d.g01', ''],
  ['equal lists: the later generation', 'd.g02=a+b d.g10=a+b d.g09=a+b', 'd.g10', 'd.g02 d.g09'],
  ['equal lists: a generation before none', 'a=a d.g01=a', 'd.g01', 'a'],
  ['equal lists and generations: the smaller name', 'y.g01=a x.g01=a', 'x.g01', 'y.g01'],
  ['lists that cross, which none should', 'd.g01=a+b+c e.g01=c+d', 'd.g01', ''],
]

for (const [what, given, current, superseded] of CURRENT) {
  test(`which segments count: ${what}`, () => {
    const names = currentSegments(segments(given)).map(({ name }) => name)
    assert.equal(names.join(' '), current)
    assert.equal(
      supersededSegments(segments(given))
        .map(({ old }) => old.name)
        .join(' '),
      superseded,
    )
  })
}

test('a chunk that no current segment lists is tail, open or closed', () => {
  const chunks = ['a', 'b', 'c', 'd'].map((name) => ({ name, closed: name !== 'd', bytes: 1 }))
  const tail = tailChunks(chunks, segments('x.g01=a+b y.g01=b+c'))
  assert.deepEqual(
    tail.map(({ name }) => name),
    ['c', 'd'],
  )
})

/** Segments as compaction makes them: of each chunk one, then merges of what counts, in any order; some removed. */
const nesting = fc
  .record({
    chunks: fc.integer({ min: 1, max: 8 }),
    merges: fc.array(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
    order: fc.integer(),
  })
  .map(({ chunks, merges, order }) => {
    const made = Array.from({ length: chunks }, (_, index) => segmentOf(`c${index}`, [`c${index}`]))
    let counting = made
    for (const [generation, picks] of merges.entries()) {
      const inputs = counting.filter((_, index) => picks.includes(index))
      if (inputs.length === 0) continue
      const chunkNames = inputs.flatMap((input) => input.chunks.map(({ name }) => name))
      const merged = segmentOf(`d.g${generation + 1}`, chunkNames)
      counting = [...counting.filter((segment) => !inputs.includes(segment)), merged]
      made.push(merged)
    }
    return { made: made.toSorted((a, b) => spread(a, order) - spread(b, order)), counting }
  })

test('of segments whose lists nest exactly those count that no merge took up, and each other has its place', () => {
  fc.assert(
    fc.property(nesting, ({ made, counting }) => {
      const current = currentSegments(made)
      assert.deepEqual(new Set(current), new Set(counting))
      const others = supersededSegments(made)
      assert.equal(others.length, made.length - counting.length)
      for (const { old, by } of others) {
        const listed = new Set(by.chunks.map(({ name }) => name))
        assert.ok(counting.includes(by) && old.chunks.every(({ name }) => listed.has(name)))
      }
    }),
  )
})

/** Any order that depends on the seed. */
function spread({ name }: Segment, seed: number): number {
  return Math.imul(name.length * 31 + name.charCodeAt(name.length - 1), seed | 1)
}
