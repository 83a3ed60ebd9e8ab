import type { RestEvent, UrlEvent } from '../../../src/aws/event.ts'

/** A request as it is on the wire: each byte of text is one character. */
export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** The address that every event comes from. */
export const SOURCE_IP = '192.0.2.7'

/** What AWS adds of its own to a request that comes over a Function URL. */
const ADDED = {
  'x-amzn-tls-cipher-suite': 'TLS_AES_128_GCM_SHA256',
  'x-amzn-tls-version': 'TLSv1.3',
  'x-amzn-trace-id': 'Root=1-69229d40-000000000000000000000000',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
}

/** The event that a Function URL makes of a request: payload 2.0, as AWS documents it. */
export function urlEvent({ method, target, headers, body }: WireRequest, sourceIp = SOURCE_IP): UrlEvent {
  const [path = '', query = ''] = splitTarget(target)
  const { cookie, ...others } = lowerCase(headers)
  const isText = /^text\/|json/.test(others['content-type'] ?? '')
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: { 'x-forwarded-for': sourceIp, ...ADDED, host: 'id.lambda-url.us-east-1.on.aws', ...others },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'id',
      domainName: 'id.lambda-url.us-east-1.on.aws',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: others['user-agent'] ?? '' },
      requestId: '00000000-0000-0000-0000-000000000000',
      routeKey: '$default',
      stage: '$default',
      timeEpoch: 1_795_413_600_000,
    },
    ...(body === undefined ? {} : { body: isText ? body : base64(body) }),
    isBase64Encoded: body !== undefined && !isText,
  }
  return event
}

/** The event that a REST API makes of it: payload 1.0, names in their original case, the query unescaped. */
export function restEvent({ method, target, headers, body }: WireRequest, sourceIp = SOURCE_IP): RestEvent {
  const [path = '', query = ''] = splitTarget(target)
  const sent = { Host: 'id.execute-api.us-east-1.amazonaws.com', 'X-Forwarded-For': sourceIp, ...headers }
  const values = Object.groupBy(new URLSearchParams(query.replaceAll('+', '%2B')), ([key]) => key)
  const parameters = Object.entries(values).map(([key, pairs = []]) => [key, pairs.map(([, value]) => value)])
  const event = {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: sent,
    multiValueHeaders: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]])),
    queryStringParameters: query === '' ? null : Object.fromEntries(new URLSearchParams(query)),
    multiValueQueryStringParameters: query === '' ? null : Object.fromEntries(parameters),
    requestContext: { stage: 'live', path: `/live${path}`, httpMethod: method, identity: { sourceIp } },
    // All types are binary to our API.
    body: body === undefined ? null : base64(body),
    isBase64Encoded: body !== undefined,
  }
  return event
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function splitTarget(target: string): readonly string[] {
  const mark = target.indexOf('?')
  return mark < 0 ? [target] : [target.slice(0, mark), target.slice(mark + 1)]
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
