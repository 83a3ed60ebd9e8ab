import type { Collected, CollectResponse } from '../collect/request.ts'
import { collect } from '../collect/collect.ts'
import { MISTAKE, unavailable } from '../collect/answer.ts'
import type { CollectRules } from '../collect/rules.ts'
import type { HotLog } from '../log/hot-log.ts'
import type { EventRequest, LambdaEvent } from './event.ts'
import { parseEvent } from './event.ts'

/** An answer of either payload. */
export interface LambdaAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** True for pictures. */
  readonly isBase64Encoded: boolean
}

/** All that the collector needs of the function that it is. */
export interface LambdaCollectorDeps {
  readonly rules: CollectRules
  readonly log: Pick<HotLog, 'append'>
  /** Milliseconds since the Unix epoch, UTC. */
  readonly now: () => number
  /** At least 64 random bits as hex. */
  readonly random: () => string
  /** Whether all requests come through CloudFront, which then says whose they are. */
  readonly behindCloudFront: boolean
  /** Path in front of the resources; "" for none. */
  readonly basePath: string
  /** Told why a hit was not kept, and of a bug in here. */
  readonly report: (error: unknown) => void
}

/**
 * The collector on Lambda. A hit is answered 200 when it is durable, else 503 with the same empty body; what is refused
 * at the door leaves no trace, since nothing here lives long enough to tally it. Never rejects.
 */
export function lambdaCollector(deps: LambdaCollectorDeps): (event: LambdaEvent) => Promise<LambdaAnswer> {
  return async (event) => {
    try {
      const collected = collectEvent(parseEvent(event), deps)
      return render(collected === null ? NOT_FOUND : await settle(collected, deps))
    } catch (error) {
      deps.report(error)
      return render(MISTAKE)
    }
  }
}

/** The answer to all that is not the collector's: there is nothing else here. */
const NOT_FOUND: CollectResponse = { status: 404, headers: ['Cache-Control', 'no-store'], body: '' }

function collectEvent(request: EventRequest, deps: LambdaCollectorDeps): Collected | null {
  const { basePath, rules, now, random } = deps
  if (!request.target.startsWith(`${basePath}/`)) return null
  const target = request.target.slice(basePath.length)
  const { 'x-forwarded-for': forwarded } = request.headers
  const address = deps.behindCloudFront ? forwardedBy(request.address, forwarded) : request.address
  return collect({ ...request, target, address, timeMs: now(), random: random() }, rules)
}

/** CloudFront's own address is the other end, and what it appended to the header is the client's. */
function forwardedBy(cloudFront: string | null, header = ''): string | null {
  const hops = header.split(',').map((hop) => hop.trim())
  return hops.findLast((hop) => hop !== cloudFront) ?? null
}

async function settle(
  { response, unkept, hit }: Collected,
  { log, report }: LambdaCollectorDeps,
): Promise<CollectResponse> {
  if (hit === null) return response
  try {
    await log.append(hit)
    return response
  } catch (error) {
    report(error)
    return unavailable(unkept)
  }
}

/** AWS writes these itself, and renames those that it finds. */
const WRITTEN_BY_AWS = new Set(['content-length', 'connection', 'date', 'server'])

function render({ status, headers, body }: CollectResponse): LambdaAnswer {
  const fields: Record<string, string> = {}
  for (let at = 0; at < headers.length; at += 2) {
    const [name = '', value = ''] = headers.slice(at, at + 2)
    if (!WRITTEN_BY_AWS.has(name.toLowerCase())) fields[name] = value
  }
  const isText = typeof body === 'string'
  return {
    statusCode: status,
    headers: fields,
    body: isText ? body : Buffer.from(body).toString('base64'),
    isBase64Encoded: !isText,
  }
}
