import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { HitsFormat } from '../../report/hits-format.ts'
import { readFilters } from '../query.ts'
import { findSite } from '../site-list.ts'
import { FIRST_VIEW } from '../view.ts'
import type { Api, ApiWorld } from './world.ts'
import { HITS_QUERY, SITE } from './asked.ts'
import type { Answers } from './problem.ts'
import { NO_SITE, PROBLEMS } from './problem.ts'

const TYPES: Readonly<Record<HitsFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

const RESPONSES: Answers = {
  200: {
    description: 'The hits, as columns of docs/columns.md; gzipped where the client takes that',
    content: Object.fromEntries(
      Object.values(TYPES).map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]),
    ),
  },
  ...PROBLEMS,
  ...NO_SITE,
}

/** `GET /api/v1/sites/{site}/hits`: the hits themselves, as long as it takes. */
export function routeExport(api: Api, { deps, guard, siteList }: ApiWorld): void {
  const route = createRoute({
    method: 'get',
    path: '/api/v1/sites/{site}/hits',
    operationId: 'exportHits',
    summary: 'The hits themselves',
    description: 'Counted and refused ones. An answer that breaks off is not whole.',
    security: [{ token: ['export'] }, { session: [] }],
    middleware: guard('export'),
    request: { params: SITE, query: HITS_QUERY },
    responses: RESPONSES,
  })
  api.openapi(route, async (context) => {
    const { format = 'ndjson', period = FIRST_VIEW.period } = context.req.valid('query')
    const name = context.req.param('site')
    const { site } = findSite(name, await siteList.readFor(name), deps)
    const filters = readFilters(new URL(context.req.url).searchParams)
    // Nobody would read what HEAD began.
    const head = context.req.method === 'HEAD'
    const hits = head ? null : await deps.exportHits({ site, period, filters, format })
    context.header('Content-Type', TYPES[format])
    context.header('Content-Disposition', `attachment; filename="hits.${format}"`)
    if (hits === null) return context.body(null)
    return context.body(toWeb(format === 'parquet' ? hits : zipped(context, hits)))
  })
}

/** Text, gzipped where the client takes that. */
function zipped(context: Context, hits: Readable): Readable {
  context.header('Vary', 'Accept-Encoding')
  if (!/\bgzip\b/.test(context.req.header('Accept-Encoding') ?? '')) return hits
  context.header('Content-Encoding', 'gzip')
  // Either end that fails ends the other; the client sees it as an answer that breaks off.
  return pipeline(hits, createGzip({ level: 1 }), () => undefined)
}

function toWeb(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream)
}
