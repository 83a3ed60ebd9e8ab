import { randomBytes } from 'node:crypto'
import type { RequestListener, ServerResponse } from 'node:http'
import type { Settings } from '../settings.ts'
import type { Collecting } from './collecting.ts'
import { demoPage } from './demo/site.ts'
import { canWrite } from './disk.ts'
import { describeFailure } from './failure.ts'
import type { DataFolder } from './folder.ts'
import { createPublicUrls } from './public-url.ts'
import type { Sampling } from './sampling.ts'
import type { Secrets } from './secrets.ts'
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

/** All that a server answers. */
export interface Routes {
  readonly handle: RequestListener
  /** Answers what is not the collector's. */
  readonly look: RequestListener
  /** Opens a session while no password is set; null when all is open. */
  readonly linkKey: string | null
}

/** Who answers which request: the collector first, then the demo's pages, health, and the dashboard with its API. */
export function createRoutes(deps: RoutesDeps): Routes {
  const { settings, collecting, demo } = deps
  const urls = createPublicUrls(settings)
  const linkKey = demo ? null : randomBytes(24).toString('base64url')
  let looking: Promise<RequestListener> | null = null
  const failed = (response: ServerResponse) => (error: unknown) => {
    deps.report(describeFailure(error))
    response.destroy()
  }
  const look: RequestListener = (request, response) => {
    looking ??= import('./looking.ts').then(({ openLooking }) => openLooking(deps, { linkKey, urls }))
    looking.then((listener) => listener(request, response)).catch(failed(response))
  }
  const handle: RequestListener = (request, response) => {
    const target = withoutBase(request.url ?? '/', settings.basePath)
    if (target === null)
      return send(response, 404, `Nothing here: addresses begin with ${settings.basePath}/\n`)
    if (collecting.handle(request, response, target)) return
    const [path = ''] = target.split('?', 1)
    const page = demo ? demoPage(path, urls(request)) : null
    if (page !== null) return void response.writeHead(page.status, page.headers).end(page.body)
    const unwell = path === '/healthz' && !collecting.meter.healthy()
    if (unwell) answerHealth(deps, response).catch(failed(response))
    else look(request, response)
  }
  return { handle, look, linkKey }
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
  if (well) send(response, 200, 'ok\n')
  else send(response, 503, 'Hits cannot be kept: see what the server wrote, or "headcount doctor"\n')
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(text)
}
