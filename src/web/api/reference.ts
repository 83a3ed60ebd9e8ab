import { html } from 'hono/html'
import { REPORT_COLUMNS } from '../../row.ts'
import type { Html } from '../html.ts'
import type { Links } from '../links.ts'
import { brand, page } from '../page/frame.ts'
import type { Api } from './world.ts'
import type { Field } from './schema-fields.ts'
import { fieldList, fieldsOf, shapeLink } from './schema-fields.ts'

/** An OpenAPI document. */
export type Description = ReturnType<Api['getOpenAPI31Document']>

type Paths = NonNullable<Description['paths']>
type Operation = NonNullable<Paths[string]['get']>
type Responses = NonNullable<Operation['responses']>

/** An operation and how it is asked for: `GET /api/v1/sites`. */
interface Route {
  readonly address: string
  readonly operation: Operation
}

/** The API for people, from its own description. */
export function referencePage(description: Description, links: Links): Html {
  const { paths = {}, components, servers = [] } = description
  const routes = Object.entries(paths).flatMap(([path, { get, post }]) => [
    ...(get === undefined ? [] : [{ address: `GET ${path}`, operation: get }]),
    ...(post === undefined ? [] : [{ address: `POST ${path}`, operation: post }]),
  ])
  const everywhere = commonAnswers(routes)
  const main = html`<header class="top">${brand(links.sites)}</header>
<article class="prose">
<h1>API</h1>
<p>Numbers out, hits in. Programs send a token, which <code>headcount token make NAME --scope read</code> makes:</p>
<pre class="tag" tabindex="0"><code>curl -H "Authorization: Bearer $TOKEN" ${servers[0]?.url ?? ''}${links.base}/api/v1/sites</code></pre>
<p>Numbers that are not known are null, never 0. Errors are problem documents (RFC 9457); every route may answer:</p>
${answerList(everywhere)}
<p><a href="openapi.json">openapi.json</a> says all of this to programs (OpenAPI 3.1).</p>
<ul>
${routes.map(
  ({
    address,
    operation,
  }) => html`<li><a class="link" href="#${operation.operationId}"><code>${address}</code></a> ${operation.summary}</li>
`,
)}</ul>
${routes.map((route) => routeSection(route, everywhere))}
<h1>Shapes</h1>
${Object.entries(components?.schemas ?? {}).map(
  ([name, schema]) => html`<section id="${name}">
<h2>${name}</h2>
${schema.description === undefined ? null : html`<p>${schema.description}</p>`}
${fieldList(fieldsOf(schema))}
</section>
`,
)}</article>`
  return page({ title: 'API', links, text: true, main })
}

/** The problems that all routes have in common: told once. */
function commonAnswers(routes: readonly Route[]): Responses {
  const [first] = routes
  const common = Object.entries<Responses[string]>(first?.operation.responses ?? {}).filter(([status]) =>
    routes.every(({ operation }) => Number(status) >= 400 && status in (operation.responses ?? {})),
  )
  return Object.fromEntries(common)
}

function routeSection({ address, operation }: Route, everywhere: Responses): Html {
  const { operationId, summary, description, responses = {}, security = [] } = operation
  const fields = parameterFields(operation)
  const own = fields.filter(({ name }) => !isFilter(name))
  const special = Object.entries<Responses[string]>(responses).filter(([status]) => !(status in everywhere))
  return html`<section id="${operationId}">
<h2>${summary}</h2>
<p><code>${address}</code></p>
<p>${securityWords(security)}</p>
${description === undefined ? null : html`<p>${description}</p>`}
${own.length === 0 ? null : fieldList(own)}
${operation.requestBody === undefined ? null : html`<p>Body${contentWords(operation.requestBody)}</p>`}
${own.length < fields.length ? FILTERS : null}
${answerList(Object.fromEntries(special))}
</section>
`
}

const FILTERS = html`<p>Filters by column go along: <code>country=DE</code> keeps, <code>country!=DE</code> leaves out, several of one column are alternatives, an empty value is “not known”, and in <code>path</code> and <code>target</code> a <code>*</code> stands for any characters. Columns: ${REPORT_COLUMNS.join(', ')}.</p>`

function isFilter(name: string): boolean {
  return REPORT_COLUMNS.some((column) => column === name.replace('!', ''))
}

function parameterFields({ parameters = [] }: Operation): readonly Field[] {
  return parameters.flatMap((parameter) => {
    if (!('name' in parameter)) return []
    const { name, schema = {}, required = false } = parameter
    return [{ name, schema, required }]
  })
}

function securityWords(security: NonNullable<Operation['security']>): Html {
  const scopes = security.flatMap(({ token = [] }) => token)
  const orSession = security.some(({ session }) => session !== undefined)
  return html`Takes a token with the scope <code>${scopes.join(', ')}</code>${orSession ? ', or a session' : null}.`
}

function answerList(responses: Responses): Html {
  return html`<ul>
${Object.entries<Responses[string]>(responses).map(
  ([
    status,
    { description, content },
  ]) => html`<li><b>${status}</b> ${description}${contentWords(content)}</li>
`,
)}</ul>`
}

function contentWords(content: unknown): Html | null {
  const name = /"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(content ?? null))?.[1]
  return name === undefined ? null : html`: ${shapeLink(name)}`
}
