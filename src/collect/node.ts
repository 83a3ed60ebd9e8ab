import type { IncomingMessage, ServerResponse } from 'node:http'
import { networks } from '../address.ts'
import type { RawHit } from '../hit.ts'
import type { Collected, CollectResponse } from './request.ts'
import { collect } from './collect.ts'
import type { ClientAddress } from './forwarded.ts'
import { forwardedAddress } from './forwarded.ts'
import { MISTAKE, unavailable } from './answer.ts'
import { readBody } from './body.ts'
import type { CollectRules } from './rules.ts'
import type { Tallies } from './tally.ts'
import type { Waiting } from './waiting.ts'
import { createWaiting } from './waiting.ts'

/** All that the collector needs of the server that it is part of. */
export interface NodeCollectorDeps {
  readonly rules: CollectRules
  /** Resolves when the hit is durable. */
  append(hit: RawHit): Promise<void>
  readonly tallies: Pick<Tallies, 'add'>
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number
  /** At least 64 random bits as hex. */
  random(): string
  /** Whether too little disk is left to keep anything. */
  diskIsLow(): boolean
  /** Proxies whose forwarding headers are believed. */
  readonly trustProxy: readonly string[]
  /** Answers with a badge and its number, once the view that it counted is durable. */
  readonly showBadge?: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
  /** Told of a bug in here; the answer is 500 with an empty body. */
  report?(error: unknown): void
}

/** Answers a request. `target` is path and query without the base path. false: it is not the collector's. */
export type NodeCollector = (request: IncomingMessage, response: ServerResponse, target: string) => boolean

/**
 * The collector on `node:http`. A hit is answered 200 when it is durable, and 503 with the same empty body when
 * that fails or takes longer than `LIMITS.durableWithinMs`; nothing it meets is thrown.
 */
export function nodeCollector(deps: NodeCollectorDeps): NodeCollector {
  const trusted = networks(deps.trustProxy)
  const waiting = createWaiting()
  const count = ({ request, target, from, body }: Incoming, response: ServerResponse): boolean => {
    const { method = '', headers } = request
    const { address, proxied } = from
    // Field by field: spread, it would take a tenth of the collector's time.
    const asked = {
      method,
      target,
      headers,
      body,
      address,
      proxied,
      timeMs: deps.now(),
      random: deps.random(),
    }
    const collected = collect(asked, deps.rules)
    if (collected !== null) settle({ request, response, collected, deps, waiting })
    return collected !== null
  }
  const attempt = (response: ServerResponse, act: () => boolean): boolean => {
    try {
      return act()
    } catch (error) {
      deps.report?.(error)
      send(response, MISTAKE)
      return true
    }
  }
  const take: NodeCollector = (request, response, target) => {
    const from = forwardedAddress(request.socket.remoteAddress ?? null, request.headers, trusted)
    const incoming = { request, target, from, body: undefined }
    if (request.method !== 'POST' || !takesReports(deps.rules, target)) return count(incoming, response)
    readBody(request).then(
      (body) => attempt(response, () => count({ ...incoming, body }, response)),
      // It did not arrive: there is nobody to answer.
      () => response.destroy(),
    )
    return true
  }
  return (request, response, target) => attempt(response, () => take(request, response, target))
}

interface Incoming {
  readonly request: IncomingMessage
  readonly target: string
  readonly from: ClientAddress
  /** As `CollectRequest` has it. */
  readonly body: string | null | undefined
}

function takesReports(rules: CollectRules, target: string): boolean {
  return (rules.routeOf(target)?.resource.report ?? null) !== null
}

interface Settlement {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly collected: Collected
  readonly deps: NodeCollectorDeps
  readonly waiting: Waiting
}

function settle({ request, response, collected, deps, waiting }: Settlement): void {
  const { response: answer, unkept, hit, refused, badge } = collected
  const show = badge ? deps.showBadge : undefined
  const reply = () => {
    if (show === undefined) send(response, answer)
    else if (!response.headersSent) show(request, response)
  }
  if (refused !== null) deps.tallies.add(refused)
  if (hit === null) return reply()
  if (deps.diskIsLow()) return send(response, unavailable(unkept))
  const durable = deps.append(hit)
  const wait = waiting.begin(() => send(response, unavailable(unkept)))
  const finish = (reply: () => void) => {
    waiting.end(wait)
    reply()
  }
  durable.then(
    () => finish(reply),
    () => finish(() => send(response, unavailable(unkept))),
  )
}

/** Answers once; later calls, and calls for a client that is gone, do nothing. */
function send(response: ServerResponse, { status, headers, body }: CollectResponse): void {
  if (response.headersSent || response.destroyed) return
  // It only reads what is declared as its own to change; a copy would cost every answer.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  response.writeHead(status, headers as string[])
  response.end(body)
}
