import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request as forward } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What goes wrong with the next calls. */
export interface Fault {
  /**
   * `throttle`: 400, too fast. `500`: DynamoDB's own failure. `reset`: the connection breaks before the call arrives.
   * `lost`: the call happens, its answer does not come. `truncate`: half of the answer comes. `delay`: it comes late.
   */
  readonly kind: 'throttle' | '500' | 'reset' | 'lost' | 'truncate' | 'delay'
  /** Operation that it happens to: `Query`; absent: to any. */
  readonly op?: string
  /** How often. */
  readonly times: number
  /** Of a delay. */
  readonly ms?: number
}

/** A proxy in front of DynamoDB that fails on demand. */
export interface Faults extends AsyncDisposable {
  readonly endpoint: string
  /** From now on these go wrong, the first that fits at a time. */
  plan(...faults: readonly Fault[]): void
  /** Faults of the plan that have not happened. */
  left(): number
  /** Operations that were called, in order. */
  readonly calls: readonly string[]
  /** When the calls say they were signed, ms UTC. */
  readonly signedMs: readonly number[]
  /** From now on answers carry this time as their `Date`; null: as they come. */
  setDate(ms: number | null): void
}

/** Starts a proxy in front of `target` (`http://127.0.0.1:8000`) on a free port. */
export async function startFaults(target: string): Promise<Faults> {
  const planned: { fault: Fault; left: number }[] = []
  const calls: string[] = []
  const signedMs: number[] = []
  let dateMs: number | null = null
  const server = createServer((request, response) => {
    const op = operationOf(request)
    calls.push(op)
    signedMs.push(...signedAt(request))
    const hit = planned.find(({ fault, left }) => left > 0 && (fault.op ?? op) === op)
    if (hit !== undefined) hit.left -= 1
    void pass({ request, response, fault: hit?.fault, target, dateMs }).catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    plan: (...faults) =>
      void planned.splice(0, Infinity, ...faults.map((fault) => ({ fault, left: fault.times }))),
    left: () => planned.reduce((sum, { left }) => sum + left, 0),
    calls,
    signedMs,
    setDate: (ms) => (dateMs = ms),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

interface Passing {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly fault: Fault | undefined
  readonly target: string
  readonly dateMs: number | null
}

async function pass({ request, response, fault, target, dateMs }: Passing): Promise<void> {
  const body = Buffer.concat(await request.toArray())
  if (dateMs !== null) response.setHeader('date', new Date(dateMs).toUTCString())
  if (fault?.kind === 'throttle') {
    const what = 'The level of configured provisioned throughput for the table was exceeded.'
    return refuse(response, { status: 400, type: 'ProvisionedThroughputExceededException', message: what })
  }
  if (fault?.kind === '500')
    return refuse(response, { status: 500, type: 'InternalServerError', message: 'Internal server error' })
  if (fault?.kind === 'reset') return void request.socket.resetAndDestroy()
  if (fault?.kind === 'delay') await sleep(fault.ms)
  const { headers, bytes, status } = await ask(request, body, target)
  if (fault?.kind === 'lost') return void request.socket.resetAndDestroy()
  const { date, ...others } = headers
  response.writeHead(status, dateMs === null ? { ...others, date } : others)
  if (fault?.kind !== 'truncate') return void response.end(bytes)
  response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroySoon())
}

/** The `Host` header goes on unchanged: it is part of the signature. */
async function ask({ url, method, headers }: IncomingMessage, body: Buffer, target: string) {
  const onward = forward(target + url, { method, headers, setHost: false })
  const [answer]: IncomingMessage[] = await once(onward.end(body), 'response')
  if (answer === undefined) throw new Error('DynamoDB did not answer')
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    bytes: Buffer.concat(await answer.toArray()),
  }
}

interface Refusal {
  readonly status: number
  readonly type: string
  readonly message: string
}

function refuse(response: ServerResponse, { status, type, message }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }))
}

/** None for a request without a signature. */
function signedAt({ headers }: IncomingMessage): readonly number[] {
  const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? []
  const [day, clock] = [date.replace(/(....)(..)/, '$1-$2-'), time.replaceAll(/(..)(?!$)/g, '$1:')]
  return date === '' ? [] : [Date.parse(`${day}T${clock}Z`)]
}

function operationOf({ headers, method }: IncomingMessage): string {
  const target = headers['x-amz-target']
  return typeof target === 'string' ? (target.split('.')[1] ?? target) : (method ?? '')
}
