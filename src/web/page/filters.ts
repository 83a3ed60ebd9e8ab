import { html } from 'hono/html'
import type { Filter } from '../../report/report.ts'
import { REPORT_COLUMNS } from '../../row.ts'
import type { Html } from '../html.ts'
import { COLUMN_NAMES, valueName } from '../names.ts'
import type { View } from '../view.ts'
import { fromStart, viewParameters, viewQuery, withoutFilter } from '../view.ts'
import { alternatives } from '../words.ts'
import { tab } from './frame.ts'
import { hiddenFields } from './when.ts'

/** Words of all filters of a page, for its title: `Country is Germany, Browser is not Chrome`. */
export function filterWords(filters: readonly Filter[]): string {
  return filters.map((filter) => `${subject(filter)} ${values(filter)}`).join(', ')
}

/**
 * The filters that are on, each with a link that turns it into its opposite and one that takes it off, and the form
 * that adds one.
 */
export function filterBar(view: View): Html {
  const { filters } = view
  return html`<div class="filters">
${filters.map((filter) => chip(view, filter))}
${addMenu(view)}
${filters.length > 1 ? tab(viewQuery(fromStart({ ...view, filters: [] })), 'Clear all', false) : null}
</div>`
}

function chip(view: View, filter: Filter): Html {
  const { column, exclude } = filter
  const opposite = { ...filter, exclude: !exclude }
  const turned = view.filters.map((one) => (one === filter ? opposite : one))
  const without = viewQuery(fromStart(withoutFilter(view, column)))
  return html`<span class="chip">${COLUMN_NAMES[column].one}<a href="${viewQuery(fromStart({ ...view, filters: turned }))}" title="Turn into “${comparison(opposite)}”">${comparison(filter)}</a><b>${values(filter)}</b><a href="${without}"><span class="unseen">Remove the filter ${subject(filter)} ${values(filter)}</span><span aria-hidden="true">×</span></a></span>
`
}

function subject(filter: Filter): string {
  return `${COLUMN_NAMES[filter.column].one} ${comparison(filter)}`
}

function comparison({ exclude }: Filter): string {
  return exclude ? 'is not' : 'is'
}

function values({ column, values }: Filter): string {
  return alternatives(values.map((value) => valueName(column, value)))
}

function addMenu(view: View): Html {
  return html`<details class="menu" name="menu">
<summary>Add a filter</summary>
<form method="get">
${hiddenFields(viewParameters(fromStart(view)))}
<label>Column <select name="column">${REPORT_COLUMNS.map(
    (column) => html`<option value="${column}">${COLUMN_NAMES[column].one}</option>`,
  )}</select></label>
<label>Comparison <select name="comparison"><option>is</option><option>is not</option></select></label>
<label>Value <input type="text" name="value" autocomplete="off" aria-describedby="value-note"></label>
<p class="muted small" id="value-note">In pages and targets <code>*</code> stands for anything: <code>/blog/*</code>. Nothing means what is not known.</p>
<button type="submit">Add the filter</button>
</form>
</details>`
}
