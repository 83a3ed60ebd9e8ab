import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isIP } from 'node:net'
import { networks, parseAddress } from '../address.ts'
import { AppError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { errorCode } from './failure.ts'

/** A server that listens. */
export interface Listening {
  /** Where, without "/" at its end: `http://127.0.0.1:8080`. */
  readonly origin: string
  /** Accepts nothing more and finishes what is in flight; what is not finished after `graceMs` is cut off. */
  readonly close: (graceMs: number) => Promise<void>
}

/**
 * Listens with this program's limits. Requests that break them never reach `handle`: too long a head is answered
 * 431, what is no HTTP 400, what does not arrive in time 408, each followed by the end of the connection.
 *
 * @throws {AppError} PORT_UNUSABLE
 */
export async function listen(
  handle: RequestListener,
  at: { host: string; port: number },
): Promise<Listening> {
  let stopping = false
  const server = createServer(
    {
      maxHeaderSize: LIMITS.requestHeadBytesMax,
      headersTimeout: LIMITS.headSeconds * 1_000,
      requestTimeout: LIMITS.requestSeconds * 1_000,
      keepAliveTimeout: LIMITS.keepAliveSeconds * 1_000,
      connectionsCheckingInterval: 1_000,
      noDelay: true,
    },
    (request, response) => {
      if (stopping) response.shouldKeepAlive = false
      handle(request, response)
    },
  )
  server.maxConnections = LIMITS.connectionsMax
  await bind(server, at)
  const close = (graceMs: number) => {
    stopping = true
    return closeServer(server, graceMs)
  }
  return { origin: originOf(at.host, portOf(server.address())), close }
}

const THIS_MACHINE = networks(['127.0.0.0/8', '::1'])

/** Whether only this machine can reach who listens there, and only it can be who calls from there. */
export function isThisMachine(host: string): boolean {
  const address = parseAddress(host)
  return host === 'localhost' || (address !== null && THIS_MACHINE.includes(address))
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'something else listens there'],
  ['EACCES', 'this user may not'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
])

async function bind(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host, port }, resolve)
  try {
    await promise
  } catch (cause) {
    const reason = REASONS.get(errorCode(cause)) ?? errorCode(cause)
    throw new AppError(
      'PORT_UNUSABLE',
      `Cannot listen on "${host}" port ${port}: ${reason}; choose another with --host or --port`,
      { cause },
    )
  }
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  // A connection in flight becomes idle only with its answer.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Where this machine reaches who listens there: `http://127.0.0.1:8080`. */
export function originOf(host: string, port: number): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (isIP(host) === 6 ? `[${host}]` : host)
  return `http://${reachable}:${port}`
}
