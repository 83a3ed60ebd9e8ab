import { html } from 'hono/html'
import type { Area } from '../chart/map.ts'
import { isOnMap, mapKey, worldMap } from '../chart/map.ts'
import type { Html } from '../html.ts'
import { valueName } from '../names.ts'
import { overviewOf, viewQuery, withFilter } from '../view.ts'
import { countOf } from '../words.ts'
import type { Answer } from './answer.ts'
import { unitOf } from './lines.ts'

/** Readers by country on a map, and what it cannot show; the list of countries must stand beside it. Null where tables are wanted. */
export function mapFigure(answer: Answer): Html | null {
  if (answer.view.view === 'table') return null
  const areas = areasOf(answer)
  const small = areas.filter(({ code }) => !isOnMap(code)).length
  return html`<figure class="chart">
${worldMap(areas)}
<figcaption>${mapKey(areas).map(
    ({ shade, words }) =>
      html`<span class="key" aria-hidden="true"><svg><rect class="h${shade}" width="20" height="12"/></svg>${words}</span>`,
  )}${small === 0 ? null : html`<span>${countOf(small, 'country is', 'countries are')} too small for this map</span>`}<a class="file" href="${answer.links.picture(answer.report.site, 'map.svg', viewQuery(answer.view))}">SVG<span class="unseen"> file of this map</span></a></figcaption>
</figure>`
}

/** The countries of a report that lists them. */
export function areasOf({ report, view }: Pick<Answer, 'report' | 'view'>): readonly Area[] {
  const unit = unitOf(report, { name: 'map', unit: 'readers' })
  const one = unit === 'visitors' ? 'visitor' : 'view'
  return (report.top.country ?? []).flatMap(({ value, ...sums }) => {
    const amount = unit === 'visitors' ? sums.visitors : sums.pageViews
    if (value === null || amount === null) return []
    const filter = { column: 'country', values: [value], exclude: false } as const
    const words = `${valueName('country', value)}: ${countOf(amount, one)}`
    return [{ code: value, amount, words, href: viewQuery(overviewOf(withFilter(view, filter))) }]
  })
}
