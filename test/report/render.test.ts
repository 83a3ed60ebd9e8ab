import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderCsv, renderText } from '../../src/report/render.ts'
import type { Report } from '../../src/report/report.ts'

const REPORT: Report = {
  site: 'blog.example.org',
  period: { from: '2026-11-21', to: '2026-11-23', timezone: 'Europe/Warsaw' },
  totals: {
    pageViews: 1200,
    visitors: 800,
    visitorsShare: 1,
    viewsPerVisitor: 1.5,
    bounceRate: 0.614,
    events: 40,
  },
  previous: {
    pageViews: 1000,
    visitors: null,
    visitorsShare: null,
    viewsPerVisitor: null,
    bounceRate: null,
    events: 0,
    from: '2026-11-18',
    to: '2026-11-20',
  },
  granularity: 'day',
  series: [
    { time: '2026-11-21', pageViews: 800, visitors: 500, events: 0 },
    { time: '2026-11-22', pageViews: 0, visitors: 0, events: 0 },
    { time: '2026-11-23', pageViews: 400, visitors: null, events: 0 },
  ],
  previousSeries: [],
  top: {
    path: [
      { value: '/', pageViews: 1190, visitors: 790, entries: 790 },
      { value: null, pageViews: 10, visitors: null, entries: null },
    ],
    referrer: [{ value: '=HYPERLINK("x")', pageViews: 5, visitors: 5, entries: 5, channel: 'site' }],
    country: [],
    event: [{ value: '\u001B[31mred', pageViews: 0, visitors: null, events: 40 }],
  },
  distinct: { path: 214, referrer: 1, country: 0, event: 1 },
  reading: null,
  hours: [],
  ledger: { received: 1300, counted: 1200, refused: { bot: 88, prefetch: 12 } },
  fresh: '2026-11-23T08:15:02.000Z',
  read: { segments: 3, tailHits: 0, rollups: true, ms: 20 },
}

test('a report on a terminal shows totals with their change, the course of views, lists and the ledger', () => {
  assert.equal(
    renderText(REPORT),
    `blog.example.org, 2026-11-21 to 2026-11-23 (Europe/Warsaw)

Page views         1,200  +20% from 1,000
Visitors             800
Views per visitor   1.50
Bounce rate          61%
Events                40           from 0

█ ▄
Page views a day; most: 800 (2026-11-21)

path         Page views  Visitors
/                 1,190       790
(not known)          10         –
2 of 214

referrer         Page views  Visitors
=HYPERLINK("x")           5         5

event     Events
?[31mred      40

Received 1,300 = counted 1,200 + refused 100 (bot 88, prefetch 12)
Fresh to 2026-11-23T08:15:02.000Z
`,
  )
})

test('a report without hits is no more than its period and zeros', () => {
  const none = {
    pageViews: 0,
    visitors: null,
    visitorsShare: null,
    viewsPerVisitor: null,
    bounceRate: null,
    events: 0,
  }
  const empty: Report = {
    ...REPORT,
    totals: none,
    previous: null,
    series: [],
    top: { path: [] },
    ledger: { received: 0, counted: 0, refused: {} },
    fresh: null,
  }
  assert.equal(
    renderText(empty),
    `blog.example.org, 2026-11-21 to 2026-11-23 (Europe/Warsaw)

Page views         0
Visitors           –
Views per visitor  –
Bounce rate        –
Events             0

Received 0 = counted 0 + refused 0
Fresh to (no hit yet)
`,
  )
})

test('a report as CSV has one row a number, and no cell that a spreadsheet would run', () => {
  assert.deepEqual(renderCsv(REPORT).split('\r\n'), [
    'list,value,channel,page_views,visitors,entries,events',
    'total,,,1200,800,,40',
    'time,2026-11-21,,800,500,,',
    'time,2026-11-22,,0,0,,',
    'time,2026-11-23,,400,,,',
    'path,/,,1190,790,790,',
    'path,,,10,,,',
    `referrer,"'=HYPERLINK(""x"")",site,5,5,5,`,
    'event,\u001B[31mred,,0,,,40',
    '',
  ])
})
