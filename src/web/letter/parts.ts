import type { Letter, Notable } from '../../report/letter.ts'
import type { ListName, Report, TopRow } from '../../report/report.ts'
import { daysWords, monthWords } from '../days.ts'
import { valueName } from '../names.ts'
import { changeWords, countOf, countWords, pointsWords, ratioWords } from '../words.ts'

/** A letter as its parts: what text and HTML say alike. */
export interface Parts {
  readonly title: string
  /** `Europe/Warsaw`: of the days. */
  readonly zone: string
  readonly totals: readonly Total[]
  readonly notables: readonly string[]
  readonly lists: readonly List[]
  readonly closing: readonly string[]
}

interface Total {
  readonly name: string
  readonly value: string
  /** `+12% from 1,100`; empty where there is nothing to compare with. */
  readonly change: string
}

interface List {
  readonly title: string
  readonly rows: readonly (readonly [name: string, count: string])[]
}

const ROWS = 8

/** Says a letter in words. */
export function partsOf({ report, pace, notables, usualOf }: Letter): Parts {
  const { site, period } = report
  const days = pace === 'month' ? monthWords(period.from) : daysWords(period.from, period.to)
  return {
    title: `${site}, ${days}`,
    zone: period.timezone,
    totals: totalsOf(report),
    notables: notables.map((notable) => notableWords(notable, pace)),
    lists: [
      list(report, 'path', 'Pages, by views'),
      list(report, 'referrer', 'Referrers, by views'),
      list(report, 'country', 'Countries, by views'),
      list(report, 'campaign', 'Campaigns, by views'),
    ].filter(({ rows }) => rows.length > 0),
    closing: [
      refusedWords(report),
      ...(usualOf === 0
        ? [`What is usual cannot be said yet: that takes four ${pace}s before this one.`]
        : []),
      ...(report.totals.visitors === null
        ? [
            'Visitors are not known: the tag c.css leaves nothing on the device. “headcount tag --visitors” prints one that tells them.',
          ]
        : []),
    ],
  }
}

function totalsOf({ totals, previous }: Report): readonly Total[] {
  const { pageViews, visitors, viewsPerVisitor, bounceRate, events } = totals
  const count = (name: string, now: number | null, before: number | null | undefined): readonly Total[] =>
    now === null
      ? []
      : [
          {
            name,
            value: countWords(now),
            change: before == null ? '' : `${changeWords(now, before)} from ${countWords(before)}`,
          },
        ]
  return [
    ...count('Page views', pageViews, previous?.pageViews),
    ...count('Visitors', visitors, previous?.visitors),
    ...(viewsPerVisitor === null
      ? []
      : [{ name: 'Views per visitor', value: ratioWords(viewsPerVisitor), change: '' }]),
    ...(bounceRate === null
      ? []
      : [
          {
            name: 'Bounce rate',
            value: `${Math.round(bounceRate * 100)}%`,
            change: previous?.bounceRate == null ? '' : pointsWords(bounceRate, previous.bounceRate),
          },
        ]),
    ...(events === 0 ? [] : count('Events', events, previous?.events)),
  ]
}

function notableWords(notable: Notable, pace: Letter['pace']): string {
  const { value, pageViews } = notable
  if (notable.kind === 'new-referrer')
    return `${value} sent readers for the first time: ${countOf(pageViews, 'page view')}`
  return `${value} had ${countOf(pageViews, 'page view')}, usually ${countWords(Math.round(notable.usual))} a ${pace}`
}

function list({ top }: Report, name: ListName, title: string): List {
  const column = name === 'landing' ? 'path' : name
  const shown = (top[name] ?? [])
    .filter(({ value, pageViews }) => value !== null && (pageViews ?? 0) > 0)
    .slice(0, ROWS)
  const words = ({ value, pageViews }: TopRow) =>
    [valueName(column, value), countWords(pageViews ?? 0)] as const
  return { title, rows: shown.map(words) }
}

function refusedWords({ ledger }: Report): string {
  const refused = Object.entries(ledger.refused).flatMap(([verdict, hits]) =>
    hits === null || hits === 0 ? [] : [`${countWords(hits)} ${verdict}`],
  )
  const received = `Received ${countOf(ledger.received, 'hit')}, counted ${countWords(ledger.counted)}`
  return refused.length === 0 ? `${received}.` : `${received}; refused: ${refused.join(', ')}.`
}
