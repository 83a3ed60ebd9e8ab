import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { etag } from 'hono/etag'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { LIMITS } from '../limits.ts'
import type { Access, Handler } from './access.ts'
import { createAccess } from './access.ts'
import type { Api } from './api/world.ts'
import { createBadges } from './badge/badge.ts'
import { createDashboard } from './dashboard.ts'
import type { WebDeps } from './deps.ts'
import { protect } from './headers.ts'
import type { Links } from './links.ts'
import { linksUnder } from './links.ts'
import { createOpenPages } from './open-pages.ts'
import type { Problem } from './page/problem.ts'
import { createPictures } from './pictures.ts'
import { answerProblem, problemOf } from './problems.ts'
import { SiteList } from './site-list.ts'
import { PRINT_STYLES, STYLES } from './styles.ts'
import type { World } from './world.ts'

const ICON = readFileSync(new URL('headcount.svg', import.meta.url), 'utf8')
const STYLES_VERSION = createHash('sha256')
  .update(STYLES + PRINT_STYLES)
  .digest('hex')
  .slice(0, 12)
/** For what has its version in its address. */
const FOREVER = 'public, max-age=31536000, immutable'
const A_DAY = 'public, max-age=86400'

/** Dashboard, API, login and what machines ask a server for; all under `deps.basePath`. */
export function createApp(deps: WebDeps): Hono {
  const everywhere = new Hono().use(protect)
  const app = everywhere.basePath(deps.basePath)
  const links = linksUnder(deps.basePath, STYLES_VERSION)
  const access = createAccess(deps, links)
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, allowed) => {
        context.header('Allow', allowed.join(', '))
        return answerProblem(context, wrongMethod(context.req.method), links)
      },
    }),
  )
  everywhere.get(`${deps.basePath}/`, (context) => context.redirect(links.sites, 302))
  routeFiles(app)
  routeBadges(app, deps)
  routeAccess(app, access, links)
  const siteList = new SiteList(deps)
  routeDashboard(app, { deps, links, access, siteList })
  routeApi(app, { deps, links, access, siteList })
  app.notFound((context) => answerProblem(context, NOT_FOUND, links))
  app.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.status >= 500) deps.failed?.(error)
    return answerProblem(context, problem, links)
  })
  return app
}

/** What anybody may have. */
function routeFiles(app: Hono): void {
  const answerStyles =
    (styles: string): Handler =>
    (context) => {
      const kept = context.req.query('v') === STYLES_VERSION ? FOREVER : 'no-cache'
      return context.body(styles, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': kept })
    }
  app.get('/dashboard/dashboard.css', answerStyles(STYLES))
  app.get('/dashboard/print.css', answerStyles(PRINT_STYLES))
  app.get('/dashboard/headcount.svg', (context) =>
    context.body(ICON, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': A_DAY }),
  )
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/robots.txt', (context) =>
    context.text('User-agent: *\nDisallow: /\n', 200, { 'Cache-Control': A_DAY }),
  )
}

/** Numbers of sites that their owner opened. */
function routeBadges(app: Hono, deps: WebDeps): void {
  const badge = createBadges(deps)
  const files = [`/${deps.stems.badge}.svg`, `/${deps.stems.badge}.json`]
  app.on('GET', [...files, ...files.map((file) => `/:site${file}`)], etag(), badge)
}

function routeAccess(app: Hono, access: Access, links: Links): void {
  const tooLong = (context: Context) => answerProblem(context, TOO_LONG, links)
  app.get('/login', access.showLogin)
  app.post('/login', bodyLimit({ maxSize: LIMITS.bodyBytesMax, onError: tooLong }), access.login)
  app.post('/logout', access.logout)
}

function routeDashboard(app: Hono, world: World): void {
  const { links, access } = world
  const dashboard = createDashboard(world)
  const open = createOpenPages(world)
  const toSites: Handler = (context) => context.redirect(links.sites, 302)
  app.get('/', toSites)
  app.get('/dashboard', toSites)
  app.get('/dashboard/', access.page(dashboard.sites))
  app.get('/dashboard/help', access.page(dashboard.help, open.publicly('help')))
  app.get('/dashboard/ledger', access.page(dashboard.ledger))
  app.get('/dashboard/:site', access.page(dashboard.overview, open.publicly('overview')))
  app.get('/dashboard/:site/now', access.page(dashboard.now, open.publicly('now')))
  app.get('/dashboard/:site/ledger', access.page(dashboard.ledger, open.publicly('ledger')))
  app.get('/dashboard/:site/:picture', access.page(createPictures(world), open.publicly('picture')))
  app.get('/share/:secret', open.toShared)
  app.get('/share/:secret/help', open.shared('help'))
  app.get('/share/:secret/:site', open.shared('overview'))
  app.get('/share/:secret/:site/now', open.shared('now'))
  app.get('/share/:secret/:site/ledger', open.shared('ledger'))
  app.get('/share/:secret/:site/:picture', open.shared('picture'))
}

function routeApi(app: Hono, world: World): void {
  const { deps, links, access, siteList } = world
  const { guard } = access
  let api: Promise<Api> | null = null
  const open = () => {
    api ??= import('./api/api.ts').then(({ createApi }) => createApi({ deps, links, guard, siteList }))
    return api
  }
  app.all('/api/*', async (context) => (await open()).fetch(context.req.raw))
  const metrics: Handler = (context) =>
    context.body(deps.metrics(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
  app.get('/metrics', guard('read'), metrics)
}

const NOT_FOUND: Problem = { status: 404, title: 'Nothing here', detail: 'No page has this address.' }
const TOO_LONG: Problem = {
  status: 413,
  title: 'Too long',
  detail: 'The form is longer than a form of ours can be.',
}

function wrongMethod(method: string): Problem {
  return { status: 405, title: 'Not that way', detail: `This address does not answer ${method}.` }
}
