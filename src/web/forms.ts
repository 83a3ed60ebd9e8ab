import { valueOfName } from './names.ts'
import type { Parameter } from './query.ts'
import { columnOf, oneOf, queryText, readOne, refusal } from './query.ts'

const FIELDS = ['from', 'to', 'column', 'comparison', 'value']
const COMPARISONS = ['is', 'is not'] as const

/**
 * The address that the forms of a page mean: a GET form can only send its fields by their own names
 * (`from`, `to`; `column`, `comparison`, `value`), so the page answers them with a redirect to this query.
 * Null where no form was sent.
 *
 * @throws {AppError} QUESTION_INVALID naming the field
 */
export function formQuery(query: URLSearchParams): string | null {
  if (!FIELDS.some((field) => query.has(field))) return null
  const kept = [...query].filter(([name]) => !FIELDS.includes(name))
  if (query.has('column')) return queryText(addFilter(kept, query))
  const [from, to] = [readOne(query, 'from'), readOne(query, 'to')]
  if (from === null || to === null) throw refusal('a first and a last day belong together')
  return queryText([['period', `${from}..${to}`], ...kept.filter(([name]) => name !== 'period')])
}

function addFilter(kept: readonly Parameter[], query: URLSearchParams): readonly Parameter[] {
  const column = columnOf(readOne(query, 'column') ?? '')
  if (column === null) throw refusal(`"column" is "${query.get('column')}", expected a column of the list`)
  const comparison = oneOf(readOne(query, 'comparison') ?? 'is', COMPARISONS, 'comparison')
  const name = comparison === 'is' ? column : `${column}!`
  const others = kept.filter(([other]) => other.replace(/!$/, '') !== column || other === name)
  return [...others, [name, valueOfName(column, readOne(query, 'value') ?? '')]]
}
