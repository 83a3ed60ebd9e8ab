import { createHash, createHmac } from 'node:crypto'

/** A key that signs requests to AWS. Never printed, never written. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of a temporary key. */
  readonly sessionToken?: string | undefined
}

/** A POST to "/" of a service: all that DynamoDB is asked in. */
export interface UnsignedRequest {
  readonly url: URL
  /** As the signature names it: `dynamodb`. */
  readonly service: string
  readonly region: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * All headers of the request, its signature among them: AWS Signature Version 4, every header signed. See
 * docs/decisions/aws-signer.md for why this is not a library.
 *
 * @param timeMs AWS takes requests whose time is at most five minutes off its own
 */
export function signedHeaders(
  { url, service, region, headers, body }: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  timeMs: number,
): Record<string, string> {
  const time = new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const token = sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }
  const signed: Record<string, string> = { ...headers, host: url.host, 'x-amz-date': time, ...token }
  const names = Object.keys(signed).sort()
  const lines = names.map((name) => `${name}:${signed[name]}`)
  const request = ['POST', '/', '', ...lines, '', names.join(';'), sha256(body)].join('\n')
  const scope = [time.slice(0, 8), region, service, 'aws4_request']
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n')
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  const credential = `${accessKeyId}/${scope.join('/')}`
  const signature = hmac(key, text).toString('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { ...signed, authorization }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
