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
}

/** A field of a body, or a parameter. */
export interface Field {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
}

/** The fields of an object's schema. */
export function fieldsOf({ properties = {}, required = [] }: Schema): readonly Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
  }))
}

/** Fields with types and meanings. */
export function fieldList(fields: readonly Field[]): Html {
  return html`<dl>
${fields.map(
  ({ name, schema, required }) =>
    html`<dt><code>${name}</code></dt>
<dd class="muted small">${typeWords(schema)}${required ? null : ', optional'}</dd>
${schema.description === undefined ? null : html`<dd>${schema.description}</dd>`}
`,
)}</dl>`
}

/** A type in words, with a link where it has a name. */
function typeWords(schema: Schema): Html {
  const { $ref, type, anyOf, items, properties, additionalProperties } = schema
  if ($ref !== undefined) return shapeLink($ref.slice($ref.lastIndexOf('/') + 1))
  if (schema.enum !== undefined) return html`${schema.enum.map(valueWords).join(', ')}`
  if (anyOf !== undefined)
    return html`${anyOf.map((one, at) => html`${at > 0 ? ' or ' : null}${typeWords(one)}`)}`
  if (items !== undefined) return html`list of ${typeWords(items)}`
  if (properties !== undefined) return html`object with ${Object.keys(properties).join(', ')}`
  if (typeof additionalProperties === 'object') return html`object of ${typeWords(additionalProperties)}`
  return html`${[type ?? 'anything'].flat().join(' or ')}`
}

function valueWords(value: unknown): string {
  return value === '' ? '(empty)' : String(value)
}

/** A link to the section of a shape. */
export function shapeLink(name: string): Html {
  return html`<a class="link" href="#${name}">${name}</a>`
}
