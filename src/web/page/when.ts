import { html } from 'hono/html'
import type { Days } from '../../period.ts'
import type { Comparison, Granularity } from '../../report/report.ts'
import type { Clock } from '../days.ts'
import { daysWords, shortMonthWords } from '../days.ts'
import type { Html } from '../html.ts'
import { begunDays, fitsHours, isUnfinished, monthsBack, neighbours, PERIODS } from '../periods.ts'
import type { Parameter } from '../query.ts'
import { tab } from './frame.ts'

/** What the head of a page says about time, and where its links lead. */
export interface When {
  readonly heading: string
  /** Stands before the days where the heading does not name the period. */
  readonly lead?: string
  /** Words of the period in the address. */
  readonly period: string
  readonly days: Days & { readonly timezone: string }
  readonly clock: Clock
  /** Address of the same page with another period. */
  readonly linkTo: (period: string) => string
  /** What the page's address says beside the period, for its form. */
  readonly parameters: readonly Parameter[]
  /** Stands beside the days: a link. */
  readonly beside?: Html | null
  /** Menus of other choices, where there are any. */
  readonly menus?: readonly Html[]
}

/** Heading, days and time zone of a page, and the links to other periods. */
export function whenHead(when: When): Html {
  const { heading, lead, days, clock } = when
  const begun = begunDays(days, clock)
  const minute = isUnfinished(days, clock) ? `, ${clock.minute}` : ''
  return html`<div class="when">
<div>
<h1>${heading}</h1>
<p class="muted small">${lead === undefined ? '' : `${lead}: `}${daysWords(begun.from, begun.to)}${minute} · ${days.timezone}</p>
${when.beside ?? null}
</div>
<nav class="periods" aria-label="Period">
${arrows(when)}
${PERIODS.map(([period, words]) => tab(when.linkTo(period), words, period === when.period && 'true'))}
${datesMenu(when, begun)}
${when.menus ?? null}
</nav>
</div>`
}

function arrows({ period, days, clock, linkTo }: When): Html {
  const { earlier, later } = neighbours(period, days, clock)
  return html`${earlier === null ? null : arrow(linkTo(earlier), 'Earlier', '←')}${later === null ? null : arrow(linkTo(later), 'Later', '→')}`
}

function arrow(href: string, words: string, sign: string): Html {
  return html`<a class="tab" href="${href}"><span class="unseen">${words}</span><span aria-hidden="true">${sign}</span></a>`
}

/** Months of the calendar that the menu names: this one and those before it. */
const MONTHS_SHOWN = 12

function datesMenu({ parameters, period, clock, linkTo }: When, { from, to }: Days): Html {
  const months = monthsBack(clock.day, MONTHS_SHOWN)
  const years = [...new Set(months.map((month) => month.slice(0, 4)))]
  const link = (words: string, name: string) =>
    html`<a href="${linkTo(words)}"${words === period ? html` aria-current="true"` : null}>${name}</a> `
  return html`<details class="menu end" name="menu">
<summary>Dates</summary>
<form method="get">
${hiddenFields(parameters)}
<label>First day <input type="date" name="from" value="${from}" required></label>
<label>Last day <input type="date" name="to" value="${to}" required></label>
<button type="submit">Show these days</button>
<p class="months">${months.map((month) => link(month, shortMonthWords(`${month}-01`)))}${years.map((year) => link(year, year))}</p>
</form>
</details>`
}

/** What a GET form keeps of its page's address. */
export function hiddenFields(parameters: readonly Parameter[]): Html[] {
  return parameters.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
}

const COMPARISONS: readonly (readonly [comparison: Comparison, short: string, words: string])[] = [
  ['previous', 'period before', 'The period before'],
  ['year', 'a year ago', 'The same days a year ago'],
  ['none', 'nothing', 'Nothing'],
]

/** The choice of what to compare with. @param linkTo address of the same page with another comparison */
export function compareMenu(chosen: Comparison, linkTo: (comparison: Comparison) => string): Html {
  return choiceMenu('Compare', { choices: COMPARISONS, chosen, linkTo })
}

const GRANULARITIES: readonly (readonly [granularity: Granularity, short: string, words: string])[] = [
  ['auto', 'auto', 'What fits the period'],
  ['hour', 'hour', 'Hours'],
  ['day', 'day', 'Days'],
  ['week', 'week', 'Weeks'],
  ['month', 'month', 'Months'],
]

/**
 * The choice of how long a bar is; hours are offered for days that have few enough of them.
 *
 * @param linkTo address of the same page with another granularity
 */
export function granularityMenu(
  { chosen, days }: { readonly chosen: Granularity; readonly days: Days },
  linkTo: (granularity: Granularity) => string,
): Html {
  const choices = GRANULARITIES.filter(
    ([choice]) => choice === chosen || choice !== 'hour' || fitsHours(days),
  )
  return choiceMenu('By', { choices, chosen, linkTo })
}

interface Choices<T> {
  readonly choices: readonly (readonly [choice: T, short: string, words: string])[]
  readonly chosen: T
  readonly linkTo: (choice: T) => string
}

function choiceMenu<T>(title: string, { choices, chosen, linkTo }: Choices<T>): Html {
  const [, short] = choices.find(([choice]) => choice === chosen) ?? []
  return html`<details class="menu end" name="menu">
<summary>${title}: ${short}</summary>
<ul>
${choices.map(
  ([choice, , words]) =>
    html`<li><a href="${linkTo(choice)}"${choice === chosen ? html` aria-current="true"` : null}>${words}</a></li>
`,
)}</ul>
</details>
`
}
