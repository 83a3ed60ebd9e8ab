import { randomBytes } from 'node:crypto'
import type { RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../web/app.ts'
import type { Auth } from '../web/auth.ts'
import type { WebDeps } from '../web/deps.ts'
import type { Collecting } from './collecting.ts'
import { demoPage } from './demo/site.ts'
import { canWrite } from './disk.ts'
import { describeFailure } from './failure.ts'
import type { DataFolder } from './folder.ts'
import { renderMetrics } from './meter.ts'
import { createPublicUrls } from './public-url.ts'
import type { Sampling } from './sampling.ts'
import type { Secrets } from './secrets.ts'
import type { Settings } from '../settings.ts'
import type { Worker } from './worker-client.ts'

export interface RoutesDeps {
  readonly folder: DataFolder
  readonly settings: Settings
  readonly collecting: Collecting
  readonly worker: Worker
  readonly secrets: Secrets
  readonly sampling: Sampling
  readonly demo: boolean
  readonly report: (line: string) => void
}

export interface Routes {
  readonly handle: RequestListener
  /** Opens a session while no password is set; null when all is open. */
  readonly linkKey: string | null
}

/** Who answers which request: the collector first, then the demo's pages, health, and the dashboard with its API. */
export function createRoutes(deps: RoutesDeps): Routes {
  const { settings, collecting, demo } = deps
  const { basePath } = settings
  const urls = createPublicUrls(settings)
  const linkKey = demo ? null : randomBytes(24).toString('base64url')
  const app = createApp(webDeps(deps, { linkKey, publicUrl: (request) => urls.of(request) }))
  const web = getRequestListener((request, { incoming }) => {
    urls.note(request, incoming)
    return app.fetch(request)
  })
  const handle: RequestListener = (request, response) => {
    const { url = '/' } = request
    const target = withoutBase(url, basePath)
    if (target === null) return send(response, 404, `Nothing here: all addresses begin with ${basePath}/\n`)
    if (collecting.handle(request, response, target)) return
    const [path = ''] = target.split('?', 1)
    const page = demo ? demoPage(path, urls.ofIncoming(request)) : null
    if (page !== null) return void response.writeHead(page.status, page.headers).end(page.body)
    if (path === '/healthz' && !collecting.meter.healthy()) return void answerHealth(deps, response)
    void web(request, response)
  }
  return { handle, linkKey }
}

/** The target below the base path; null for what lies beside it. */
function withoutBase(target: string, basePath: string): string | null {
  if (!target.startsWith(basePath)) return null
  const rest = target.slice(basePath.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return basePath === '' || rest.startsWith('/') ? rest : null
}

/** After a hit that could not be kept, what counts is whether the next one could. */
async function answerHealth({ folder, sampling }: RoutesDeps, response: ServerResponse): Promise<void> {
  const well = !sampling.diskIsLow() && (await canWrite(folder.log))
  send(
    response,
    well ? 200 : 503,
    well ? 'ok\n' : 'Hits cannot be kept: see the log of the server, or "headcount doctor"\n',
  )
}

function send(response: ServerResponse, status: number, text: string): void {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  response.writeHead(status, headers).end(text)
}

function webDeps(
  { settings, collecting, worker, secrets, sampling, demo, report }: RoutesDeps,
  { linkKey, publicUrl }: Pick<WebDeps, 'publicUrl'> & Pick<Auth, 'linkKey'>,
): WebDeps {
  const { meter, tallies } = collecting
  const auth: Auth = {
    get passwordHash() {
      return secrets.passwordHash
    },
    get sessionKey() {
      return secrets.sessionKey
    },
    linkKey,
  }
  return {
    ask: (question) => worker.run('report', question),
    ledger: (site, period) => worker.run('ledger', { site, period }),
    sites: () => worker.run('sites', null),
    unknownHosts: () => tallies.unknownHosts(),
    sitesConfigured: settings.sites,
    basePath: settings.basePath,
    publicUrl,
    demo,
    auth,
    now: Date.now,
    metrics: () => renderMetrics([...meter.families(), ...worker.families(), ...sampling.families()]),
    viewStem: settings.viewStem,
    failed: (error) => report(describeFailure(error)),
  }
}
