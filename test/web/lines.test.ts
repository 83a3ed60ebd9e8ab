import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linksUnder } from '../../src/web/links.ts'
import type { LineSource } from '../../src/web/page/lines.ts'
import { tabLines, unitOf } from '../../src/web/page/lines.ts'
import { subjectOf } from '../../src/web/page/subject.ts'
import { readFilters } from '../../src/web/query.ts'
import type { TabName } from '../../src/web/panels.ts'
import { FIRST_VIEW } from '../../src/web/view.ts'
import { readers, sampleDays, sampleReport } from './sample.ts'

const report = sampleReport(sampleDays('28d'), {
  top: {
    path: [
      { value: null, pageViews: 90, visitors: null },
      { value: '/a', pageViews: 20, visitors: null },
      { value: '/b', pageViews: 30, visitors: null },
      { value: '/c', pageViews: 10, visitors: null },
    ],
    channel: [
      { value: null, pageViews: 50, visitors: null },
      { value: 'mail', pageViews: 20, visitors: null },
      { value: 'search', pageViews: 40, visitors: null },
    ],
    referrer: [
      { value: null, pageViews: 50, visitors: null, channel: null },
      { value: null, pageViews: 12, visitors: null, channel: 'mail' },
      { value: 'mail.example', pageViews: 8, visitors: null, channel: 'mail' },
      ...[10, 14, 9, 7].map((pageViews) => ({
        value: `search-${pageViews}.example`,
        pageViews,
        visitors: null,
        channel: 'search',
      })),
    ],
    campaign: [
      { value: null, pageViews: 900, visitors: null },
      { value: 'letter', pageViews: 3, visitors: null },
    ],
  },
})

const source = { report, view: FIRST_VIEW, links: linksUnder('/stats', ''), unit: 'pageViews' } as const

function lines(from: LineSource, name: TabName, max = 9) {
  return tabLines(from, { name, title: '', head: '', unit: 'readers' }, max)
}

function words(lines: ReturnType<typeof tabLines>): readonly string[] {
  return lines.map(({ kind, name, amount }) => `${kind} ${name} ${amount}`)
}

test('what is not known is the last line, and does not count against the most there may be', () => {
  const found = lines(source, 'path', 2)
  assert.deepEqual(words(found), ['plain /b 30', 'plain /a 20', 'unknown path not sent 90'])
  assert.equal(found[2]?.href, '?path=')
  assert.equal(found[2]?.why, '/stats/dashboard/help#path-not-sent')
})

test('referrers are in groups, each with its first hosts', () => {
  assert.deepEqual(words(lines(source, 'channel')), [
    'group Search 40',
    'sub search-14.example 14',
    'sub search-10.example 10',
    'sub search-9.example 9',
    'group Mail 20',
    'sub mail.example 8',
    'unknown referrer not sent 50',
  ])
})

test('hosts that were not sent are one line, whatever channel a campaign named', () => {
  assert.equal(words(lines(source, 'referrer', 1)).at(-1), 'unknown referrer not sent 62')
})

test('a view without a campaign is nothing unknown', () => {
  assert.deepEqual(words(lines(source, 'campaign', 9)), ['plain letter 3'])
})

test('a line leads to its filter and keeps the others', () => {
  const view = { ...FIRST_VIEW, period: '7d', show: 'path' } as const
  const filtered = { ...view, filters: [{ column: 'country', values: ['DE'], exclude: false }] } as const
  const [line] = lines({ ...source, view: filtered }, 'path', 1)
  assert.equal(line?.href, '?period=7d&country=DE&path=/b')
})

test('where visitors are known, lists are of visitors', () => {
  const [line] = lines({ ...source, report: readers(report), unit: 'visitors' }, 'channel')
  assert.deepEqual(words(line === undefined ? [] : [line]), ['group Search 18'])
})

test('lists count visitors only where nearly all views tell them', () => {
  const known = readers(report)
  const unit = (totals: Partial<typeof known.totals>, wanted: 'readers' | 'views' = 'readers') =>
    unitOf({ ...known, totals: { ...known.totals, ...totals } }, { name: 'channel', unit: wanted })
  assert.equal(unit({}), 'visitors')
  assert.equal(unit({ visitorsShare: 0.8 }), 'pageViews')
  assert.equal(unit({}, 'views'), 'pageViews')
  assert.equal(unit({ pageViews: null }), 'events')
})

test('a list of referrers that only browsers’ reports named counts page views, which those tell', () => {
  const known = readers(report)
  const channel = (known.top.channel ?? []).map((row) =>
    row.value === 'search' ? { ...row, visitors: null } : row,
  )
  const reported = { ...known, top: { ...known.top, channel } }
  assert.equal(unitOf(reported, { name: 'channel', unit: 'readers' }), 'pageViews')
  assert.equal(unitOf(reported, { name: 'country', unit: 'readers' }), 'visitors')
})

test('a version is named with what it is a version of', () => {
  const filters = [{ column: 'browser', values: ['Firefox'], exclude: false }] as const
  const top = { browser_version: [{ value: '145', pageViews: 9, visitors: null }] }
  const [line] = lines(
    { ...source, report: { ...report, top }, view: { ...FIRST_VIEW, filters } },
    'browser_version',
  )
  assert.equal(line?.name, 'Firefox 145')
  assert.equal(line?.href, '?browser=Firefox&browser_version=145')
})

test('a page whose path holds a star is filtered by itself, not by a pattern', () => {
  const top = { path: [{ value: '/a*b\\', pageViews: 9, visitors: null }] }
  const [line] = lines({ ...source, report: { ...report, top } }, 'path')
  assert.equal(line?.name, '/a*b\\')
  const href = new URLSearchParams(line?.href ?? '')
  assert.deepEqual(subjectOf({ ...FIRST_VIEW, filters: readFilters(href) }), {
    column: 'path',
    value: '/a*b\\',
  })
})

test('views without a window class are a line beside those that sent one', () => {
  const top = { window: [{ value: 's', pageViews: null, visitors: null, events: 30 }] }
  const totals = { ...report.totals, pageViews: 100 }
  const sent = lines({ ...source, report: { ...report, totals, top }, unit: 'events' }, 'window')
  assert.deepEqual(words(sent), ['plain Small, to 599 px 30', 'unknown size not sent 70'])
  assert.deepEqual(lines({ ...source, report: { ...report, totals, top: {} }, unit: 'events' }, 'window'), [])
})

test('assistants are the referrers that are', () => {
  const top = {
    referrer: [
      { value: 'search.example', pageViews: 9, visitors: null, channel: 'search' },
      { value: 'chat.example', pageViews: 4, visitors: null, channel: 'assistant' },
    ],
  }
  assert.deepEqual(words(lines({ ...source, report: { ...report, top } }, 'assistant')), [
    'plain chat.example 4',
  ])
})
