import { html } from 'hono/html'
import { REPORT_COLUMNS } from '../../row.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { brand, page } from '../page/frame.ts'
import type { Api } from './api.ts'
import type { Field } from './schema-table.ts'
import { fieldsOf, fieldTable } from './schema-table.ts'

/** An OpenAPI document. */
export type Description = ReturnType<Api['getOpenAPI31Document']>

type Paths = NonNullable<Description['paths']>
type Operation = NonNullable<Paths[string]['get']>

/** The API for people, from its own description. */
export function referencePage(description: Description, links: Links): Html {
  const { paths = {}, components, servers = [] } = description
  const sites = `${servers[0]?.url ?? ''}${links.base}/api/v1/sites`
  const operations = Object.entries(paths).flatMap(([path, { get, post }]) => [
    ...(get === undefined ? [] : [operationSection(`GET ${path}`, get)]),
    ...(post === undefined ? [] : [operationSection(`POST ${path}`, post)]),
  ])
  const shapes = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) => html`<section id="${name}">
<h2>${name}</h2>
${fieldTable(`Fields of ${name}`, fieldsOf(schema))}
</section>
`,
  )
  return page({
    title: 'API',
    links,
    main: html`${brand(links.sites)}
<h1>API</h1>
<p>Numbers out, hits in. Programs send a token, which <code>headcount token make NAME --scope read</code> makes:</p>
<p><code>curl -H "Authorization: Bearer $HEADCOUNT_TOKEN" ${sites}</code></p>
<p><a href="openapi.json">openapi.json</a> says all of this to programs (OpenAPI 3.1). Errors are problem documents (RFC 9457). A number that is not known is null, never 0.</p>
${operations}
<h1>Shapes</h1>
${shapes}`,
  })
}

function operationSection(address: string, operation: Operation): Html {
  const { operationId, summary, description, responses = {}, security = [] } = operation
  const fields = parameterFields(operation)
  const own = fields.filter(({ name }) => !isFilter(name))
  const filtered = own.length < fields.length
  return html`<section id="${operationId}">
<h2><code>${address}</code></h2>
<p>${summary}. ${securityWords(security)}</p>
${description === undefined ? null : html`<p>${description}</p>`}
${own.length === 0 ? null : fieldTable(`Parameters of ${address}`, own)}
${filtered ? FILTERS : null}
${answerList(responses)}
</section>
`
}

const FILTERS = html`<p class="muted small">And filters by column: <code>country=DE</code> keeps, <code>country!=DE</code> leaves out, several of one column are alternatives, an empty value is “not known”. Columns: ${REPORT_COLUMNS.join(', ')}.</p>`

function isFilter(name: string): boolean {
  return REPORT_COLUMNS.some((column) => column === name.replace('!', ''))
}

function parameterFields({ parameters = [] }: Operation): readonly Field[] {
  return parameters.flatMap((parameter) => {
    if (!('name' in parameter)) return []
    const { name, schema = {}, required = false, description = '' } = parameter
    return [{ name, schema, required, description }]
  })
}

function securityWords(security: NonNullable<Operation['security']>): Html {
  const scopes = security.flatMap(({ token = [] }) => token)
  const orSession = security.some(({ session }) => session !== undefined)
  return html`Takes a token with the scope <code>${scopes.join(', ')}</code>${orSession ? ', or a session' : null}.`
}

function answerList(responses: NonNullable<Operation['responses']>): Html {
  return html`<ul class="small">
${Object.entries(responses).map(
  ([
    status,
    { description, content },
  ]) => html`<li><strong>${status}</strong> ${description}${shapeLink(content)}</li>
`,
)}</ul>`
}

function shapeLink(content: unknown): Html | null {
  const name = /"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(content ?? null))?.[1]
  return name === undefined ? null : html`: <a class="link" href="#${name}">${name}</a>`
}
