import { html } from 'hono/html'
import type { Letter, Notable } from '../report/letter.ts'
import type { ListName, Report, TopRow } from '../report/report.ts'
import { daysWords, monthWords } from './days.ts'
import type { Html } from './html.ts'
import { valueName } from './names.ts'
import { changeWords, countOf, countWords, pointsWords, ratioWords } from './words.ts'

/** A letter as its parts: what text and HTML say alike. */
interface Parts {
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
const LINE_LENGTH = 76
const COUNT_LENGTH = 10

/** The letter as text for mail: lines of at most 76 characters (RFC 5322 asks for at most 78). */
export function letterText(letter: Letter): string {
  const { title, zone, totals, notables, lists, closing } = partsOf(letter)
  const parts = [
    [title, '='.repeat(Math.min(LINE_LENGTH, title.length)), `Days of ${zone}`],
    totals.map(({ name, value, change }) =>
      `${name.padEnd(18)}${value.padStart(COUNT_LENGTH)}   ${change}`.trimEnd(),
    ),
    notables.length === 0 ? [] : ['Notable', ...notables.flatMap((words) => wrapped(words, '* ', '  '))],
    ...lists.map(({ title, rows }) => [title, ...rows.map(([name, count]) => `  ${line(name, count)}`)]),
    closing.flatMap((words) => wrapped(words, '', '')),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** The letter as one HTML file that loads nothing. */
export function letterHtml(letters: readonly Letter[]): Html {
  const all = letters.map(partsOf)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${all.map(({ title }) => title).join('; ')}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem; line-height: 1.2 } h2 { font-size: 1rem; margin: 1.5rem 0 .25rem }
table { border-collapse: collapse; width: 100% }
th { text-align: start; font-weight: 400; overflow-wrap: anywhere } td { text-align: end; white-space: nowrap; padding-inline-start: 1rem }
tr { border-top: 1px solid #8886 } .total td:first-of-type { font-weight: 600 } .small { font-size: .875rem }
</style>
</head>
<body>
${all.map(letterArticle)}
</body>
</html>
`
}

function letterArticle({ title, zone, totals, notables, lists, closing }: Parts): Html {
  return html`<article>
<h1>${title}</h1>
<p class="small">Days of ${zone}</p>
<table class="total">
${totals.map(({ name, value, change }) => html`<tr><th scope="row">${name}</th><td>${value}</td><td>${change}</td></tr>`)}
</table>
${
  notables.length === 0
    ? null
    : html`<h2>Notable</h2>
<ul>
${notables.map((words) => html`<li>${words}</li>`)}
</ul>`
}
${lists.map(
  ({ title, rows }) => html`<h2>${title}</h2>
<table>
${rows.map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${count}</td></tr>`)}
</table>`,
)}
${closing.map((words) => html`<p class="small">${words}</p>`)}
</article>`
}

function partsOf({ report, pace, notables, usualOf }: Letter): Parts {
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

function line(name: string, count: string): string {
  const room = LINE_LENGTH - 2 - COUNT_LENGTH
  const shown = name.length > room ? `${name.slice(0, room - 1)}…` : name
  return shown.padEnd(room) + count.padStart(COUNT_LENGTH)
}

/** Words in lines; a word that is longer than a line stands on its own. */
function wrapped(words: string, first: string, further: string): readonly string[] {
  const lines: string[] = []
  let current = first
  for (const word of words.split(' ')) {
    const fits = current.length + word.length + 1 <= LINE_LENGTH
    if (!fits && current.trim() !== '' && current !== first) {
      lines.push(current.trimEnd())
      current = further
    }
    current += `${word} `
  }
  return [...lines, current.trimEnd()]
}
