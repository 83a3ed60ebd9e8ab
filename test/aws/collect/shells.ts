import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { LambdaEvent } from '../../../src/aws/event.ts'
import { lambdaCollector } from '../../../src/aws/handler.ts'
import { nodeCollector } from '../../../src/collect/node.ts'
import type { RawHit } from '../../../src/hit.ts'
import { rulesOf, TIME_MS } from '../../collect/ask.ts'
import type { WireRequest } from '../support/events.ts'
import { restEvent, urlEvent } from '../support/events.ts'

/** What a request came to. */
export interface Outcome {
  readonly status: number
  /** Lower-case names, without those that belong to the connection. */
  readonly headers: Readonly<Record<string, string>>
  /** Bytes as hex. */
  readonly body: string
  /** What was handed to the log. */
  readonly hits: readonly RawHit[]
}

/** A way for a request to reach the collector. `toml`: settings; `fails`: the log keeps nothing. */
export type Shell = (request: WireRequest, toml: string, fails?: boolean) => Promise<Outcome>

/** Every shell that there is: they only differ in how they are asked. */
export const SHELLS: Readonly<Record<string, Shell>> = {
  'node:http': askNode,
  'a Function URL': (request, ...rest) => askLambda(urlEvent(request, '127.0.0.1'), ...rest),
  'a Function URL that decodes UTF-8': (request, ...rest) =>
    askLambda(decoded(urlEvent(request, '127.0.0.1')), ...rest),
  'a REST API': (request, ...rest) => askLambda(restEvent(request, '127.0.0.1'), ...rest),
}

const RANDOM = '0123456789abcdef0123456789abcdef'
const OF_THE_CONNECTION = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'])

function createLog(fails: boolean) {
  const hits: RawHit[] = []
  const append = async (hit: RawHit) => {
    if (fails) throw new Error('the log is full')
    hits.push(hit)
  }
  return { hits, append }
}

/** Asks the built handler's inside; `report` is silent, as the answer tells. */
export async function askLambda(event: LambdaEvent, toml: string, fails = false): Promise<Outcome> {
  const log = createLog(fails)
  const ask = lambdaCollector({
    rules: rulesOf(toml),
    log,
    now: () => TIME_MS,
    random: () => RANDOM,
    behindCloudFront: toml.includes('cloudfront-viewer-country'),
    basePath: '',
    report: () => {},
  })
  // What Lambda passes on is JSON.
  const answer: Awaited<ReturnType<typeof ask>> = JSON.parse(JSON.stringify(await ask(event)))
  const { statusCode: status, headers, body, isBase64Encoded } = answer
  const fields = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return {
    status,
    headers: Object.fromEntries(fields),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('hex'),
    hits: log.hits,
  }
}

async function askNode(request: WireRequest, toml: string, fails = false): Promise<Outcome> {
  const log = createLog(fails)
  const collector = nodeCollector({
    rules: rulesOf(toml),
    append: log.append,
    tallies: { add: () => {} },
    now: () => TIME_MS,
    random: () => RANDOM,
    diskIsLow: () => false,
    trustProxy: [],
  })
  const server = createServer((asked, response) => {
    if (!collector(asked, response, asked.url ?? ''))
      response.writeHead(404, { 'Cache-Control': 'no-store' }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return { ...(await send(request, portOf(server.address()))), hits: log.hits }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

function send({ method, target, headers, body }: WireRequest, port: number): Promise<Omit<Outcome, 'hits'>> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path: target, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const fields = Object.entries(response.headers)
          .filter(([name]) => !OF_THE_CONNECTION.has(name))
          .map(([name, value]) => [name, String(value)])
        const hex = Buffer.concat(parts).toString('hex')
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(fields), body: hex })
      })
    })
    sent.on('error', reject).end(body)
  })
}

/** The event as it is where bytes that are UTF-8 come as the text that they are. */
function decoded<Event extends LambdaEvent>(event: Event): Event {
  const text: Event = JSON.parse(Buffer.from(JSON.stringify(event), 'latin1').toString())
  return text
}
