import type { z } from '@hono/zod-openapi'
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Question, Report } from '../../report/report.ts'
import { findSite } from '../site-list.ts'
import { LEDGER_ANSWER, REPORT, SERIES_ANSWER, SITES, TOP_ANSWER } from './answered.ts'
import type { Api, ApiWorld } from './world.ts'
import { LEDGER_QUERY, NO_QUERY, REPORT_QUERY, SERIES_QUERY, SITE, TOP_QUERY } from './asked.ts'
import { cursorAt, offsetOf } from './cursor.ts'
import { parseQuestion, reportJson } from './question.ts'
import type { Answers, Security } from './problem.ts'
import { NO_SITE, PROBLEMS } from './problem.ts'
import { answerTagged } from './tagged.ts'

/** The routes that read: sites, reports and parts of them, ledgers. */
export function routeReports(api: Api, world: ApiWorld): void {
  routeSites(api, world)
  routeReport(api, world)
  routeSeries(api, world)
  routeTop(api, world)
  routeLedgers(api, world)
}

const security: Security = [{ token: ['read'] }, { session: [] }]
const READ = { method: 'get' as const, security }

function routeSites(api: Api, { guard, siteList }: ApiWorld): void {
  const route = createRoute({
    ...READ,
    path: '/api/v1/sites',
    operationId: 'listSites',
    summary: 'All sites',
    middleware: guard('read'),
    request: { query: NO_QUERY },
    responses: answers('Sites of the settings, and those that hits named', SITES),
  })
  api.openapi(route, async (context) => {
    const sites = await siteList.read()
    return answerTagged(context, { sites })
  })
}

function routeReport(api: Api, world: ApiWorld): void {
  const route = createRoute({
    ...READ,
    path: '/api/v1/sites/{site}/report',
    operationId: 'report',
    summary: 'Totals, series and lists of a site',
    middleware: world.guard('read'),
    request: { params: SITE, query: REPORT_QUERY },
    responses: { ...answers('The report', REPORT), ...NO_SITE },
  })
  api.openapi(route, async (context) => {
    const report = await ask(context, world, {})
    return answerTagged(context, reportJson(report))
  })
}

function routeSeries(api: Api, world: ApiWorld): void {
  const route = createRoute({
    ...READ,
    path: '/api/v1/sites/{site}/series',
    operationId: 'series',
    summary: 'Page views and visitors of a site over time',
    middleware: world.guard('read'),
    request: { params: SITE, query: SERIES_QUERY },
    responses: { ...answers('The series', SERIES_ANSWER), ...NO_SITE },
  })
  api.openapi(route, async (context) => {
    const report = await ask(context, world, { by: [] })
    const { site, period, granularity, series, previous, previousSeries, fresh } = report
    const compared = previous === null ? {} : { previousSeries }
    return answerTagged(context, { site, period, granularity, series, ...compared, fresh })
  })
}

function routeTop(api: Api, world: ApiWorld): void {
  const route = createRoute({
    ...READ,
    path: '/api/v1/sites/{site}/top',
    operationId: 'top',
    summary: 'One list of a site, page by page',
    middleware: world.guard('read'),
    request: { params: SITE, query: TOP_QUERY },
    responses: { ...answers('One page of the list', TOP_ANSWER), ...NO_SITE },
  })
  api.openapi(route, async (context) => {
    const { by = 'path', cursor } = context.req.valid('query')
    const offset = offsetOf(cursor)
    const { site, period, top, distinct, fresh } = await ask(context, world, { by: [by], offset })
    const [rows, all] = [top[by] ?? [], distinct[by] ?? 0]
    const end = offset + rows.length
    const next = rows.length > 0 && end < all ? cursorAt(end) : null
    return answerTagged(context, { site, period, by, rows, distinct: all, next, fresh })
  })
}

function routeLedgers(api: Api, { deps, guard, siteList }: ApiWorld): void {
  const ledger = {
    ...READ,
    middleware: guard('read'),
    responses: { ...answers('The ledger', LEDGER_ANSWER), ...NO_SITE },
  } as const
  const ofAll = createRoute({
    ...ledger,
    path: '/api/v1/ledger',
    operationId: 'ledger',
    summary: 'All that was received, and what became of it',
    request: { query: LEDGER_QUERY },
  })
  api.openapi(ofAll, async (context) => {
    const { period = '28d' } = context.req.valid('query')
    return answerTagged(context, await deps.ledger(null, period))
  })
  const ofSite = createRoute({
    ...ledger,
    path: '/api/v1/sites/{site}/ledger',
    operationId: 'siteLedger',
    summary: 'What came for a site, and what became of it',
    request: { params: SITE, query: LEDGER_QUERY },
  })
  api.openapi(ofSite, async (context) => {
    const { period = '28d' } = context.req.valid('query')
    const name = context.req.param('site')
    const { site } = findSite(name, await siteList.readFor(name), deps)
    return answerTagged(context, await deps.ledger(site, period))
  })
}

/** What a question of the address, with parts that the route sets, is answered. */
async function ask(
  context: Context,
  { deps, siteList }: ApiWorld,
  set: Pick<Partial<Question>, 'by' | 'offset'>,
): Promise<Report> {
  const name = context.req.param('site') ?? ''
  const { site } = findSite(name, await siteList.readFor(name), deps)
  return deps.ask({ ...parseQuestion(site, new URL(context.req.url).searchParams), ...set })
}

function answers(description: string, schema: z.ZodType): Answers {
  return {
    200: { description, content: { 'application/json': { schema } } },
    304: { description: 'As when its ETag was sent' },
    ...PROBLEMS,
  }
}
