import { isUtf8 } from 'node:buffer'
import type { CollectRequest } from '../collect/request.ts'
import { LIMITS } from '../limits.ts'

/** What a request brought; AWS encodes what it does not take for text. */
interface EventBody {
  readonly body?: string | null
  readonly isBase64Encoded: boolean
}

/** An event of payload 2.0: a Function URL's, or an HTTP API's. */
export interface UrlEvent extends EventBody {
  readonly rawPath: string
  /** As it came, without "?". */
  readonly rawQueryString: string
  /** Lower-case names; repeated fields with commas between. */
  readonly headers: Readonly<Record<string, string>>
  readonly requestContext: { readonly http: { readonly method: string; readonly sourceIp: string } }
}

/** An event of payload 1.0: a REST API's. */
export interface RestEvent extends EventBody {
  readonly httpMethod: string
  /** Without the stage. */
  readonly path: string
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>> | null
  /** Unescaped, and without the order they came in. */
  readonly multiValueQueryStringParameters: Readonly<Record<string, readonly string[]>> | null
  readonly requestContext: { readonly identity: { readonly sourceIp: string } }
}

export type LambdaEvent = UrlEvent | RestEvent

/** What an event says of its request. `address`: the other end of the connection. */
export type EventRequest = Pick<CollectRequest, 'method' | 'target' | 'address' | 'body'> & {
  readonly headers: Readonly<Record<string, string>>
}

/** Reads an event of either payload as `node:http` would have given the request. */
export function parseEvent(event: LambdaEvent): EventRequest {
  return 'rawPath' in event ? parseUrlEvent(event) : parseRestEvent(event)
}

function parseUrlEvent({
  rawPath,
  rawQueryString,
  headers,
  requestContext: { http },
  ...brought
}: UrlEvent): EventRequest {
  const fields = Object.entries(headers).map(([name, value]) => [name, asOnWire(value)])
  return {
    method: http.method,
    target: joinTarget(asOnWire(rawPath), asOnWire(rawQueryString)),
    headers: Object.fromEntries(fields),
    address: http.sourceIp,
    ...bodyOf(http.method, brought),
  }
}

function parseRestEvent(event: RestEvent): EventRequest {
  const fields = Object.entries(event.multiValueHeaders ?? {}).map(([name, values]) => [
    name.toLowerCase(),
    asOnWire(values.join(', ')),
  ])
  return {
    method: event.httpMethod,
    target: joinTarget(asOnWire(event.path), restQuery(event.multiValueQueryStringParameters ?? {})),
    headers: Object.fromEntries(fields),
    address: event.requestContext.identity.sourceIp,
    ...bodyOf(event.httpMethod, event),
  }
}

/** As the server of one's own reads it: of a POST alone, and no more than a report can be. */
function bodyOf(method: string, { body, isBase64Encoded }: EventBody): Pick<CollectRequest, 'body'> {
  if (method !== 'POST') return {}
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8')
  return { body: bytes.length > LIMITS.bodyBytesMax ? null : bytes.toString() }
}

function joinTarget(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`
}

/** Text with each byte as one character, as `node:http` gives it. ASCII is that already, and so may other text be. */
function asOnWire(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text
  const isBytes = !/[^\0-\xff]/.test(text) && isUtf8(Buffer.from(text, 'latin1'))
  return isBytes ? text : Buffer.from(text).toString('latin1')
}

/**
 * The tag's query, put together again: `p` first and `r` last, as a tag has them. A value is escaped whole where it
 * must have been, and else as little as can be, since tags of server-side includes escape nothing.
 */
function restQuery(parameters: Readonly<Record<string, readonly string[]>>): string {
  const rank = (key: string) => Number(key === 'r') - Number(key === 'p')
  return Object.entries(parameters)
    .sort(([one], [other]) => rank(one) - rank(other))
    .flatMap(([key, values]) => values.map((value) => `${encodeURIComponent(key)}=${escapeValue(value)}`))
    .join('&')
}

function escapeValue(value: string): string {
  const text = value.toWellFormed()
  if (text.includes('&')) return encodeURIComponent(text)
  // What reads as an escape was one: of a path that was escaped twice, or never unescaped.
  return encodeURI(text)
    .replace(/%25([\da-f]{2})/gi, '%$1')
    .replaceAll('#', '%23')
}
