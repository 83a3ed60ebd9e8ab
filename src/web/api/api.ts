import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { Guarded } from '../callers.ts'
import { problemJson } from '../problems.ts'
import { routeDocument } from './document.ts'
import { routeExport } from './export.ts'
import { routeHits } from './hits.ts'
import { answerFailure, refuseFaults } from './problem.ts'
import { routeReports } from './reports.ts'
import type { Api, ApiWorld } from './world.ts'

/** Version 1 of the API, under `deps.basePath`. Loaded when it is first asked: its schemas take memory that pages do without. */
export function createApi(world: ApiWorld): Api {
  const { deps } = world
  const api = new OpenAPIHono<Guarded>({ defaultHook: refuseFaults }).basePath(deps.basePath)
  api.use(methodNotAllowed({ app: api, onMethodNotAllowed: answerWrongMethod }))
  routeReports(api, world)
  routeExport(api, world)
  routeHits(api, world)
  routeDocument(api, world)
  api.notFound(answerNothing)
  api.onError((error, context) => answerFailure(error, context, (failure) => deps.failed?.(failure)))
  return api
}

function answerWrongMethod(context: Context, allowed: readonly string[]): Response {
  context.header('Allow', allowed.join(', '))
  const detail = `This address does not answer ${context.req.method}`
  return problemJson(context, { status: 405, title: 'Not that way', detail })
}

function answerNothing(context: Context): Response {
  const detail = 'The API has no such address; it describes itself in /api/v1/'
  return problemJson(context, { status: 404, title: 'Nothing here', detail })
}
