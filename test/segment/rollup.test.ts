import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Row } from '../../src/row.ts'
import { REPORT_COLUMNS } from '../../src/row.ts'
import type { Measure } from '../../src/segment/measures.ts'
import { MEASURES } from '../../src/segment/measures.ts'
import { REFUSAL_COLUMNS, rollUp } from '../../src/segment/rollup.ts'
import { someRow, tableOf } from './rows.ts'

const ZONES: Readonly<Record<string, string>> = {
  'blog.example.org': 'Europe/Warsaw',
  'example.org': 'America/St_Johns',
  'łódź.example': 'Australia/Lord_Howe',
}
const zoneOf = (site: string): string => ZONES[site] ?? 'UTC'

/** What each measure counts, said once more and otherwise. */
const COUNTS: Readonly<Record<Measure, (row: Row) => boolean>> = {
  page_views: (row) => row.verdict === 'counted' && row.kind === 'view',
  moved_views: (row) => row.verdict === 'counted' && row.kind === 'referral',
  visitors: (row) =>
    row.verdict === 'counted' && ['view', 'number'].includes(row.kind) && row.view_number === 1,
  second_views: (row) =>
    row.verdict === 'counted' && ['view', 'number'].includes(row.kind) && row.view_number === 2,
  numbered_views: (row) => row.verdict === 'counted' && row.kind === 'view' && row.view_number !== null,
  numbers: (row) => row.verdict === 'counted' && row.kind === 'number' && row.view_number !== null,
  entries: (row) => row.verdict === 'counted' && row.kind === 'view' && row.view_number === 1,
  events: (row) => row.verdict === 'counted' && row.kind === 'event',
  ends: (row) => row.verdict === 'counted' && row.kind === 'event' && row.event === 'end',
  windows: (row) => row.verdict === 'counted' && row.kind === 'window',
  scripted_views: (row) => row.verdict === 'counted' && row.kind === 'view' && row.scripts === 'on',
  unsure_views: (row) => row.verdict === 'counted' && row.kind === 'view' && row.scripts === null,
  hits: (row) => row.count > 0,
}

type Sums = Map<string, number[]>

test('a roll-up is the sum of its rows by day and hour of the site’s zone, and by every value', () => {
  fc.assert(
    fc.property(fc.array(someRow, { maxLength: 60 }), (rows) => {
      const rolled: Sums = new Map()
      for (const { site, day, hour, column, value, channel, sums } of rollUp(tableOf(rows), zoneOf)) {
        add(rolled, [site, day, hour, column, value, channel], [...sums])
      }
      assert.deepEqual(rolled, summed(rows))
    }),
    { numRuns: 60 },
  )
})

function summed(rows: readonly Row[]): Sums {
  const sums: Sums = new Map()
  for (const row of rows.flatMap(withMirror)) {
    const counts = MEASURES.map((measure) => (COUNTS[measure](row) ? row.count : 0))
    const { day, hour } = wallClock(row)
    add(sums, [row.site, day, null, '', null, null], counts)
    add(sums, [row.site, day, hour, '', null, null], counts)
    const columns = [...(row.verdict === 'counted' ? REPORT_COLUMNS : []), ...REFUSAL_COLUMNS]
    for (const column of columns) {
      add(
        sums,
        [row.site, day, null, column, row[column], column === 'referrer' ? row.channel : null],
        counts,
      )
    }
  }
  return sums
}

/** A referral takes back from "not sent" what it gives to where the reader came from. */
function withMirror(row: Row): readonly Row[] {
  return row.kind === 'referral' ? [row, { ...row, referrer: null, channel: null, count: -row.count }] : [row]
}

function wallClock({ site, time }: Row): { day: number; hour: number } {
  const timeZone = site === null ? 'UTC' : zoneOf(site)
  const [date = '', clock = ''] = new Date(time).toLocaleString('sv-SE', { timeZone }).split(' ')
  return { day: Date.parse(date) / 86_400_000, hour: Number(clock.slice(0, 2)) }
}

function add(sums: Sums, key: readonly unknown[], counts: readonly number[]): void {
  const before = sums.get(JSON.stringify(key))
  sums.set(
    JSON.stringify(key),
    counts.map((count, measure) => count + (before?.[measure] ?? 0)),
  )
}
