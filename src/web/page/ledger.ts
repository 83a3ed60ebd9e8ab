import { html } from 'hono/html'
import type { LedgerReport } from '../../report/report.ts'
import type { Settings } from '../../settings.ts'
import { planDays } from '../buckets.ts'
import { clockAt } from '../days.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { periodTitle } from '../periods.ts'
import { queryText } from '../query.ts'
import { countWords } from '../words.ts'
import { botsSections } from './bots.ts'
import { freshWords } from './freshness.ts'
import { ledgerFigure } from './ledger-figure.ts'
import { verdictsSection } from './verdicts.ts'
import { whenHead } from './when.ts'

/** A ledger and what it answers. */
export interface LedgerAnswer {
  readonly report: LedgerReport
  /** Words of the period in the address. */
  readonly period: string
  readonly links: Links
  /** Ms UTC. */
  readonly nowMs: number
  /** Whether the page names every bot. */
  readonly allBots: boolean
  readonly weekStart: Settings['weekStart']
  /** Hosts that are not configured, where the page shows them. */
  readonly unknownHosts: Html | null
}

/** Every hit that was received, and what became of it. */
export function ledgerMain(answer: LedgerAnswer): Html {
  const { report, period, links, nowMs, weekStart, unknownHosts } = answer
  const { ledger } = report
  const clock = clockAt(nowMs, report.period.timezone)
  const allBots = queryText([
    ['period', period],
    ['bots', 'all'],
  ])
  const allHref = answer.allBots ? null : allBots
  const buckets = planDays(
    report.days.map(({ day }) => day),
    { period: report.period, weekStart },
  )
  return html`${whenHead({
    heading: 'Ledger',
    lead: periodTitle(period, report.period),
    period,
    days: report.period,
    clock,
    linkTo: (words) => queryText([['period', words]]),
    parameters: [],
  })}
<p class="equation">
<span>Received<strong>${countWords(ledger.received)}</strong></span> <i>=</i> <span>counted<strong>${countWords(ledger.counted)}</strong></span> <i>+</i> <span>refused<strong>${countWords(ledger.received - ledger.counted)}</strong></span>
</p>
<p class="muted small">${
    report.site === null
      ? 'All sites, and what named none of them.'
      : html`Hits of ${report.site}. Those that named no site are in <a href="${links.ledger(null, queryText([['period', period]]))}">the ledger of all sites</a>.`
  } <a href="${links.help}#ledger">How is this checked?</a></p>
${ledgerFigure({ report, buckets, clock }, report.site === null ? null : links.picture(report.site, 'ledger.svg', queryText([['period', period]])))}
<div class="books">
${verdictsSection(report, buckets)}
<div>${botsSections(report, { helpPath: links.help, allHref })}</div>
</div>
${unknownHosts}`
}

/** How new a ledger is. */
export function ledgerFooter({ report, links, nowMs }: LedgerAnswer): Html {
  return html`<p>${freshWords({ fresh: report.fresh, nowMs, timezone: report.period.timezone })} <a href="">Load again</a>.</p>
<ul>
<li><a class="link" href="${links.help}">Help</a></li>
</ul>`
}
