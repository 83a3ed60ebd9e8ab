import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../web/app.ts'
import type { Auth } from '../web/auth.ts'
import { createExporter } from './exporting.ts'
import { describeFailure } from './failure.ts'
import { renderMetrics } from './metrics.ts'
import { processFamilies } from './process-families.ts'
import type { PublicUrls } from './public-url.ts'
import { createUserCheck } from './user-header.ts'
import type { RoutesDeps } from './routes.ts'

/** What of the world belongs to this one start. */
export interface Session {
  /** Opens a session while no password is set; null when all is open. */
  readonly linkKey: string | null
  readonly urls: PublicUrls
}

/** The dashboard with its API, as a listener. Loaded when somebody first looks: a server that only collects stays small. */
export function openLooking(deps: RoutesDeps, { linkKey, urls }: Session): RequestListener {
  const { settings, collecting, worker, sampling, demo, report } = deps
  const { meter, tallies } = collecting
  const namesUser = createUserCheck(settings)
  const messages = new WeakMap<Request, Pick<IncomingMessage, 'headers' | 'socket'>>()
  const app = createApp({
    ask: (question) => worker.run('report', question),
    ledger: (site, period) => worker.run('ledger', { site, period }),
    lastHour: (site) => worker.run('now', site),
    exportHits: createExporter(deps),
    sites: () => worker.run('sites', null),
    count: collecting.count,
    unknownHosts: () => tallies.unknownHosts(),
    sitesConfigured: settings.sites,
    pathRules: settings,
    annotations: settings.annotations,
    weekStart: settings.weekStart,
    basePath: settings.basePath,
    publicUrl: (request) => urls(messages.get(request)),
    demo,
    auth: authOf(deps, linkKey),
    namesUser: (request) => {
      const { socket, headers = {} } = messages.get(request) ?? {}
      return namesUser(socket?.remoteAddress, headers)
    },
    embed: settings.embed,
    now: Date.now,
    metrics: () =>
      renderMetrics([meter, worker, sampling].flatMap((part) => part.families()).concat(processFamilies())),
    stems: settings.stems,
    failed: (error) => report(describeFailure(error)),
  })
  const answer = getRequestListener((request, { incoming }) => {
    messages.set(request, incoming)
    return app.fetch(request)
  })
  return (request, response) => void answer(request, response)
}

/** Follows the secrets, which may change while the server runs. */
function authOf({ secrets }: RoutesDeps, linkKey: string | null): Auth {
  return {
    get passwordHash() {
      return secrets.passwordHash
    },
    get sessionKey() {
      return secrets.sessionKey
    },
    get tokens() {
      return secrets.tokens
    },
    get shares() {
      return secrets.shares
    },
    linkKey,
  }
}
