import { html } from 'hono/html'
import type { Html } from '../html.ts'

/** What the reference reads of a JSON Schema. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly required?: readonly string[]
  readonly default?: unknown
}

/** A field of a body, or a parameter. */
export interface Field {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
  readonly description: string
}

/** The fields of an object's schema. */
export function fieldsOf({ properties = {}, required = [] }: Schema): readonly Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
    description: schema.description ?? '',
  }))
}

/** Fields with their types. @param caption for those who cannot see where the table stands */
export function fieldTable(caption: string, fields: readonly Field[]): Html {
  return html`<div class="data"><table>
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${fields.map(
  ({ name, schema, required, description }) =>
    html`<tr><th scope="row"><code>${name}</code></th><td>${typeWords(schema)}${required ? null : ', optional'}</td><td>${description}</td></tr>
`,
)}</tbody>
</table></div>`
}

/** Values of an enumeration that are told one by one. */
const VALUES_TOLD_MAX = 8

/** A type in words, with a link where it has a name. */
function typeWords(schema: Schema): Html {
  const { $ref, type, anyOf, items, properties, additionalProperties } = schema
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    return html`<a href="#${name}">${name}</a>`
  }
  if (schema.enum !== undefined) return html`${enumWords(schema.enum)}`
  if (anyOf !== undefined)
    return html`${anyOf.map((one, index) => html`${index === 0 ? null : ' or '}${typeWords(one)}`)}`
  if (items !== undefined) return html`list of ${typeWords(items)}`
  if (properties !== undefined) return html`object: ${Object.keys(properties).join(', ')}`
  if (typeof additionalProperties === 'object') return html`object of ${typeWords(additionalProperties)}`
  return html`${[type ?? 'anything'].flat().join(' or ')}`
}

function enumWords(values: readonly unknown[]): string {
  const told = values.slice(0, VALUES_TOLD_MAX).map((value) => (value === '' ? '(empty)' : String(value)))
  return told.join(', ') + (told.length < values.length ? ', …' : '')
}
