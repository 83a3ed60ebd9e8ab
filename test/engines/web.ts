import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createServer, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { listening } from '../browser/support/listening.ts'
import type { Certificate } from './certificate.ts'

/** A page of the made-up web. */
export interface WebPage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The made-up web: every name below `.test`, over https, behind a proxy that browsers are told to use. */
export interface Web {
  /** Host and port of the proxy. */
  readonly proxy: string
  /** Resolves once nothing was asked for and nothing had to be answered for a while. */
  settled(): Promise<void>
  close(): void
}

export interface WebDeps {
  readonly certificate: Certificate
  /** Address of the collector, base path included. */
  readonly collector: string
  /** How long nothing may be asked for until browsers are done. */
  readonly quietMs: number
  /** The page at an address, for somebody who comes from `referrer`; null where there is none. */
  readonly pageAt: (url: URL, referrer: string | null) => WebPage | null
}

const SETTLED_MS_MAX = 10_000

/** The base path under which every site passes requests on to the collector. */
export const FOLDER = '/stats'

/** Opens the made-up web. The collector stands on `c.` of every site, on `counter.test` and in every site's `FOLDER`. */
export async function openWeb({ certificate, collector, quietMs, pageAt }: WebDeps): Promise<Web> {
  let waiting = 0
  let lastMs = Date.now()
  const answer: RequestListener = (incoming, response) => {
    const { url = '/', headers } = incoming
    const host = headers.host ?? ''
    waiting += 1
    response.on('close', () => {
      waiting -= 1
      lastMs = Date.now()
    })
    if (url.startsWith(`${FOLDER}/`)) forward(incoming, response, collector + url.slice(FOLDER.length))
    else if (host.startsWith('c.') || host === 'counter.test') forward(incoming, response, collector + url)
    else answerPage(response, pageAt(new URL(`https://${host}${url}`), headers.referer ?? null))
  }
  const { port, close } = await openProxy(createTlsServer(certificate, answer))
  const isQuiet = () => waiting === 0 && Date.now() - lastMs > quietMs
  return {
    proxy: `127.0.0.1:${port}`,
    settled: async () => {
      lastMs = Date.now()
      const untilMs = lastMs + SETTLED_MS_MAX
      while (!isQuiet() && Date.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 25))
    },
    close,
  }
}

/** A proxy that knows one server only: whatever host is asked for, it is that. */
async function openProxy(server: ReturnType<typeof createTlsServer>) {
  const sockets = new Set<Duplex>()
  const proxy = createServer((_, response) => response.writeHead(404).end())
  proxy.on('connect', (_: IncomingMessage, socket: Duplex) => {
    sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)))
    socket.write('HTTP/1.1 200 Connected\r\n\r\n')
    server.emit('connection', socket)
  })
  const port = await listening(proxy)
  const close = (): void => {
    for (const socket of sockets) socket.destroy()
    proxy.closeAllConnections()
    proxy.close()
  }
  return { port, close }
}

function forward(incoming: IncomingMessage, response: ServerResponse, url: string): void {
  const { method = 'GET', headers } = incoming
  const outgoing = request(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  incoming.pipe(outgoing)
}

function answerPage(response: ServerResponse, page: WebPage | null): void {
  const { headers = {}, body = '' } = page ?? {}
  response.writeHead(page === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end(body)
}
