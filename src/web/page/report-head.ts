import { html } from 'hono/html'
import { clockAt } from '../days.ts'
import type { Html } from '../html.ts'
import { periodTitle } from '../periods.ts'
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
  const by = granularityMenu(view.granularity, (granularity) => viewQuery({ ...view, granularity }))
  return html`${whenHead({
    heading: subject === null ? period : subjectName(subject),
    ...(subject === null ? {} : { lead: period, beside: subjectLink(subject, report.site) }),
    period: view.period,
    days: report.period,
    clock: clockAt(nowMs, report.period.timezone),
    linkTo: (words) => viewQuery({ ...start, period: words }),
    parameters: viewParameters(start),
    menus: view.show === null ? [compare, by] : [],
  })}
${filterBar(view)}`
}
