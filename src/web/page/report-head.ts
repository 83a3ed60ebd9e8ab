import { html } from 'hono/html'
import { parsePeriod } from '../../period.ts'
import { clockAt } from '../days.ts'
import type { Html } from '../html.ts'
import { fitsHours, periodTitle } from '../periods.ts'
import type { View } from '../view.ts'
import { fromStart, viewParameters, viewQuery } from '../view.ts'
import type { Answer } from './answer.ts'
import { filterBar } from './filters.ts'
import { subjectLink, subjectName, subjectOf } from './subject.ts'
import { compareMenu, granularityMenu, whenHead } from './when.ts'

/** Heading, periods and filters of a page of reports. What the page is about heads it, else the period does. */
export function reportHead({ report, view, nowMs }: Answer): Html {
  const start = fromStart(view)
  const period = periodTitle(view.period, report.period)
  const subject = view.show === null ? subjectOf(view) : null
  const compare = compareMenu(view.compare, (compare) => viewQuery({ ...view, compare }))
  const by = granularityMenu({ chosen: view.granularity, days: report.period }, (granularity) =>
    viewQuery({ ...view, granularity }),
  )
  const clock = clockAt(nowMs, report.period.timezone)
  return html`${whenHead({
    heading: subject === null ? period : subjectName(subject),
    ...(subject === null ? {} : { lead: period, beside: subjectLink(subject, report.site) }),
    period: view.period,
    days: report.period,
    clock,
    linkTo: (words) => viewQuery(duringPeriod(start, words, clock.day)),
    parameters: viewParameters(view.granularity === 'hour' ? { ...start, granularity: 'auto' } : start),
    menus: view.show === null ? [compare, by] : [],
  })}
${filterBar(view)}`
}

/** The view with another period; hours, where that has too many of them, give way to what fits. */
function duringPeriod(view: View, period: string, today: string): View {
  const isLong =
    view.granularity === 'hour' && (period === 'all' || !fitsHours(parsePeriod(period, today, null)))
  return { ...view, period, granularity: isLong ? 'auto' : view.granularity }
}
