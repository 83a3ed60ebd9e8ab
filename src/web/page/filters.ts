import { html } from 'hono/html'
import type { Filter } from '../../report/report.ts'
import type { ReportColumn } from '../../row.ts'
import type { Html } from '../html.ts'
import { COLUMN_NAMES, valueName } from '../names.ts'
import type { View } from '../view.ts'
import { viewParameters, viewQuery, withoutFilter } from '../view.ts'
import { alternatives } from '../words.ts'
import { tab } from './frame.ts'
import { hiddenFields } from './when.ts'

/** Columns that the form offers; addresses take all of `REPORT_COLUMNS`. */
const OFFERED: readonly ReportColumn[] = [
  'path',
  'referrer',
  'channel',
  'campaign',
  'source',
  'medium',
  'country',
  'language',
  'browser',
  'browser_version',
  'system',
  'system_version',
  'device',
]

/** Words of all filters of a page, for its title: `Country is Germany, Browser is not Chrome`. */
export function filterWords(filters: readonly Filter[]): string {
  return filters.map((filter) => `${subject(filter)} ${values(filter)}`).join(', ')
}

/** The filters that are on, each with a link that takes it off, and the form that adds one. */
export function filterBar(view: View): Html {
  const { filters } = view
  return html`<div class="filters">
${filters.map((filter) => chip(filter, viewQuery(withoutFilter(view, filter.column))))}
${addMenu(view)}
${filters.length > 1 ? tab(viewQuery({ ...view, filters: [] }), 'Clear all', false) : null}
</div>`
}

function chip(filter: Filter, href: string): Html {
  return html`<span class="chip">${subject(filter)}<b>${values(filter)}</b><a href="${href}"><span class="unseen">Remove the filter ${subject(filter)} ${values(filter)}</span><span aria-hidden="true">×</span></a></span>
`
}

function subject({ column, exclude }: Filter): string {
  return `${COLUMN_NAMES[column].one} is${exclude ? ' not' : ''}`
}

function values({ column, values }: Filter): string {
  return alternatives(values.map((value) => valueName(column, value)))
}

function addMenu(view: View): Html {
  return html`<details class="menu" name="menu">
<summary>Add a filter</summary>
<form method="get">
${hiddenFields(viewParameters(view))}
<label>Column <select name="column">${OFFERED.map(
    (column) => html`<option value="${column}">${COLUMN_NAMES[column].one}</option>`,
  )}</select></label>
<label>Comparison <select name="comparison"><option>is</option><option>is not</option></select></label>
<label>Value, or nothing for what is not known <input type="text" name="value" autocomplete="off"></label>
<button type="submit">Add the filter</button>
</form>
</details>`
}
